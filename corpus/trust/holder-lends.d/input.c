// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	order;
	unsigned int	nr, max, used, spare, first, last;
};

static struct inode *cf_shared;

static void cf_lock_object(struct inode *inode)
{
	inode_lock(inode);
	inode->i_mode = 0;
	inode_unlock(inode);
}

static void cf_evict_inode(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;

	mutex_lock(&sbi->order);
	sbi->nr--;
	mutex_unlock(&sbi->order);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

static int cf_open(struct inode *inode, struct file *file)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;

	mutex_lock(&sbi->order);
	cf_lock_object(cf_shared);
	mutex_unlock(&sbi->order);
	return 0;
}

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	void *p;

	inode_lock(cf_shared);
	p = kmalloc(64, GFP_NOFS);
	inode_unlock(cf_shared);
	kfree(p);
	return 0;
}

const struct file_operations cf_fops = {
	.open		= cf_open,
	.unlocked_ioctl	= cf_ioctl,
};
