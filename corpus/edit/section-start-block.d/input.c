#include <linux/fs.h>
#include <linux/slab.h>

int c_update(struct inode *inode)
{
	struct c_handle *h;

	h = c_start(inode);
	if (IS_ERR_OR_NULL(h)) {
		int err = PTR_ERR_OR_ZERO(h);

		c_warn(inode);
		return err;
	}
	inode->i_private = kmalloc(8, GFP_NOFS);
	c_stop(h);
	return 0;
}
