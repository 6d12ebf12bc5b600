// SPDX-License-Identifier: GPL-2.0-only
/* Open files and the calls on them. */
#include <linux/module.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/syscalls.h>

static struct file *fd_table[256];

struct file *fget(unsigned int fd)
{
	return fd < ARRAY_SIZE(fd_table) ? fd_table[fd] : NULL;
}
EXPORT_SYMBOL(fget);

static int do_dentry_open(struct file *file, struct dentry *dentry)
{
	struct inode *inode = d_inode(dentry);

	file->f_inode = inode;
	file->f_dentry = dentry;
	file->f_op = inode->i_fop;
	return file->f_op->open ? file->f_op->open(inode, file) : 0;
}

SYSCALL_DEFINE2(open, const char __user *, name, unsigned int, fd)
{
	struct file *file = kzalloc(sizeof(*file), GFP_KERNEL_ACCOUNT);
	int err;

	if (!file)
		return -ENOMEM;
	err = do_dentry_open(file, kern_path(name));
	if (err) {
		kfree(file);
		return err;
	}
	fd_table[fd % ARRAY_SIZE(fd_table)] = file;
	return 0;
}

SYSCALL_DEFINE1(close, unsigned int, fd)
{
	struct file *file = fget(fd);

	if (file->f_op->release)
		file->f_op->release(file->f_inode, file);
	iput(file->f_inode);
	dput(file->f_dentry);
	kfree(file);
	return 0;
}

ssize_t vfs_write(struct file *file, const char __user *buf, size_t len,
		  loff_t *pos)
{
	if (!file->f_op->write)
		return -EINVAL;
	return file->f_op->write(file, buf, len, pos);
}
EXPORT_SYMBOL(vfs_write);

SYSCALL_DEFINE3(read, unsigned int, fd, char __user *, buf, size_t, len)
{
	struct file *file = fget(fd);

	if (!file->f_op->read)
		return -EINVAL;
	return file->f_op->read(file, buf, len, &file->f_pos);
}

SYSCALL_DEFINE3(write, unsigned int, fd, const char __user *, buf, size_t, len)
{
	struct file *file = fget(fd);

	return file ? vfs_write(file, buf, len, &file->f_pos) : -EINVAL;
}

SYSCALL_DEFINE2(getdents, unsigned int, fd, void __user *, buf)
{
	struct file *file = fget(fd);
	struct dir_context ctx = { .pos = file->f_pos };
	struct inode *inode = file_inode(file);
	int err;

	if (!file->f_op->iterate_shared)
		return -ENOTTY;
	down_read(&inode->i_rwsem);
	err = file->f_op->iterate_shared(file, &ctx);
	up_read(&inode->i_rwsem);
	return err;
}

SYSCALL_DEFINE3(ioctl, unsigned int, fd, unsigned int, cmd, unsigned long, arg)
{
	struct file *file = fget(fd);

	if (!file->f_op->unlocked_ioctl)
		return -ENOTTY;
	return file->f_op->unlocked_ioctl(file, cmd, arg);
}

int vfs_fsync(struct file *file, int datasync)
{
	if (!file->f_op->fsync)
		return -EINVAL;
	return file->f_op->fsync(file, 0, -1, datasync);
}
EXPORT_SYMBOL(vfs_fsync);

SYSCALL_DEFINE1(fsync, unsigned int, fd)
{
	return vfs_fsync(fget(fd), 0);
}

SYSCALL_DEFINE3(fallocate, unsigned int, fd, int, mode, loff_t, len)
{
	struct file *file = fget(fd);

	if (!file->f_op->fallocate)
		return -EINVAL;
	return file->f_op->fallocate(file, mode, file->f_pos, len);
}
