// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	lock;
	unsigned int	nr;
	void		*p;
};

static void cf_evict_inode(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;

	mutex_lock(&sbi->lock);
	sbi->nr--;
	mutex_unlock(&sbi->lock);
	clear_inode(inode);
}

static void cf_grant(struct cf_sb *sbi, int op)
{
	sbi->nr++;
	if (op == 1)
		mutex_unlock(&sbi->lock);
}

static int cf_sync(struct super_block *sb, int op)
{
	struct cf_sb *sbi = sb->s_fs_info;

	switch (op) {
	case 1:
		mutex_lock(&sbi->lock);
		sbi->p = kmalloc(64, GFP_NOFS);
		cf_grant(sbi, op);
		break;
	case 2:
		cf_grant(sbi, op);
		break;
	}
	return 0;
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
	.sync_fs	= cf_sync,
};
