// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>

#define cf_exchange(a, b)						\
	do {								\
		struct cf_inode *__tmp = (a);				\
		(a) = (b);						\
		(b) = __tmp;						\
	} while (0)

struct cf_inode {
	struct inode	vfs_inode;
	struct mutex	meta;
	void		*tail;
};

struct cf_slot {
	struct cf_inode	**at;
};

void cf_fill(struct cf_slot *slot);

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

static int cf_mkdir(struct inode *dir, struct dentry *dentry, umode_t mode)
{
	struct cf_inode *ci = CF_I(new_inode(dir->i_sb));
	struct cf_inode *other = CF_I(dir);

	cf_exchange(ci, other);
	mutex_lock(&ci->meta);
	ci->tail = kmalloc(64, GFP_NOFS);
	mutex_unlock(&ci->meta);
	return 0;
}

static int cf_create(struct inode *dir, struct dentry *dentry, umode_t mode)
{
	struct cf_inode *ci = CF_I(new_inode(dir->i_sb));
	struct cf_slot slot = { .at = &ci };

	cf_fill(&slot);
	mutex_lock(&ci->meta);
	ci->tail = kmalloc(64, GFP_NOFS);
	mutex_unlock(&ci->meta);
	return 0;
}

static int cf_rmdir(struct inode *dir, struct dentry *dentry)
{
	struct cf_inode *ci = CF_I(new_inode(dir->i_sb));

	mutex_lock(&ci->meta);
	ci->tail = kmalloc(64, GFP_NOFS);
	mutex_unlock(&ci->meta);
	return 0;
}

const struct inode_operations cf_iops = {
	.mkdir	= cf_mkdir,
	.create	= cf_create,
	.rmdir	= cf_rmdir,
};
