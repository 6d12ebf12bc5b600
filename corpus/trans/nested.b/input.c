// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

struct cf_journal {
	struct rw_semaphore	barrier;
};

struct cf_sb {
	struct cf_journal	*journal;
	struct mutex		lock;
};

struct cf_handle {
	struct cf_journal	*journal;
	unsigned int		nofs;
	unsigned int		ref;
};

static struct cf_handle *cf_begin(struct cf_sb *sbi)
{
	struct cf_handle *h = current->journal_info;

	if (h) {
		h->ref++;
		return h;
	}
	h = kzalloc(sizeof(*h), GFP_KERNEL);
	if (!h)
		return ERR_PTR(-ENOMEM);
	down_read(&sbi->journal->barrier);
	h->journal = sbi->journal;
	h->ref = 1;
	h->nofs = memalloc_nofs_save();
	current->journal_info = h;
	return h;
}

static void cf_end(struct cf_handle *h)
{
	unsigned int nofs = h->nofs;

	if (--h->ref)
		return;
	current->journal_info = NULL;
	up_read(&h->journal->barrier);
	kfree(h);
	memalloc_nofs_restore(nofs);
}

static void cf_evict_inode(struct inode *inode)
{
	struct cf_handle *h = cf_begin(inode->i_sb->s_fs_info);

	if (!IS_ERR(h))
		cf_end(h);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

static int cf_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;

	down_write(&sbi->journal->barrier);
	sbi->journal->barrier.count = 0;
	up_write(&sbi->journal->barrier);
	return 0;
}

static int cf_inner(struct cf_sb *sbi)
{
	struct cf_handle *h = cf_begin(sbi);
	void *p;

	if (IS_ERR(h))
		return PTR_ERR(h);
	p = kmalloc(64, GFP_NOFS);
	cf_end(h);
	kfree(p);
	return 0;
}

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	struct cf_handle *h;
	void *p;

	h = cf_begin(sbi);
	if (IS_ERR(h))
		return PTR_ERR(h);
	cf_inner(sbi);
	p = kzalloc(64, GFP_NOFS);
	cf_end(h);
	kfree(p);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
	.fsync		= cf_fsync,
};
