// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct cf_sb {
	struct mutex		lock;
	struct work_struct	gc;
	void			*tail;
};

static void cf_trim(struct cf_sb *sbi)
{
	if (!(current->flags & PF_MEMALLOC)) {
		mutex_lock(&sbi->lock);
		sbi->tail = NULL;
		mutex_unlock(&sbi->lock);
	}
}

static void cf_gc(struct work_struct *work)
{
	cf_trim(container_of(work, struct cf_sb, gc));
}

static void cf_evict_inode(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;

	cf_trim(sbi);
	flush_work(&sbi->gc);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

static int cf_open(struct inode *inode, struct file *file)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;

	INIT_WORK(&sbi->gc, cf_gc);
	return 0;
}

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;

	mutex_lock(&sbi->lock);
	sbi->tail = kmalloc(64, GFP_NOFS);
	mutex_unlock(&sbi->lock);
	return 0;
}

const struct file_operations cf_fops = {
	.open		= cf_open,
	.unlocked_ioctl	= cf_ioctl,
};
