#include <linux/fs.h>
#include <linux/slab.h>

int c_wait(struct c_info *ci)
{
	int n = 0;

	mutex_lock(&ci->c_sem);
	while (c_busy(ci)) {
		mutex_unlock(&ci->c_sem);
		schedule();
		n++;
		mutex_lock(&ci->c_sem);
	}
	ci->c_a = kmalloc(8, GFP_NOFS);
	mutex_unlock(&ci->c_sem);
	return n;
}
