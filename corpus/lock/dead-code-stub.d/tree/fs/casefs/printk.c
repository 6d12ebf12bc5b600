// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>
#include "debug.h"

void cf_printk(struct inode *inode, const char *fmt, ...)
{
	kfree(kmalloc(64, GFP_NOFS));
}
