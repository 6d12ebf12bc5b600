// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/workqueue.h>

extern struct workqueue_struct *cf_queue;

static void cf_evict_inode(struct inode *inode)
{
	flush_workqueue(cf_queue);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};
