#include <linux/fs.h>
#include <linux/slab.h>

int c_add(struct c_info *ci, int n)
{
	mutex_lock(&ci->c_sem);
	ci->c_a = kmalloc(8, GFP_NOFS);
	if (n == 1) {
		c_poke(ci);
		mutex_unlock(&ci->c_sem);
	} else if (n == 2)
		mutex_unlock(&ci->c_sem);
	else {
		c_poke(ci);
		mutex_unlock(&ci->c_sem);
	}
	return n;
}
