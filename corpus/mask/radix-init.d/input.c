// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/radix-tree.h>
#include <linux/slab.h>

struct cf_sb {
	struct radix_tree_root	tree;
};

static int cf_fill_super(struct super_block *sb, void *data)
{
	struct cf_sb *sbi = sb->s_fs_info;

	INIT_RADIX_TREE(&sbi->tree, GFP_NOFS);
	return 0;
}

struct file_system_type cf_type = {
	.name		= "cf",
	.fill_super	= cf_fill_super,
};
