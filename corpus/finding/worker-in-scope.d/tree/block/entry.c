// SPDX-License-Identifier: GPL-2.0-only
#include <linux/blk-mq.h>
#include <linux/fs.h>

static long entry_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	submit_bio(file->private_data);
	return 0;
}

const struct file_operations entry_fops = {
	.unlocked_ioctl	= entry_ioctl,
};
