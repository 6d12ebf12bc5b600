// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	lock;	/* reclaim waits for it */
	struct mutex	other;	/* nobody waits for it in reclaim */
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

static int cf_del(struct cf_sb *sbi)
{
	void *p = kzalloc(64, GFP_NOFS);

	kfree(p);
	return p ? 0 : -ENOMEM;
}

static int cf_walk(struct cf_sb *sbi, int (*fn)(struct cf_sb *sbi))
{
	int err = 0;

	while (!err && sbi->nr--)
		err = fn(sbi);
	return err;
}

static int cf_locked_walk(struct cf_sb *sbi, int (*fn)(struct cf_sb *sbi))
{
	int err;

	mutex_lock(&sbi->lock);
	err = cf_walk(sbi, fn);
	mutex_unlock(&sbi->lock);
	return err;
}

static int cf_twice(struct cf_sb *sbi, int (*fn)(struct cf_sb *sbi))
{
	int err;

	mutex_lock(&sbi->lock);
	err = fn(sbi);
	mutex_unlock(&sbi->lock);
	mutex_lock(&sbi->other);
	err |= fn(sbi);
	mutex_unlock(&sbi->other);
	return err;
}

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;

	return cf_locked_walk(sbi, cf_add);
}

static int cf_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;

	return cf_twice(sbi, cf_del);
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
	.fsync		= cf_fsync,
};
