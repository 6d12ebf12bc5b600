// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/kthread.h>
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

static int cf_thread(void *arg)
{
	struct cf_sb *sbi = arg;
	void *p;

	memalloc_nofs_save();
	while (!kthread_should_stop()) {
		mutex_lock(&sbi->lock);
		p = kmalloc(64, GFP_NOFS);
		mutex_unlock(&sbi->lock);
		kfree(p);
		schedule();
	}
	return 0;
}

static int cf_open(struct inode *inode, struct file *file)
{
	kthread_run(cf_thread, inode->i_sb->s_fs_info, "cf");
	return 0;
}

const struct file_operations cf_fops = {
	.open	= cf_open,
};
