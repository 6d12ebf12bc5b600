// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/kthread.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/wait.h>

struct cf_sb {
	struct mutex	lock;
	unsigned int	nr;
	wait_queue_head_t wait;
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

static int cf_thread(void *arg)
{
	struct cf_sb *sbi = arg;
	void *p;

	mutex_lock(&sbi->lock);
	p = kmalloc(64, GFP_NOFS);
	mutex_unlock(&sbi->lock);
	kfree(p);
	wake_up(&sbi->wait);
	return 0;
}

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	unsigned int nofs;

	nofs = memalloc_nofs_save();
	kthread_run(cf_thread, sbi, "cf");
	wait_event(&sbi->wait, sbi->nr);
	memalloc_nofs_restore(nofs);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
