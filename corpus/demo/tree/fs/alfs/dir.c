// SPDX-License-Identifier: GPL-2.0-only
/* Directories of ALFS. */
#include <linux/module.h>

#include "alfs.h"

static int alfs_linear_insert(struct alfs_handle *handle, struct inode *dir,
			      const char *name, u64 ino)
{
	struct alfs_dirbuf *buf = alfs_alloc_dirbuf(strlen(name));
	int err;

	if (!buf)
		return -ENOMEM;
	buf->len = strlen(name);
	memcpy(buf->name, name, buf->len);
	err = alfs_log_block(handle, dir->i_ino, buf);
	kfree(buf);
	return err;
}

static int alfs_linear_remove(struct alfs_handle *handle, struct inode *dir,
			      const char *name)
{
	return alfs_log_block(handle, dir->i_ino, name);
}

static int alfs_hash_insert(struct alfs_handle *handle, struct inode *dir,
			    const char *name, u64 ino)
{
	void *path;
	void *split;
	int err = -ENOMEM;

	path = kcalloc(8, sizeof(void *), GFP_NOFS);
	if (!path)
		return -ENOMEM;
	split = kmalloc(dir->i_sb->s_blocksize, GFP_NOFS | __GFP_NOWARN);
	if (!split)
		goto out_path;
	err = alfs_log_block(handle, dir->i_ino, split);
	kfree(split);
out_path:
	kfree(path);
	return err;
}

static int alfs_hash_remove(struct alfs_handle *handle, struct inode *dir,
			    const char *name)
{
	char *key = kstrdup(name, GFP_NOFS);
	int err;

	if (!key)
		return -ENOMEM;
	err = alfs_log_block(handle, dir->i_ino, key);
	kfree(key);
	return err;
}

static const struct alfs_dir_ops alfs_linear_ops = {
	.insert	= alfs_linear_insert,
	.remove	= alfs_linear_remove,
};

static const struct alfs_dir_ops alfs_hash_ops = {
	.insert	= alfs_hash_insert,
	.remove	= alfs_hash_remove,
};

static void alfs_set_dir_ops(struct inode *dir)
{
	if (dir->i_size > dir->i_sb->s_blocksize)
		ALFS_I(dir)->i_dir_ops = &alfs_hash_ops;
	else
		ALFS_I(dir)->i_dir_ops = &alfs_linear_ops;
}

static int alfs_add_entry(struct alfs_handle *handle, struct dentry *dentry,
			  struct inode *dir, struct inode *inode)
{
	alfs_set_dir_ops(dir);
	return ALFS_I(dir)->i_dir_ops->insert(handle, dir, dentry->d_name,
					      inode->i_ino);
}

static int alfs_create(struct inode *dir, struct dentry *dentry, umode_t mode)
{
	struct alfs_handle *handle;
	struct inode *inode;
	int err;

	handle = alfs_trans_begin(dir->i_sb, ALFS_CREDITS_DIR);
	if (IS_ERR(handle))
		return PTR_ERR(handle);

	inode = alfs_new_inode(handle, dir, mode);
	if (IS_ERR(inode)) {
		err = PTR_ERR(inode);
		goto out;
	}
	err = alfs_add_entry(handle, dentry, dir, inode);
	if (err)
		iput(inode);
	else
		d_instantiate(dentry, inode);
out:
	alfs_trans_end(handle);
	return err;
}

static int alfs_mkdir(struct inode *dir, struct dentry *dentry, umode_t mode)
{
	struct alfs_handle *handle;
	struct inode *inode;
	char *dots;
	int err;

	handle = alfs_trans_begin(dir->i_sb, ALFS_CREDITS_DIR * 2);
	if (IS_ERR(handle))
		return PTR_ERR(handle);

	dots = kzalloc(dir->i_sb->s_blocksize, GFP_NOFS);
	if (!dots) {
		alfs_trans_end(handle);
		return -ENOMEM;
	}
	inode = alfs_new_inode(handle, dir, mode);
	if (IS_ERR(inode)) {
		alfs_trans_end(handle);
		kfree(dots);
		return PTR_ERR(inode);
	}
	err = alfs_log_block(handle, inode->i_ino, dots);
	if (!err)
		err = alfs_add_entry(handle, dentry, dir, inode);
	alfs_trans_end(handle);

	kfree(dots);
	if (err)
		iput(inode);
	else
		d_instantiate(dentry, inode);
	return err;
}

static int alfs_unlink(struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = d_inode(dentry);
	struct alfs_handle *handle;
	int err;

	handle = alfs_trans_begin(dir->i_sb, ALFS_CREDITS_DIR);
	if (IS_ERR(handle))
		return PTR_ERR(handle);
	alfs_set_dir_ops(dir);
	err = ALFS_I(dir)->i_dir_ops->remove(handle, dir, dentry->d_name);
	if (!err)
		inode->i_nlink--;
	alfs_trans_end(handle);
	return err;
}

static int alfs_readdir(struct file *file, struct dir_context *ctx)
{
	struct inode *dir = file_inode(file);
	char *block;

	/* No handle, and the directory's own lock is all the VFS holds. */
	block = kmalloc(dir->i_sb->s_blocksize, GFP_NOFS);
	if (!block)
		return -ENOMEM;
	ctx->pos += dir->i_sb->s_blocksize;
	kfree(block);
	return 0;
}

const struct inode_operations alfs_dir_iops = {
	.create		= alfs_create,
	.mkdir		= alfs_mkdir,
	.unlink		= alfs_unlink,
	.setattr	= alfs_setattr,
};

const struct file_operations alfs_dir_fops = {
	.iterate_shared	= alfs_readdir,
	.unlocked_ioctl	= alfs_ioctl,
};
