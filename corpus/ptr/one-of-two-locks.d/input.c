// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
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

struct cf_lock_ops {
	void (*lock)(struct cf_sb *sbi);
	void (*unlock)(struct cf_sb *sbi);
};

static void cf_do_lock(struct cf_sb *sbi)
{
	mutex_lock(&sbi->lock);
}

static void cf_do_unlock(struct cf_sb *sbi)
{
	mutex_unlock(&sbi->lock);
}

static void cf_no_lock(struct cf_sb *sbi)
{
}

static const struct cf_lock_ops cf_lock_ops[] = {
	{ .lock = cf_do_lock, .unlock = cf_do_unlock },
	{ .lock = cf_no_lock, .unlock = cf_no_lock },
};

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	const struct cf_lock_ops *ops = &cf_lock_ops[cmd & 1];
	void *p;

	ops->lock(sbi);
	p = kmalloc(64, GFP_NOFS);
	ops->unlock(sbi);
	kfree(p);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
