// SPDX-License-Identifier: GPL-2.0-only
#include <linux/blk-mq.h>

void blk_mq_freeze_queue_nomemsave(struct request_queue *q)
{
	q->mq_freeze_depth.counter++;
}

void blk_mq_unfreeze_queue_nomemrestore(struct request_queue *q)
{
	q->mq_freeze_depth.counter--;
}
