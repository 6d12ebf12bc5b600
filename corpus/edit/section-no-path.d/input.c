#include <linux/fs.h>
#include <linux/slab.h>

int c_add(struct c_info *ci)
{
	int err;

	mutex_lock(&ci->c_sem);
	err = c_grow(ci, GFP_NOFS);
	mutex_unlock(&ci->c_sem);
	return err;
}
