#include <linux/fs.h>
#include <linux/slab.h>

int c_update(struct inode *inode, int n)
{
	int err;

	c_enter(inode);
	err = c_change(inode, GFP_NOFS);
	if (n == 1)
		return c_stop(inode);
	if (n == 2) {
		if (c_stop(inode) < 0)
			return -EIO;
		return 0;
	}
	err = c_stop(inode);
	return err;
}
