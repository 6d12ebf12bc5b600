// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>

static int cf_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	void *p = kmalloc(64, GFP_NOFS);

	kfree(p);
	return p ? 0 : -ENOMEM;
}

static long cf_fallocate(struct file *file, int mode, loff_t off, loff_t len)
{
	void *p = kzalloc(64, GFP_NOFS);

	kfree(p);
	return p ? 0 : -ENOMEM;
}

const struct file_operations cf_fops = {
	.fsync		= cf_fsync,
	.fallocate	= cf_fallocate,
};
