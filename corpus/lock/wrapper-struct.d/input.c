// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>

struct cf_rwsem {
	struct rw_semaphore	sem;
};

struct cf_sb {
	struct cf_rwsem	hot;
	struct cf_rwsem	cold;
};

static inline void cf_down_write(struct cf_rwsem *s)
{
	down_write(&s->sem);
}

static inline void cf_up_write(struct cf_rwsem *s)
{
	up_write(&s->sem);
}

static void cf_evict_inode(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;

	cf_down_write(&sbi->hot);
	truncate_inode_pages_final(&inode->i_data);
	cf_up_write(&sbi->hot);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	void *p;

	cf_down_write(&sbi->cold);
	p = kmalloc(64, GFP_NOFS);
	cf_up_write(&sbi->cold);
	kfree(p);
	return 0;
}

static int cf_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	void *p;

	cf_down_write(&sbi->hot);
	p = kzalloc(32, GFP_NOFS);
	cf_up_write(&sbi->hot);
	kfree(p);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
	.fsync		= cf_fsync,
};
