#include <linux/fs.h>
#include <linux/slab.h>

int c_update(struct inode *inode)
{
	struct c_handle *h = c_current(inode);

	c_enter(h);
	inode->i_private = kmalloc(8, GFP_NOFS);
	return c_stop(h);
}
