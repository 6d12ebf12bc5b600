// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	lock;
	unsigned int	nr;
};

static struct cf_sb *cf_the_sb;

static unsigned long cf_count(struct shrinker *shrink,
			      struct shrink_control *sc)
{
	return cf_the_sb->nr;
}

static unsigned long cf_scan(struct shrinker *shrink, struct shrink_control *sc)
{
	struct cf_sb *sbi = cf_the_sb;

	if (!current_is_kswapd())
		return SHRINK_STOP;
	mutex_lock(&sbi->lock);
	sbi->nr = 0;
	mutex_unlock(&sbi->lock);
	return 1;
}

struct shrinker cf_shrinker = {
	.count_objects	= cf_count,
	.scan_objects	= cf_scan,
};

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	void *p;

	mutex_lock(&sbi->lock);
	p = kmalloc(64, GFP_NOFS);
	mutex_unlock(&sbi->lock);
	kfree(p);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
