// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>

static struct inode *cf_bitmap, *cf_table;

static void cf_evict_inode(struct inode *inode)
{
	inode_lock(cf_bitmap);
	cf_bitmap->i_mode = 0;
	inode_unlock(cf_bitmap);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	void *p;

	inode_lock(cf_table);
	p = kmalloc(64, GFP_NOFS);
	inode_unlock(cf_table);
	kfree(p);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
