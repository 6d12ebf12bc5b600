#include <linux/fs.h>
#include <linux/slab.h>

int c_update(struct inode *inode)
{
	struct c_handle *h;
	int err;

	h = c_start(inode);
	if (IS_ERR(h))
		return PTR_ERR(h);
	inode->i_private = kmalloc(8, GFP_NOFS);
	err = c_stop(h);
	return err;
}
