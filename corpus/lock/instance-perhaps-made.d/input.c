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

/* Made only when none was given; else it is one that others have. */
static int cf_add(struct inode *dir, struct inode *inode)
{
	struct cf_inode *ci;

	if (!inode)
		inode = cf_new_inode(dir, 0);
	if (!inode)
		return -ENOMEM;
	ci = CF_I(inode);
	mutex_lock(&ci->meta);
	ci->tail = kmalloc(64, GFP_NOFS);
	mutex_unlock(&ci->meta);
	return 0;
}

static int cf_mkdir(struct inode *dir, struct dentry *dentry, umode_t mode)
{
	return cf_add(dir, dir->i_private);
}

static void cf_lock_table(struct cf_inode *ci)
{
	mutex_lock(&ci->meta);
}

/* The lock that is held over the allocation is of the directory, too. */
static int cf_create(struct inode *dir, struct dentry *dentry, umode_t mode)
{
	struct inode *inode = cf_new_inode(dir, mode);
	struct cf_inode *ci;

	if (!inode)
		return -ENOMEM;
	ci = CF_I(inode);
	cf_lock_table(CF_I(dir));
	mutex_lock(&ci->meta);
	ci->tail = kmalloc(64, GFP_NOFS);
	mutex_unlock(&ci->meta);
	mutex_unlock(&CF_I(dir)->meta);
	return 0;
}

const struct inode_operations cf_iops = {
	.mkdir	= cf_mkdir,
	.create	= cf_create,
};
