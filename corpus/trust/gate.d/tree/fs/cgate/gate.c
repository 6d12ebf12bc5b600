// SPDX-License-Identifier: GPL-2.0-only
#include "gate.h"

DEFINE_MUTEX(cg_gate);

static long cg_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	int err;

	mutex_lock(&cg_gate);
	err = cf_fill(file_inode(file)->i_sb);
	mutex_unlock(&cg_gate);
	return err;
}

const struct file_operations cg_fops = {
	.unlocked_ioctl	= cg_ioctl,
};
