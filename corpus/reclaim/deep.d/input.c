// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	lock;
	unsigned int	nr;
};

struct cf_tree_ops {
	void (*prune)(struct cf_sb *sbi);
};

static void cf_lock_and_prune(struct cf_sb *sbi)
{
	mutex_lock(&sbi->lock);
	sbi->nr--;
	mutex_unlock(&sbi->lock);
}

static void cf_prune(struct cf_sb *sbi)
{
	if (sbi->nr)
		cf_lock_and_prune(sbi);
}

static const struct cf_tree_ops cf_tree_ops = {
	.prune	= cf_prune,
};

static void cf_prune_all(struct cf_sb *sbi, const struct cf_tree_ops *ops)
{
	while (sbi->nr)
		ops->prune(sbi);
}

static void cf_drop(struct inode *inode)
{
	cf_prune_all(inode->i_sb->s_fs_info, &cf_tree_ops);
}

static void cf_evict_inode(struct inode *inode)
{
	cf_drop(inode);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	void *p;

	mutex_lock(&sbi->lock);
	p = kmalloc(64, GFP_NOFS);
	mutex_unlock(&sbi->lock);
	kfree(p);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
