// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	lock;
	unsigned int	nofs;
};

static int cf_lock(struct cf_sb *sbi)
{
	sbi->nofs = memalloc_nofs_save();
	if (mutex_lock_interruptible(&sbi->lock))
		return -EAGAIN;
	return 0;
}

static void cf_unlock(struct cf_sb *sbi)
{
	mutex_unlock(&sbi->lock);
	memalloc_nofs_restore(sbi->nofs);
}

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	int err;

	err = cf_lock(sbi);
	if (err)
		return err;
	cf_unlock(sbi);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
