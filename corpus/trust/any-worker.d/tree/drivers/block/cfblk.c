// SPDX-License-Identifier: GPL-2.0-only
#include <linux/blk-mq.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct cf_dev {
	struct mutex		lock;
	struct work_struct	work;
	bool			gone;
};

static blk_status_t cf_queue_rq(struct blk_mq_hw_ctx *hctx,
				const struct blk_mq_queue_data *bd)
{
	blk_mq_end_request(bd->rq, BLK_STS_OK);
	return BLK_STS_OK;
}

const struct blk_mq_ops cf_mq_ops = {
	.queue_rq	= cf_queue_rq,
};

static void cf_remove(struct work_struct *work)
{
	struct cf_dev *dev = container_of(work, struct cf_dev, work);

	mutex_lock(&dev->lock);
	dev->gone = true;
	mutex_unlock(&dev->lock);
}

void cf_init(struct cf_dev *dev)
{
	INIT_WORK(&dev->work, cf_remove);
}

static int cf_ioctl(struct block_device *bdev, unsigned int mode,
		    unsigned int cmd, unsigned long arg)
{
	struct cf_dev *dev = bdev->bd_disk->private_data;
	void *p;

	mutex_lock(&dev->lock);
	p = kmalloc(64, GFP_NOIO);
	mutex_unlock(&dev->lock);
	kfree(p);
	return 0;
}

const struct block_device_operations cf_bdops = {
	.ioctl	= cf_ioctl,
};
