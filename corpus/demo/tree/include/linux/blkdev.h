/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_BLKDEV_H
#define _LINUX_BLKDEV_H

#include <linux/bio.h>
#include <linux/kernel.h>
#include <linux/mutex.h>

struct blk_mq_hw_ctx;
struct blk_mq_ops;
struct inode;
struct gendisk;

struct request_queue {
	const struct blk_mq_ops	*mq_ops;
	struct blk_mq_hw_ctx	*hctx;
	atomic_t		mq_freeze_depth;
	struct mutex		sysfs_lock;
	void			*queuedata;
};

struct block_device {
	struct gendisk		*bd_disk;
	struct request_queue	*bd_queue;
};

struct block_device_operations {
	void (*submit_bio)(struct bio *bio);
	int (*open)(struct block_device *bdev, unsigned int mode);
	void (*release)(struct gendisk *disk, unsigned int mode);
	int (*ioctl)(struct block_device *bdev, unsigned int mode,
		     unsigned int cmd, unsigned long arg);
};

struct gendisk {
	int			major;
	const struct block_device_operations *fops;
	struct request_queue	*queue;
	void			*private_data;
};

struct block_device *I_BDEV(struct inode *inode);
int blkdev_ioctl(struct block_device *bdev, unsigned int mode,
		 unsigned int cmd, unsigned long arg);
void blk_queue_io_limits(struct request_queue *q, unsigned int max_sectors);
int add_disk(struct gendisk *disk);
void del_gendisk(struct gendisk *disk);

#endif
