// SPDX-License-Identifier: GPL-2.0-only
#include <linux/blk-mq.h>
#include <linux/slab.h>

void blk_mark_disk_dead(struct gendisk *disk);

struct cf_dev {
	struct mutex		lock;
	struct gendisk		*disk;
	unsigned int		nr;
};

static blk_status_t cf_queue_rq(struct blk_mq_hw_ctx *hctx,
				const struct blk_mq_queue_data *bd)
{
	struct cf_dev *dev = hctx->queue->queuedata;

	mutex_lock(&dev->lock);
	dev->nr++;
	mutex_unlock(&dev->lock);
	return BLK_STS_OK;
}

const struct blk_mq_ops cf_mq_ops = {
	.queue_rq	= cf_queue_rq,
};

static int cf_ioctl(struct block_device *bdev, unsigned int mode,
		    unsigned int cmd, unsigned long arg)
{
	struct cf_dev *dev = bdev->bd_disk->private_data;
	void *p, *q;

	blk_mq_freeze_queue(dev->disk->queue);
	p = kmalloc(64, GFP_NOIO);
	blk_mark_disk_dead(dev->disk);
	q = kzalloc(64, GFP_NOIO);
	blk_mq_unfreeze_queue(dev->disk->queue);
	kfree(p);
	kfree(q);
	return 0;
}

const struct block_device_operations cf_bdops = {
	.ioctl	= cf_ioctl,
};
