/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_BLK_MQ_H
#define _LINUX_BLK_MQ_H

#include <linux/blkdev.h>
#include <linux/sched/mm.h>

#define BLK_STS_OK		((blk_status_t)0)
#define BLK_STS_RESOURCE	((blk_status_t)9)
#define BLK_STS_IOERR		((blk_status_t)10)

struct request {
	struct request_queue	*q;
	struct bio		*bio;
};

struct blk_mq_queue_data {
	struct request		*rq;
	bool			last;
};

struct blk_mq_hw_ctx {
	struct request_queue	*queue;
};

struct blk_mq_ops {
	blk_status_t (*queue_rq)(struct blk_mq_hw_ctx *hctx,
				 const struct blk_mq_queue_data *bd);
};

void blk_mq_end_request(struct request *rq, blk_status_t error);
void blk_mq_freeze_queue_nomemsave(struct request_queue *q);
void blk_mq_unfreeze_queue_nomemrestore(struct request_queue *q);

static inline unsigned int blk_mq_freeze_queue(struct request_queue *q)
{
	unsigned int memflags = memalloc_noio_save();

	blk_mq_freeze_queue_nomemsave(q);
	return memflags;
}

static inline void blk_mq_unfreeze_queue(struct request_queue *q,
					 unsigned int memflags)
{
	blk_mq_unfreeze_queue_nomemrestore(q);
	memalloc_noio_restore(memflags);
}

#endif
