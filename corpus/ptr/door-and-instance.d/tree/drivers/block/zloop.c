// SPDX-License-Identifier: GPL-2.0-only
#include <linux/blk-mq.h>
#include <linux/fs.h>

struct zl_dev {
	struct gendisk		*disk;
	struct file		*file;
	bool			async;
};

int vfs_fsync_range(struct file *file, loff_t start, loff_t end, int datasync);

static blk_status_t zl_queue_rq(struct blk_mq_hw_ctx *hctx,
				const struct blk_mq_queue_data *bd)
{
	blk_mq_end_request(bd->rq, BLK_STS_OK);
	return BLK_STS_OK;
}

const struct blk_mq_ops zl_mq_ops = {
	.queue_rq	= zl_queue_rq,
};

static void zl_update(struct zl_dev *dev)
{
	vfs_fsync_range(dev->file, 0, -1, 0);
}

static int zl_ioctl(struct block_device *bdev, unsigned int mode,
		    unsigned int cmd, unsigned long arg)
{
	struct zl_dev *dev = bdev->bd_disk->private_data;

	blk_mq_freeze_queue(dev->disk->queue);
	zl_update(dev);
	blk_mq_unfreeze_queue(dev->disk->queue);
	return 0;
}

const struct block_device_operations zl_bdops = {
	.ioctl	= zl_ioctl,
};
