// SPDX-License-Identifier: GPL-2.0-only
/* Free space of BETAFS: a bitmap for each group of blocks. */
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/vmalloc.h>

#include "betafs.h"

struct betafs_reservation {
	u64	first;
	u32	count;
};

/* Called with s_alloc_mutex held. */
static struct betafs_bitmap *betafs_load_bitmap(struct betafs_sb_info *sbi,
						unsigned int group)
{
	struct betafs_bitmap *bm = sbi->s_bitmaps[group];

	if (bm)
		return bm;
	bm = kzalloc(sizeof(*bm), GFP_NOFS);
	if (!bm)
		return ERR_PTR(-ENOMEM);
	bm->bits = kvmalloc(BETAFS_GROUP_BLOCKS / 8, GFP_NOFS | __GFP_NOWARN);
	if (!bm->bits) {
		kfree(bm);
		return ERR_PTR(-ENOMEM);
	}
	bm->group = group;
	sbi->s_bitmaps[group] = bm;
	return bm;
}

int betafs_alloc_blocks(struct inode *inode, u32 count, u64 *first)
{
	struct betafs_sb_info *sbi = BETAFS_SB(inode->i_sb);
	unsigned int group = inode->i_ino % sbi->s_nr_groups;
	struct betafs_reservation *res;
	struct betafs_bitmap *bm;
	int err = 0;

	if (!count)
		return -EINVAL;

	mutex_lock(&sbi->s_alloc_mutex);
	if (sbi->s_free < count) {
		mutex_unlock(&sbi->s_alloc_mutex);
		return -ENOSPC;
	}
	bm = betafs_load_bitmap(sbi, group);
	if (IS_ERR(bm)) {
		mutex_unlock(&sbi->s_alloc_mutex);
		return PTR_ERR(bm);
	}
	res = kmalloc(sizeof(*res), GFP_NOFS);
	if (!res) {
		err = -ENOMEM;
		goto out_unlock;
	}
	res->first = (u64)group * BETAFS_GROUP_BLOCKS;
	res->count = count;
	sbi->s_free -= count;
	*first = res->first;
	kfree(res);
out_unlock:
	mutex_unlock(&sbi->s_alloc_mutex);
	return err;
}

/* From eviction: give back what the file had. */
void betafs_free_blocks(struct inode *inode)
{
	struct betafs_sb_info *sbi = BETAFS_SB(inode->i_sb);

	mutex_lock(&sbi->s_alloc_mutex);
	sbi->s_free += BETAFS_I(inode)->i_blocks;
	BETAFS_I(inode)->i_blocks = 0;
	mutex_unlock(&sbi->s_alloc_mutex);
}

/* Set blocks aside for fallocate. */
int betafs_reserve_blocks(struct inode *inode, u32 count)
{
	struct betafs_sb_info *sbi = BETAFS_SB(inode->i_sb);
	struct betafs_reservation *res;
	int err = -ENOMEM;

	mutex_lock(&sbi->s_alloc_mutex);
	res = kmalloc(sizeof(*res), GFP_KERNEL);
	if (!res)
		goto out;
	res->count = count;
	err = sbi->s_free < count ? -ENOSPC : 0;
	if (!err)
		sbi->s_free -= count;
	kfree(res);
out:
	mutex_unlock(&sbi->s_alloc_mutex);
	return err;
}

/* Tell the device what is free, letting others in between two groups. */
int betafs_trim(struct super_block *sb, u32 minlen)
{
	struct betafs_sb_info *sbi = BETAFS_SB(sb);
	gfp_t gfp = GFP_KERNEL & ~__GFP_FS;
	unsigned int group;
	void *extents;
	int err = 0;

	mutex_lock(&sbi->s_alloc_mutex);
	for (group = 0; group < sbi->s_nr_groups; group++) {
		if (IS_ERR(betafs_load_bitmap(sbi, group))) {
			err = -ENOMEM;
			break;
		}
		extents = kmalloc(minlen, gfp);
		if (!extents)
			break;
		mutex_unlock(&sbi->s_alloc_mutex);

		kfree(extents);
		cond_resched();

		mutex_lock(&sbi->s_alloc_mutex);
	}
	mutex_unlock(&sbi->s_alloc_mutex);
	return err;
}

int betafs_grow(struct super_block *sb, unsigned int groups)
{
	struct betafs_sb_info *sbi = BETAFS_SB(sb);
	size_t size = groups * sizeof(struct betafs_bitmap *);
	struct betafs_bitmap **table;
	int err = -ENOMEM;

	if (mutex_lock_interruptible(&sbi->s_alloc_mutex))
		return -EAGAIN;

	table = __vmalloc(size, GFP_NOFS | __GFP_ZERO);
	if (!table)
		goto out;
	memcpy(table, sbi->s_bitmaps, sbi->s_nr_groups * sizeof(*table));
	sbi->s_bitmaps = table;
	sbi->s_nr_groups = groups;
	err = 0;
out:
	mutex_unlock(&sbi->s_alloc_mutex);
	return err;
}
