#include <linux/fs.h>
#include <linux/slab.h>

int c_add(struct c_info *ci)
{
	int err;

	if ((err = mutex_lock_interruptible(&ci->c_sem)) < 0)
		return err;
	ci->c_a = kmalloc(8, GFP_NOFS);
	mutex_unlock(&ci->c_sem);
	return 0;
}
