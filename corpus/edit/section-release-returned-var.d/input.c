#include <linux/fs.h>
#include <linux/slab.h>

int c_update(struct inode *inode)
{
	struct c_handle *h = c_current(inode);
	int err;

	c_enter(h);
	err = c_change(inode, GFP_NOFS);
	if (err)
		return c_abort(h, err);
	return c_stop(h);
}
