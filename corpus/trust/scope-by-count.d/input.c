// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	lock;
	unsigned int	nr;
	unsigned int	paused;
	unsigned int	nofs_flags;
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

static void cf_pause(struct cf_sb *sbi)
{
	if (sbi->paused++)
		return;
	sbi->nofs_flags = memalloc_nofs_save();
}

static void cf_resume(struct cf_sb *sbi)
{
	if (--sbi->paused)
		return;
	memalloc_nofs_restore(sbi->nofs_flags);
}

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	void *p;

	mutex_lock(&sbi->lock);
	cf_pause(sbi);
	p = kmalloc(64, GFP_NOFS);
	cf_resume(sbi);
	mutex_unlock(&sbi->lock);
	kfree(p);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
