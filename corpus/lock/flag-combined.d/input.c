// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

#define CF_META		0x1
#define CF_DATA		0x2
#define CF_BOTH		(CF_META | CF_DATA)

struct cf_sb {
	struct rw_semaphore	meta;
	struct rw_semaphore	data;
	unsigned int		nr;
};

static void cf_evict_inode(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;

	down_write(&sbi->meta);
	sbi->nr--;
	up_write(&sbi->meta);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

static void cf_lock(struct cf_sb *sbi, unsigned int flags)
{
	if (flags & CF_META)
		down_write(&sbi->meta);
	if (flags & CF_DATA)
		down_write(&sbi->data);
}

static void cf_unlock(struct cf_sb *sbi, unsigned int flags)
{
	if (flags & CF_DATA)
		up_write(&sbi->data);
	if (flags & CF_META)
		up_write(&sbi->meta);
}

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	void *p;

	cf_lock(sbi, CF_BOTH);
	p = kmalloc(64, GFP_NOFS);
	cf_unlock(sbi, CF_BOTH);
	kfree(p);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
