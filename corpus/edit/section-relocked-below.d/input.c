// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	lock;
	unsigned int	nr;
	void		*p, *q;
};

static void cf_evict_inode(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;

	mutex_lock(&sbi->lock);
	sbi->nr--;
	mutex_unlock(&sbi->lock);
	clear_inode(inode);
}

static void cf_let_in(struct super_block *sb)
{
	struct cf_sb *sbi = sb->s_fs_info;

	if (!sbi->nr)
		return;
	mutex_unlock(&sbi->lock);
	sbi->nr++;
	mutex_lock(&sbi->lock);
}

static void cf_handle(struct super_block *sb)
{
	struct cf_sb *sbi = sb->s_fs_info;

	cf_let_in(sb);
	sbi->p = kmalloc(64, GFP_NOFS);
}

static int cf_sync(struct super_block *sb, int wait)
{
	struct cf_sb *sbi = sb->s_fs_info;

	mutex_lock(&sbi->lock);
	cf_handle(sb);
	mutex_unlock(&sbi->lock);
	return 0;
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
	.sync_fs	= cf_sync,
};
