#include <linux/fs.h>
#include <linux/slab.h>

int c_add(struct c_info *ci)
{
	mutex_lock(&ci->c_sem);
	ci->c_a = kmalloc(8, GFP_NOFS);
	mutex_unlock(&ci->c_sem);
	if (!ci->c_a)
		mutex_unlock(&ci->c_sem);
	return 0;
}
