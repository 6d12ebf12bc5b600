// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/sched/mm.h>

struct cf_sb {
	struct mutex	lock;
	unsigned int	nr;
};

static void cf_step0(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	sbi->nr += 0;
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_step1(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	sbi->nr += 1;
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_step2(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	sbi->nr += 2;
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_step3(struct cf_sb *sbi)
{
	mutex_lock(&sbi->lock);
	sbi->nr += 3;
	mutex_unlock(&sbi->lock);
}

static void cf_evict_inode(struct inode *inode)
{
	cf_step0(inode->i_sb->s_fs_info);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	unsigned int nofs;

	cf_step1(sbi);
	cf_step2(sbi);
	nofs = memalloc_nofs_save();
	cf_step3(sbi);
	memalloc_nofs_restore(nofs);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
