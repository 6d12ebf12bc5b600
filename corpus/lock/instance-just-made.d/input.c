// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>

struct cf_inode {
	struct inode	vfs_inode;
	struct mutex	meta;
	void		*tail;
};

static struct cf_inode *CF_I(struct inode *inode)
{
	return container_of(inode, struct cf_inode, vfs_inode);
}

struct cf_sb {
	struct inode	*table;
};

static void cf_evict_inode(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;
	struct cf_inode *table = CF_I(sbi->table);

	mutex_lock(&table->meta);
	table->tail = NULL;
	mutex_unlock(&table->meta);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

static struct inode *cf_new_inode(struct inode *dir, umode_t mode)
{
	struct inode *inode = new_inode(dir->i_sb);

	if (!inode)
		return NULL;
	inode->i_mode = mode;
	return inode;
}

static int cf_mkdir(struct inode *dir, struct dentry *dentry, umode_t mode)
{
	struct inode *inode = cf_new_inode(dir, mode);
	struct cf_inode *ci;

	if (!inode)
		return -ENOMEM;
	ci = CF_I(inode);
	mutex_lock(&ci->meta);
	ci->tail = kmalloc(64, GFP_NOFS);
	mutex_unlock(&ci->meta);
	return 0;
}

/* Not the one just made: the directory may be what reclaim waits for. */
static int cf_create(struct inode *dir, struct dentry *dentry, umode_t mode)
{
	struct inode *inode = cf_new_inode(dir, mode);
	struct cf_inode *ci = CF_I(dir);

	mutex_lock(&ci->meta);
	ci->tail = kmalloc(64, GFP_NOFS);
	mutex_unlock(&ci->meta);
	return inode ? 0 : -ENOMEM;
}

const struct inode_operations cf_iops = {
	.mkdir	= cf_mkdir,
	.create	= cf_create,
};
