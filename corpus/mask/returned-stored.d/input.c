// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct cf_sb {
	struct mutex		lock;
	struct work_struct	work;
	gfp_t			gfp;
	unsigned int		nr;
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

static void cf_work(struct work_struct *work)
{
	struct cf_sb *sbi = container_of(work, struct cf_sb, work);
	void *p;

	mutex_lock(&sbi->lock);
	p = kmalloc(64, sbi->gfp);
	mutex_unlock(&sbi->lock);
	kfree(p);
}

static gfp_t cf_quiet(gfp_t gfp)
{
	return gfp | __GFP_NOWARN;
}

static void cf_later(struct cf_sb *sbi, gfp_t gfp)
{
	sbi->gfp = cf_quiet(gfp);
	INIT_WORK(&sbi->work, cf_work);
	schedule_work(&sbi->work);
}

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	unsigned int nofs;

	nofs = memalloc_nofs_save();
	cf_later(sbi, GFP_NOFS);
	memalloc_nofs_restore(nofs);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
