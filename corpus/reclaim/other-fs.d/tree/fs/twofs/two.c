// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	lock;
	unsigned int	nr;
};

static void two_evict_inode(struct inode *inode)
{
	truncate_inode_pages_final(&inode->i_data);
	clear_inode(inode);
}

const struct super_operations two_sops = {
	.evict_inode	= two_evict_inode,
};

static long two_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	void *p;

	mutex_lock(&sbi->lock);
	p = kmalloc(64, GFP_NOFS);
	mutex_unlock(&sbi->lock);
	kfree(p);
	return 0;
}

const struct file_operations two_fops = {
	.unlocked_ioctl	= two_ioctl,
};
