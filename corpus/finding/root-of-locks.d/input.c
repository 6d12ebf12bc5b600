// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	lock;
	unsigned int	nr;
};

static void cf_evict_inode(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;

	mutex_lock(&sbi->lock);
	sbi->nr--;
	mutex_unlock(&sbi->lock);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

static void cf_lock(struct cf_sb *sbi)
{
	mutex_lock(&sbi->lock);
}

static void *cf_one(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;
	void *p;

	cf_lock(sbi);
	p = kmalloc(64, GFP_KERNEL);
	mutex_unlock(&sbi->lock);
	return p;
}

static void *cf_two(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;
	void *p;

	cf_lock(sbi);
	p = kmalloc(64, GFP_KERNEL);
	mutex_unlock(&sbi->lock);
	return p;
}

static void *cf_three(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;
	void *p;

	cf_lock(sbi);
	p = kmalloc(64, GFP_KERNEL);
	mutex_unlock(&sbi->lock);
	return p;
}

static void *cf_four(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;
	void *p;

	cf_lock(sbi);
	p = kmalloc(64, GFP_KERNEL);
	mutex_unlock(&sbi->lock);
	return p;
}

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct inode *inode = file_inode(file);

	kfree(cf_one(inode));
	kfree(cf_two(inode));
	kfree(cf_three(inode));
	kfree(cf_four(inode));
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
