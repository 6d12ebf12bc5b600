// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/sched/mm.h>
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

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

static void *cf_alloc(struct cf_sb *sbi, gfp_t gfp)
{
	return kmalloc(64, gfp | __GFP_NOWARN);
}

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	unsigned int nofs;
	void *p;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	p = cf_alloc(sbi, GFP_NOFS);
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
	kfree(p);
	return 0;
}

static int cf_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;

	mutex_lock(&sbi->lock);
	kfree(cf_alloc(sbi, GFP_NOWAIT));
	mutex_unlock(&sbi->lock);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
	.fsync		= cf_fsync,
};
