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

static void *cf_leaf(void)
{
	return kzalloc(16, GFP_NOFS);
}

static int cf_level5(struct cf_sb *sbi)
{
	void *p = cf_leaf();

	kfree(p);
	return p ? 0 : -ENOMEM;
}

static int cf_level4(struct cf_sb *sbi)
{
	return sbi->nr ? cf_level5(sbi) : 0;
}

static int cf_level3(struct cf_sb *sbi)
{
	int err = 0;

	while (!err && sbi->nr)
		err = cf_level4(sbi);
	return err;
}

static int cf_level2(struct cf_sb *sbi)
{
	return cf_level3(sbi);
}

static int cf_level1(struct cf_sb *sbi)
{
	if (!sbi->nr)
		return -EINVAL;
	return cf_level2(sbi);
}

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	unsigned int nofs;
	int err;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	err = cf_level1(sbi);
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
	return err;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
