// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/sched/mm.h>

struct cf_sb {
	struct mutex	lock;
	unsigned int	nr;
};

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	unsigned int nofs;
	int err = 0;

	nofs = memalloc_nofs_save();
	if (!sbi->nr) {
		err = -ENOENT;
		goto out;
	}
	sbi->nr--;
out:
	memalloc_nofs_restore(nofs);
	return err;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
