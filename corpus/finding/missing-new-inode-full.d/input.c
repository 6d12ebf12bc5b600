// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	lock;
	unsigned int	nr;
};

static struct kmem_cache *cf_inodes;

static struct inode *cf_alloc_inode(struct super_block *sb)
{
	return alloc_inode_sb(sb, cf_inodes, GFP_KERNEL);
}

static void cf_evict_inode(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;

	mutex_lock(&sbi->lock);
	sbi->nr--;
	mutex_unlock(&sbi->lock);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.alloc_inode	= cf_alloc_inode,
	.evict_inode	= cf_evict_inode,
};

static int cf_create(struct inode *dir)
{
	struct cf_sb *sbi = dir->i_sb->s_fs_info;
	struct inode *inode;

	mutex_lock(&sbi->lock);
	inode = new_inode(dir->i_sb);
	mutex_unlock(&sbi->lock);
	return inode ? 0 : -ENOMEM;
}

const struct inode_operations cf_iops = {
	.create		= cf_create,
};
