// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	lock;	/* after what somebody else may have set */
	struct mutex	defer;	/* after the answer that reclaim gets */
	unsigned int	nr;
};

enum cf_fate { CF_DELETE, CF_SKIP, CF_DEFER };

static enum cf_fate cf_fate_of(struct inode *inode)
{
	if (!inode->i_private)
		return CF_DEFER;
	if (current->flags & PF_MEMALLOC)
		return CF_DEFER;
	if (inode->i_nlink)
		return CF_SKIP;
	return CF_DELETE;
}

void cf_overrule(enum cf_fate *fate);

static void cf_evict_inode(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;
	enum cf_fate fate;

	fate = cf_fate_of(inode);
	cf_overrule(&fate);
	if (fate == CF_DEFER) {
		mutex_lock(&sbi->defer);
		sbi->nr++;
		mutex_unlock(&sbi->defer);
		goto out;
	}
	mutex_lock(&sbi->lock);
	sbi->nr--;
	mutex_unlock(&sbi->lock);
out:
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

static int cf_open(struct inode *inode, struct file *file)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;

	mutex_lock(&sbi->lock);
	file->private_data = kmalloc(64, GFP_NOFS);
	mutex_unlock(&sbi->lock);
	return 0;
}

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;

	mutex_lock(&sbi->defer);
	file->private_data = kmalloc(64, GFP_NOFS);
	mutex_unlock(&sbi->defer);
	return 0;
}

const struct file_operations cf_fops = {
	.open		= cf_open,
	.unlocked_ioctl	= cf_ioctl,
};
