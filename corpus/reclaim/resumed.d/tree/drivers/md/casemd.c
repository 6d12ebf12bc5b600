// SPDX-License-Identifier: GPL-2.0-only
#include <linux/blkdev.h>
#include <linux/slab.h>

struct mapped_device {
	struct gendisk		*disk;
	void			*table;
};

int dm_suspend(struct mapped_device *md, unsigned int flags);

static void dm_queue_flush(struct mapped_device *md)
{
	md->disk->queue->queuedata = NULL;
}

int dm_resume(struct mapped_device *md)
{
	void *p = kmalloc(64, GFP_NOIO), *q;

	dm_queue_flush(md);
	q = kzalloc(64, GFP_NOIO);
	kfree(q);
	kfree(p);
	return 0;
}

static int cm_ioctl(struct block_device *bdev, unsigned int mode,
		    unsigned int cmd, unsigned long arg)
{
	struct mapped_device *md = bdev->bd_disk->private_data;
	int err = dm_suspend(md, 0);

	return err ? err : dm_resume(md);
}

const struct block_device_operations cm_bdops = {
	.ioctl	= cm_ioctl,
};
