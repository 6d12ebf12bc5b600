// SPDX-License-Identifier: GPL-2.0-only
#include <linux/blk-mq.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct cf_dev {
	struct work_struct	work;
	struct request		*rq;
};

static void cf_retry(struct work_struct *work)
{
	struct cf_dev *dev = container_of(work, struct cf_dev, work);
	void *p = kmalloc(64, GFP_NOIO);

	blk_mq_end_request(dev->rq, BLK_STS_OK);
	kfree(p);
}

static blk_status_t cf_queue_rq(struct blk_mq_hw_ctx *hctx,
				const struct blk_mq_queue_data *bd)
{
	struct cf_dev *dev = hctx->queue->queuedata;

	dev->rq = bd->rq;
	INIT_WORK(&dev->work, cf_retry);
	schedule_work(&dev->work);
	return BLK_STS_OK;
}

const struct blk_mq_ops cf_mq_ops = {
	.queue_rq	= cf_queue_rq,
};
