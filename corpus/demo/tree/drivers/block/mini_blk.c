// SPDX-License-Identifier: GPL-2.0-only
/* A small block driver: requests become commands for a serial disk. */
#include <linux/module.h>
#include <linux/blk-mq.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#define MINI_IOC_RESET		0x4d01
#define MINI_IOC_FIRMWARE	0x4d02
#define MINI_IOC_LIMITS		0x4d03
#define MINI_IOC_STATS		0x4d04

struct mini_cmd {
	struct list_head	list;
	struct request		*rq;
	unsigned int		tag;
};

struct mini_dev {
	struct gendisk		*disk;
	struct mutex		io_lock;	/* the wire; taken by queue_rq */
	struct list_head	retries;
	struct work_struct	retry_work;
	struct workqueue_struct	*wq;
	unsigned int		next_tag;
	void			*firmware;
};

static int mini_send(struct mini_dev *dev, struct mini_cmd *cmd)
{
	cmd->tag = dev->next_tag++;
	return cmd->tag & 0x10000 ? -EAGAIN : 0;
}

static blk_status_t mini_queue_rq(struct blk_mq_hw_ctx *hctx,
				  const struct blk_mq_queue_data *bd)
{
	struct mini_dev *dev = hctx->queue->queuedata;
	struct mini_cmd *cmd;
	int err;

	blk_mq_start_request(bd->rq);
	cmd = kmalloc(sizeof(*cmd), GFP_NOIO);
	if (!cmd)
		return BLK_STS_RESOURCE;
	cmd->rq = bd->rq;

	mutex_lock(&dev->io_lock);
	err = mini_send(dev, cmd);
	if (err) {
		list_add_tail(&cmd->list, &dev->retries);
		queue_work(dev->wq, &dev->retry_work);
	}
	mutex_unlock(&dev->io_lock);
	return BLK_STS_OK;
}

/* Requests that wait here are what reclaim waits for. */
static void mini_retry_work(struct work_struct *work)
{
	struct mini_dev *dev = container_of(work, struct mini_dev, retry_work);
	struct mini_cmd *cmd, *next;
	void *log;

	log = kmalloc(512, GFP_NOIO);
	mutex_lock(&dev->io_lock);
	list_for_each_entry_safe(cmd, next, &dev->retries, list) {
		list_del_init(&cmd->list);
		if (mini_send(dev, cmd))
			blk_mq_end_request(cmd->rq, BLK_STS_IOERR);
	}
	mutex_unlock(&dev->io_lock);
	kfree(log);
}

static int mini_load_firmware(struct mini_dev *dev, const void __user *arg)
{
	void *image;
	int err = 0;

	mutex_lock(&dev->io_lock);
	image = kmalloc(4096, GFP_NOIO);
	if (!image) {
		mutex_unlock(&dev->io_lock);
		return -ENOMEM;
	}
	if (copy_from_user(image, arg, 4096)) {
		kfree(image);
		err = -EFAULT;
		goto out;
	}
	kfree(dev->firmware);
	dev->firmware = image;
out:
	mutex_unlock(&dev->io_lock);
	return err;
}

static int mini_set_limits(struct mini_dev *dev, unsigned int sectors)
{
	struct request_queue *q = dev->disk->queue;
	unsigned int *limits;

	blk_mq_freeze_queue(q);
	limits = kcalloc(4, sizeof(*limits), GFP_NOIO);
	if (limits) {
		limits[0] = sectors;
		blk_queue_io_limits(q, limits[0]);
		kfree(limits);
	}
	blk_mq_unfreeze_queue(q);
	return limits ? 0 : -ENOMEM;
}

static int mini_reset(struct mini_dev *dev)
{
	unsigned int noio;
	void *script;

	mutex_lock(&dev->io_lock);
	noio = memalloc_noio_save();
	script = kmalloc(256, GFP_NOIO);
	dev->next_tag = 0;
	kfree(script);
	memalloc_noio_restore(noio);
	mutex_unlock(&dev->io_lock);
	return script ? 0 : -ENOMEM;
}

static int mini_stats(struct mini_dev *dev, void __user *arg)
{
	char *text = kzalloc(128, GFP_NOIO);
	int err;

	if (!text)
		return -ENOMEM;
	sprintf(text, "%u commands", READ_ONCE(dev->next_tag));
	err = copy_to_user(arg, text, 128) ? -EFAULT : 0;
	kfree(text);
	return err;
}

static int mini_ioctl(struct block_device *bdev, unsigned int mode,
		      unsigned int cmd, unsigned long arg)
{
	struct mini_dev *dev = bdev->bd_disk->private_data;

	switch (cmd) {
	case MINI_IOC_RESET:
		return mini_reset(dev);
	case MINI_IOC_FIRMWARE:
		return mini_load_firmware(dev, (void __user *)arg);
	case MINI_IOC_LIMITS:
		return mini_set_limits(dev, arg);
	case MINI_IOC_STATS:
		return mini_stats(dev, (void __user *)arg);
	}
	return -ENOTTY;
}

static const struct blk_mq_ops mini_mq_ops = {
	.queue_rq	= mini_queue_rq,
};

static const struct block_device_operations mini_fops = {
	.ioctl		= mini_ioctl,
};

static int __init mini_init(void)
{
	struct mini_dev *dev = kzalloc(sizeof(*dev), GFP_KERNEL);

	if (!dev)
		return -ENOMEM;
	mutex_init(&dev->io_lock);
	INIT_LIST_HEAD(&dev->retries);
	INIT_WORK(&dev->retry_work, mini_retry_work);
	dev->wq = alloc_workqueue("mini", WQ_MEM_RECLAIM, 0);
	if (!dev->wq)
		goto out_dev;
	dev->disk = blk_mq_alloc_disk(&mini_mq_ops, dev);
	if (IS_ERR(dev->disk))
		goto out_wq;
	dev->disk->fops = &mini_fops;
	dev->disk->private_data = dev;
	return add_disk(dev->disk);

out_wq:
	destroy_workqueue(dev->wq);
out_dev:
	kfree(dev);
	return -ENOMEM;
}

module_init(mini_init);
MODULE_DESCRIPTION("Mini block driver");
MODULE_LICENSE("GPL");
