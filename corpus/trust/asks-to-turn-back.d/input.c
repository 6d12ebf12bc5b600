// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	lock;
	unsigned int	nr;
};

enum cf_fate { CF_DROP, CF_KEEP };

static enum cf_fate cf_fate_of(struct cf_sb *sbi)
{
	if (!sbi->nr)
		return CF_DROP;
	if (current->flags & PF_MEMALLOC)
		return CF_KEEP;
	return CF_DROP;
}

static void cf_evict_inode(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;

	if (cf_fate_of(sbi) == CF_KEEP)
		goto out;
	mutex_lock(&sbi->lock);
	sbi->nr--;
	mutex_unlock(&sbi->lock);
out:
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
