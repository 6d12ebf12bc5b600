// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	lock;
	unsigned int	nr;
};

static void cf_prune_0(struct cf_sb *sbi)
{
	mutex_lock(&sbi->lock);
	sbi->nr--;
	mutex_unlock(&sbi->lock);
}

static void cf_prune_1(struct cf_sb *sbi)
{
	if (sbi->nr > 1)
		cf_prune_0(sbi);
}

static void cf_prune_2(struct cf_sb *sbi)
{
	if (sbi->nr > 2)
		cf_prune_1(sbi);
}

static void cf_prune_3(struct cf_sb *sbi)
{
	if (sbi->nr > 3)
		cf_prune_2(sbi);
}

static void cf_prune_4(struct cf_sb *sbi)
{
	if (sbi->nr > 4)
		cf_prune_3(sbi);
}

static void cf_prune_5(struct cf_sb *sbi)
{
	if (sbi->nr > 5)
		cf_prune_4(sbi);
}

static void cf_prune_6(struct cf_sb *sbi)
{
	if (sbi->nr > 6)
		cf_prune_5(sbi);
}

static void cf_prune_7(struct cf_sb *sbi)
{
	if (sbi->nr > 7)
		cf_prune_6(sbi);
}

static void cf_evict_inode(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;

	cf_prune_7(sbi);
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
