#include <linux/fs.h>
#include <linux/slab.h>

int c_add(struct c_info *ci)
{
	int err;

	err = mutex_lock_interruptible(&ci->c_sem);
	if (err)
		return err;
	ci->c_a = kmalloc(8, GFP_NOFS);
	mutex_unlock(&ci->c_sem);
	return 0;
}
