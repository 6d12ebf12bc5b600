// SPDX-License-Identifier: GPL-2.0-only
/* Block devices as files. */
#include <linux/module.h>
#include <linux/blkdev.h>
#include <linux/fs.h>

static int blkdev_open(struct inode *inode, struct file *file)
{
	struct block_device *bdev = I_BDEV(inode);
	const struct block_device_operations *fops = bdev->bd_disk->fops;

	return fops->open ? fops->open(bdev, 0) : 0;
}

static int blkdev_close(struct inode *inode, struct file *file)
{
	struct block_device *bdev = I_BDEV(inode);
	const struct block_device_operations *fops = bdev->bd_disk->fops;

	if (fops->release)
		fops->release(bdev->bd_disk, 0);
	return 0;
}

static long blkdev_file_ioctl(struct file *file, unsigned int cmd,
			      unsigned long arg)
{
	return blkdev_ioctl(I_BDEV(file_inode(file)), 0, cmd, arg);
}

const struct file_operations def_blk_fops = {
	.open		= blkdev_open,
	.release	= blkdev_close,
	.unlocked_ioctl	= blkdev_file_ioctl,
};
