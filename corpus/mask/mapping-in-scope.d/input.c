// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/pagemap.h>
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

static int cf_open(struct inode *inode, struct file *file)
{
	unsigned int nofs = memalloc_nofs_save();

	mapping_set_gfp_mask(inode->i_mapping,
			     mapping_gfp_constraint(inode->i_mapping, ~__GFP_FS));
	memalloc_nofs_restore(nofs);
	return 0;
}

const struct file_operations cf_fops = {
	.open	= cf_open,
};
