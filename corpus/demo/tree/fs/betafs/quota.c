// SPDX-License-Identifier: GPL-2.0-only
/* Who uses how much. */
#include <linux/module.h>
#include <linux/sched/mm.h>

#include "betafs.h"

static struct betafs_quota *betafs_find_quota(struct betafs_sb_info *sbi,
					      unsigned int id)
{
	struct betafs_quota *quota;

	list_for_each_entry(quota, &sbi->s_quotas, q_list)
		if (quota->q_id == id)
			return quota;
	return NULL;
}

int betafs_quota_charge(struct inode *inode, u32 count)
{
	struct betafs_sb_info *sbi = BETAFS_SB(inode->i_sb);
	struct betafs_quota *quota;
	unsigned int nofs;

	mutex_lock(&sbi->s_quota_mutex);
	/* betafs_quota_release() takes the mutex in reclaim. */
	nofs = memalloc_nofs_save();
	quota = betafs_find_quota(sbi, inode->i_flags);
	if (!quota)
		quota = kzalloc(sizeof(*quota), GFP_KERNEL);
	if (quota)
		quota->q_used += count;
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->s_quota_mutex);
	return quota ? 0 : -ENOMEM;
}

int betafs_quota_transfer(struct inode *inode, unsigned int to)
{
	struct betafs_sb_info *sbi = BETAFS_SB(inode->i_sb);
	struct betafs_quota *quota;
	unsigned int nofs;
	void *undo;

	mutex_lock(&sbi->s_quota_mutex);
	nofs = memalloc_nofs_save();
	undo = kmalloc(sizeof(*quota), GFP_NOFS);
	quota = betafs_find_quota(sbi, to);
	if (quota)
		quota->q_used += BETAFS_I(inode)->i_blocks;
	kfree(undo);
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->s_quota_mutex);
	return quota ? 0 : -ENOENT;
}

/* From eviction. */
void betafs_quota_release(struct inode *inode)
{
	struct betafs_sb_info *sbi = BETAFS_SB(inode->i_sb);
	struct betafs_quota *quota;
	unsigned int nofs;

	mutex_lock(&sbi->s_quota_mutex);
	nofs = memalloc_nofs_save();
	quota = betafs_find_quota(sbi, inode->i_flags);
	if (quota)
		quota->q_used -= BETAFS_I(inode)->i_blocks;
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->s_quota_mutex);
}

int betafs_quota_sync(struct super_block *sb)
{
	struct betafs_sb_info *sbi = BETAFS_SB(sb);
	struct betafs_quota *quota;
	u64 *block;

	mutex_lock(&sbi->s_quota_mutex);
	block = kzalloc(sb->s_blocksize, GFP_NOFS);
	if (block)
		list_for_each_entry(quota, &sbi->s_quotas, q_list)
			block[quota->q_id % 64] += quota->q_used;
	mutex_unlock(&sbi->s_quota_mutex);
	kfree(block);
	return block ? 0 : -ENOMEM;
}
