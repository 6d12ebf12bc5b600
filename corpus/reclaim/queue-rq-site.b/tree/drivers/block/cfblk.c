// SPDX-License-Identifier: GPL-2.0-only
#include <linux/blk-mq.h>
#include <linux/slab.h>

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
	kfree(kmalloc(16, GFP_NOIO));
	mutex_unlock(&dev->lock);
	return BLK_STS_OK;
}

const struct blk_mq_ops cf_mq_ops = {
	.queue_rq	= cf_queue_rq,
};
