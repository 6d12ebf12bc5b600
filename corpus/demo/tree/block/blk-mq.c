// SPDX-License-Identifier: GPL-2.0-only
/* From a bio to the driver that carries it out. */
#include <linux/module.h>
#include <linux/blk-mq.h>
#include <linux/slab.h>
#include <linux/wait.h>

static wait_queue_head_t freeze_wq;
static struct kmem_cache *rq_cachep;

static void blk_queue_enter(struct request_queue *q)
{
	wait_event(&freeze_wq, !READ_ONCE(q->mq_freeze_depth.counter));
}

void blk_mq_freeze_queue(struct request_queue *q)
{
	q->mq_freeze_depth.counter++;
}
EXPORT_SYMBOL_GPL(blk_mq_freeze_queue);

void blk_mq_unfreeze_queue(struct request_queue *q)
{
	q->mq_freeze_depth.counter--;
	wake_up_all(&freeze_wq);
}
EXPORT_SYMBOL_GPL(blk_mq_unfreeze_queue);

static void blk_mq_submit_bio(struct request_queue *q, struct bio *bio)
{
	struct blk_mq_queue_data bd = { .last = true };
	struct request *rq;

	blk_queue_enter(q);
	rq = kmem_cache_zalloc(rq_cachep, GFP_NOIO);
	if (!rq) {
		bio->bi_status = BLK_STS_RESOURCE;
		bio_endio(bio);
		return;
	}
	rq->q = q;
	rq->bio = bio;
	bd.rq = rq;
	if (q->mq_ops->queue_rq(q->hctx, &bd) != BLK_STS_OK)
		blk_mq_end_request(rq, BLK_STS_IOERR);
}

void submit_bio(struct bio *bio)
{
	struct gendisk *disk = bio->bi_bdev->bd_disk;

	if (disk->fops->submit_bio)
		disk->fops->submit_bio(bio);
	else
		blk_mq_submit_bio(disk->queue, bio);
}
EXPORT_SYMBOL(submit_bio);

void blk_mq_end_request(struct request *rq, blk_status_t error)
{
	rq->bio->bi_status = error;
	bio_endio(rq->bio);
	kmem_cache_free(rq_cachep, rq);
}
EXPORT_SYMBOL(blk_mq_end_request);

void bio_endio(struct bio *bio)
{
	if (bio->bi_end_io)
		bio->bi_end_io(bio);
}
EXPORT_SYMBOL(bio_endio);

int blkdev_ioctl(struct block_device *bdev, unsigned int mode,
		 unsigned int cmd, unsigned long arg)
{
	const struct block_device_operations *fops = bdev->bd_disk->fops;

	if (!fops->ioctl)
		return -ENOTTY;
	return fops->ioctl(bdev, mode, cmd, arg);
}
EXPORT_SYMBOL_GPL(blkdev_ioctl);
