// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	lock;
	unsigned int	nofs;
	unsigned int	nr;
};

static void cf_lock(struct cf_sb *sbi)
{
	unsigned int nofs = memalloc_nofs_save();

	mutex_lock(&sbi->lock);
	sbi->nofs = nofs;
}

static void cf_unlock(struct cf_sb *sbi)
{
	unsigned int nofs = sbi->nofs;

	mutex_unlock(&sbi->lock);
	memalloc_nofs_restore(nofs);
}

static void cf_evict_inode(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;

	cf_lock(sbi);
	sbi->nr--;
	cf_unlock(sbi);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	void *p, *q;

	cf_lock(sbi);
	p = kmalloc(64, GFP_NOFS);
	cf_unlock(sbi);
	q = kzalloc(64, GFP_NOFS);
	kfree(p);
	kfree(q);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
