/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_BLK_MQ_H
#define _LINUX_BLK_MQ_H

#include <linux/blkdev.h>

#define BLK_STS_OK		((blk_status_t)0)
#define BLK_STS_RESOURCE	((blk_status_t)9)
#define BLK_STS_IOERR		((blk_status_t)10)

struct request {
	struct request_queue	*q;
	struct bio		*bio;
	sector_t		__sector;
	unsigned int		cmd_flags;
	struct list_head	queuelist;
};

struct blk_mq_queue_data {
	struct request		*rq;
	bool			last;
};

struct blk_mq_hw_ctx {
	struct request_queue	*queue;
	void			*driver_data;
};

struct blk_mq_ops {
	blk_status_t (*queue_rq)(struct blk_mq_hw_ctx *hctx,
				 const struct blk_mq_queue_data *bd);
	void (*complete)(struct request *rq);
	int (*init_hctx)(struct blk_mq_hw_ctx *hctx, void *data,
			 unsigned int index);
};

struct gendisk *blk_mq_alloc_disk(const struct blk_mq_ops *ops,
				  void *queuedata);
void blk_mq_start_request(struct request *rq);
void blk_mq_end_request(struct request *rq, blk_status_t error);
void blk_mq_freeze_queue(struct request_queue *q);
void blk_mq_unfreeze_queue(struct request_queue *q);

#endif
