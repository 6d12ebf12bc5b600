// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct cf_sb {
	struct workqueue_struct	*queue;
	struct mutex		lock;	/* of the work in the queue */
	struct mutex		other;	/* of work that goes elsewhere */
	struct work_struct	gc;
	struct work_struct	log;
	void			*tail;
};

extern struct workqueue_struct *system_wq;

static void cf_gc(struct work_struct *work)
{
	struct cf_sb *sbi = container_of(work, struct cf_sb, gc);

	mutex_lock(&sbi->lock);
	sbi->tail = NULL;
	mutex_unlock(&sbi->lock);
}

static void cf_log(struct work_struct *work)
{
	struct cf_sb *sbi = container_of(work, struct cf_sb, log);

	mutex_lock(&sbi->other);
	sbi->tail = NULL;
	mutex_unlock(&sbi->other);
}

static void cf_evict_inode(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;

	flush_workqueue(sbi->queue);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;

	mutex_lock(&sbi->lock);
	sbi->tail = kmalloc(64, GFP_NOFS);
	mutex_unlock(&sbi->lock);
	queue_work(sbi->queue, &sbi->gc);
	return 0;
}

static int cf_open(struct inode *inode, struct file *file)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;

	INIT_WORK(&sbi->gc, cf_gc);
	INIT_WORK(&sbi->log, cf_log);
	queue_work(system_wq, &sbi->log);
	mutex_lock(&sbi->other);
	file->private_data = kmalloc(64, GFP_NOFS);
	mutex_unlock(&sbi->other);
	return 0;
}

const struct file_operations cf_fops = {
	.open		= cf_open,
	.unlocked_ioctl	= cf_ioctl,
};
