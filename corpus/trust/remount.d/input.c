// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	lock;
	unsigned int	nr;
};

static void cf_evict_inode(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;

	mutex_lock(&sbi->lock);
	sbi->nr--;
	mutex_unlock(&sbi->lock);
	clear_inode(inode);
}

static int cf_remount_fs(struct super_block *sb, int *flags, char *data)
{
	struct cf_sb *sbi = sb->s_fs_info;
	void *p;

	mutex_lock(&sbi->lock);
	p = kmalloc(64, GFP_NOFS);
	mutex_unlock(&sbi->lock);
	kfree(p);
	return 0;
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
	.remount_fs	= cf_remount_fs,
};
