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

struct kobject;
int kobject_uevent(struct kobject *kobj, int action);

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	int rc;

	mutex_lock(&sbi->lock);
	rc = kobject_uevent(file->private_data, 1);
	mutex_unlock(&sbi->lock);
	return rc;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
