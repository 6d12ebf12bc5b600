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

	nofs = memalloc_nofs_save();
	switch (cmd) {
	case 0:
		sbi->nr = 0;
		break;
	case 1:
		return -EINVAL;
	default:
		sbi->nr++;
	}
	memalloc_nofs_restore(nofs);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
