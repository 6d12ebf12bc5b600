#include <linux/fs.h>
#include <linux/slab.h>

int c_add(struct c_info *ci, bool lock)
{
	if (lock)
		mutex_lock(&ci->c_sem);
	ci->c_a = kmalloc(8, GFP_NOFS);
	if (ci->c_locked)
		mutex_unlock(&ci->c_sem);
	return 0;
}
