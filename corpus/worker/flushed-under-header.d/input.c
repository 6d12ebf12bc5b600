// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct xfs_trans;
struct xfs_perag;
struct xfs_buf;

int xfs_alloc_read_agf(struct xfs_perag *pag, struct xfs_trans *tp, int flags,
		       struct xfs_buf **agfbpp);
void xfs_buf_relse(struct xfs_buf *bp);
struct xfs_buf *cf_block(struct xfs_perag *pag);

struct cf_sb {
	struct work_struct	work;
	struct xfs_perag	*pag;
	struct xfs_trans	*tp;
};

static void cf_worker(struct work_struct *work)
{
	struct cf_sb *sbi = container_of(work, struct cf_sb, work);
	struct xfs_buf *bp;

	if (!xfs_alloc_read_agf(sbi->pag, sbi->tp, 0, &bp))
		xfs_buf_relse(bp);
}

static void cf_evict_inode(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;

	flush_work(&sbi->work);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

void cf_start(struct cf_sb *sbi)
{
	INIT_WORK(&sbi->work, cf_worker);
	schedule_work(&sbi->work);
}

static void cf_look(struct xfs_perag *pag)
{
	xfs_buf_relse(cf_block(pag));
}

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	struct xfs_buf *bp;
	void *p, *q, *r;

	if (xfs_alloc_read_agf(sbi->pag, NULL, 0, &bp))
		return -EIO;
	cf_look(sbi->pag);
	p = kmalloc(64, GFP_NOFS);
	xfs_buf_relse(bp);
	q = kzalloc(64, GFP_NOFS);
	if (xfs_alloc_read_agf(sbi->pag, NULL, 0, NULL))
		return -EIO;
	r = kcalloc(4, 64, GFP_NOFS);
	kfree(p);
	kfree(q);
	kfree(r);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
