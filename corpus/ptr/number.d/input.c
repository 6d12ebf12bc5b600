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

static int cf_add(struct cf_sb *sbi)
{
	void *p = kmalloc(64, GFP_NOFS);

	kfree(p);
	return p ? 0 : -ENOMEM;
}

typedef int (*cf_step_t)(struct cf_sb *sbi);

static unsigned long cf_steps[] = { (unsigned long)cf_add };

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	int err;

	mutex_lock(&sbi->lock);
	err = ((cf_step_t)cf_steps[cmd])(sbi);
	mutex_unlock(&sbi->lock);
	return err;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
