// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>

#define CF_DATA		1
#define CF_META		2
#define CF_KINDS	3

struct cf_sb {
	struct mutex	lock;
	unsigned int	nr;
};

static int cf_kind;

static void cf_drop(struct cf_sb *sbi, int kind)
{
	if ((kind & CF_KINDS) != CF_DATA)
		return;
	mutex_lock(&sbi->lock);
	sbi->nr--;
	mutex_unlock(&sbi->lock);
}

static void cf_evict_inode(struct inode *inode)
{
	cf_drop(inode->i_sb->s_fs_info, CF_DATA);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	void *p;

	cf_kind = cmd;
	mutex_lock(&sbi->lock);
	p = kmalloc(64, GFP_NOFS);
	mutex_unlock(&sbi->lock);
	kfree(p);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
