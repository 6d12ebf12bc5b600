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

static void *cf_new(struct cf_sb *sbi)
{
	return kmalloc(64, GFP_NOFS);
}

static void cf_one(struct super_block *sb)
{
	struct cf_sb *sbi = sb->s_fs_info;

	mutex_lock(&sbi->lock);
	sbi->p = cf_new(sbi);
	sbi->q = kmalloc(8, GFP_NOFS);
	mutex_unlock(&sbi->lock);
}

static void cf_two(struct super_block *sb)
{
	struct cf_sb *sbi = sb->s_fs_info;

	mutex_lock(&sbi->lock);
	sbi->q = cf_new(sbi);
	mutex_unlock(&sbi->lock);
}

static int cf_sync(struct super_block *sb, int wait)
{
	cf_one(sb);
	cf_two(sb);
	return 0;
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
	.sync_fs	= cf_sync,
};
