// SPDX-License-Identifier: GPL-2.0-only
/* Names: the calls that make, remove and change directory entries. */
#include <linux/module.h>
#include <linux/fs.h>
#include <linux/syscalls.h>

int vfs_create(struct inode *dir, struct dentry *dentry, umode_t mode)
{
	if (!dir->i_op->create)
		return -EPERM;
	return dir->i_op->create(dir, dentry, mode);
}
EXPORT_SYMBOL(vfs_create);

int vfs_mkdir(struct inode *dir, struct dentry *dentry, umode_t mode)
{
	if (!dir->i_op->mkdir)
		return -EPERM;
	return dir->i_op->mkdir(dir, dentry, mode);
}
EXPORT_SYMBOL(vfs_mkdir);

int vfs_unlink(struct inode *dir, struct dentry *dentry)
{
	int err;

	if (!dir->i_op->unlink)
		return -EPERM;
	inode_lock(dentry->d_inode);
	err = dir->i_op->unlink(dir, dentry);
	inode_unlock(dentry->d_inode);
	return err;
}
EXPORT_SYMBOL(vfs_unlink);

int notify_change(struct dentry *dentry, struct iattr *attr)
{
	struct inode *inode = d_inode(dentry);

	if (!inode->i_op->setattr)
		return -EPERM;
	return inode->i_op->setattr(dentry, attr);
}
EXPORT_SYMBOL(notify_change);

SYSCALL_DEFINE2(creat, const char __user *, name, umode_t, mode)
{
	struct dentry new = { .d_name = NULL };
	struct dentry *parent = kern_path_parent(name, &new);
	struct inode *dir = d_inode(parent);
	int err;

	inode_lock(dir);
	err = vfs_create(dir, &new, mode);
	inode_unlock(dir);
	dput(parent);
	return err;
}

SYSCALL_DEFINE2(mkdir, const char __user *, name, umode_t, mode)
{
	struct dentry new = { .d_name = NULL };
	struct dentry *parent = kern_path_parent(name, &new);
	struct inode *dir = d_inode(parent);
	int err;

	inode_lock(dir);
	err = vfs_mkdir(dir, &new, mode);
	inode_unlock(dir);
	dput(parent);
	return err;
}

SYSCALL_DEFINE1(unlink, const char __user *, name)
{
	struct dentry *dentry = kern_path(name);
	struct inode *dir = d_inode(dentry->d_parent);
	struct inode *inode = d_inode(dentry);
	int err;

	ihold(inode);
	inode_lock(dir);
	err = vfs_unlink(dir, dentry);
	inode_unlock(dir);
	/* The file's last name and, perhaps, its last user: evict it here. */
	iput(inode);
	dput(dentry);
	return err;
}

SYSCALL_DEFINE2(truncate, const char __user *, name, loff_t, size)
{
	struct dentry *dentry = kern_path(name);
	struct inode *inode = d_inode(dentry);
	struct iattr attr = { .ia_size = size };
	int err;

	inode_lock(inode);
	err = notify_change(dentry, &attr);
	inode_unlock(inode);
	dput(dentry);
	return err;
}

SYSCALL_DEFINE3(listxattr, const char __user *, name, char *, list,
		size_t, size)
{
	struct dentry *dentry = kern_path(name);
	struct inode *inode = d_inode(dentry);
	ssize_t ret = -ENODATA;

	if (inode->i_op->listxattr)
		ret = inode->i_op->listxattr(dentry, list, size);
	dput(dentry);
	return ret;
}
