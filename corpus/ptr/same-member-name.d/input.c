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

struct cf_a_ops {
	int (*run)(struct cf_sb *sbi);
};

struct cf_b_ops {
	int (*run)(struct cf_sb *sbi);
};

static int cf_run_a(struct cf_sb *sbi)
{
	void *p = kmalloc(64, GFP_NOFS);

	kfree(p);
	return p ? 0 : -ENOMEM;
}

static int cf_run_b(struct cf_sb *sbi)
{
	void *p = kzalloc(64, GFP_NOFS);

	kfree(p);
	return p ? 0 : -ENOMEM;
}

static const struct cf_a_ops cf_a = {
	.run	= cf_run_a,
};

static const struct cf_b_ops cf_b = {
	.run	= cf_run_b,
};

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	const struct cf_a_ops *a = &cf_a;
	unsigned int nofs;
	int err;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	err = a->run(sbi);
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
	return err;
}

static int cf_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	const struct cf_b_ops *b = &cf_b;
	int err;

	mutex_lock(&sbi->lock);
	err = b->run(sbi);
	mutex_unlock(&sbi->lock);
	if (err)
		return err;
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
	.fsync		= cf_fsync,
};
