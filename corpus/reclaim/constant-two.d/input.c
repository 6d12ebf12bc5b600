// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	lock;
	unsigned int	nr;
};

enum cf_goal { CF_RECLAIM, CF_SYNC };

static void cf_walk(struct cf_sb *sbi, enum cf_goal goal)
{
	switch (goal) {
	case CF_SYNC:
		mutex_lock(&sbi->lock);
		sbi->nr = 0;
		mutex_unlock(&sbi->lock);
		break;
	case CF_RECLAIM:
		sbi->nr--;
		break;
	}
}

static void cf_evict_inode(struct inode *inode)
{
	cf_walk(inode->i_sb->s_fs_info, CF_RECLAIM);
	cf_walk(inode->i_sb->s_fs_info, CF_SYNC);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	void *p;

	mutex_lock(&sbi->lock);
	p = kmalloc(64, GFP_NOFS);
	mutex_unlock(&sbi->lock);
	kfree(p);
	cf_walk(sbi, CF_SYNC);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
