// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#define DECLARE_WORK(n, f)	struct work_struct n = { .func = (f) }

DEFINE_MUTEX(cf_lock);
struct workqueue_struct *cf_queue;
static void *cf_tail;

static void cf_gc(struct work_struct *work)
{
	mutex_lock(&cf_lock);
	cf_tail = NULL;
	mutex_unlock(&cf_lock);
}

static DECLARE_WORK(cf_work, cf_gc);

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	mutex_lock(&cf_lock);
	cf_tail = kmalloc(64, GFP_NOFS);
	mutex_unlock(&cf_lock);
	queue_work(cf_queue, &cf_work);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
