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

static int cf_even(struct cf_sb *sbi, unsigned int n);

static int cf_odd(struct cf_sb *sbi, unsigned int n)
{
	return n ? cf_even(sbi, n - 1) : 0;
}

static int cf_even(struct cf_sb *sbi, unsigned int n)
{
	void *p = kmalloc(n, GFP_NOFS);

	kfree(p);
	return n ? cf_odd(sbi, n - 1) : 0;
}

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	unsigned int nofs;
	int err;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	err = cf_even(sbi, cmd & 7);
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
	return err;
}

static int cf_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	int err;

	mutex_lock(&sbi->lock);
	err = cf_odd(sbi, 5);
	mutex_unlock(&sbi->lock);
	if (err)
		return err;
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
	.fsync		= cf_fsync,
};
