// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

struct cf_sb {
	struct rw_semaphore	sem;
};

static unsigned int cf_down(struct cf_sb *sbi)
{
	down_read(&sbi->sem);
	return memalloc_nofs_save();
}

static void cf_up(struct cf_sb *sbi, unsigned int ctx)
{
	memalloc_nofs_restore(ctx);
	up_read(&sbi->sem);
}

static void cf_evict_inode(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;
	unsigned int ctx = cf_down(sbi);

	truncate_inode_pages_final(&inode->i_data);
	cf_up(sbi, ctx);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	unsigned int ctx;
	void *p;

	ctx = cf_down(sbi);
	p = kmalloc(64, GFP_NOFS);
	cf_up(sbi, ctx);
	kfree(p);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
