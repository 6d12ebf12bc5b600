// SPDX-License-Identifier: GPL-2.0-only
#include <linux/blk-mq.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

struct cf_dev {
	struct mutex		lock;
	struct gendisk		*disk;
};

static blk_status_t cf_queue_rq(struct blk_mq_hw_ctx *hctx,
				const struct blk_mq_queue_data *bd)
{
	struct cf_dev *dev = hctx->queue->queuedata;
	void *p = kmalloc(64, GFP_KERNEL);

	mutex_lock(&dev->lock);
	mutex_unlock(&dev->lock);
	kfree(p);
	return p ? BLK_STS_OK : BLK_STS_RESOURCE;
}

const struct blk_mq_ops cf_mq_ops = {
	.queue_rq	= cf_queue_rq,
};
