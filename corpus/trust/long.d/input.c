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

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	void *p;

	mutex_lock(&sbi->lock);
	p = kmalloc(64, GFP_NOFS);
	if (arg == 0)
		sbi->nr += 0;
	if (arg == 1)
		sbi->nr += 1;
	if (arg == 2)
		sbi->nr += 2;
	if (arg == 3)
		sbi->nr += 3;
	if (arg == 4)
		sbi->nr += 4;
	if (arg == 5)
		sbi->nr += 5;
	if (arg == 6)
		sbi->nr += 6;
	if (arg == 7)
		sbi->nr += 7;
	if (arg == 8)
		sbi->nr += 8;
	if (arg == 9)
		sbi->nr += 9;
	if (arg == 10)
		sbi->nr += 10;
	if (arg == 11)
		sbi->nr += 11;
	if (arg == 12)
		sbi->nr += 12;
	if (arg == 13)
		sbi->nr += 13;
	if (arg == 14)
		sbi->nr += 14;
	if (arg == 15)
		sbi->nr += 15;
	if (arg == 16)
		sbi->nr += 16;
	if (arg == 17)
		sbi->nr += 17;
	if (arg == 18)
		sbi->nr += 18;
	if (arg == 19)
		sbi->nr += 19;
	if (arg == 20)
		sbi->nr += 20;
	if (arg == 21)
		sbi->nr += 21;
	if (arg == 22)
		sbi->nr += 22;
	if (arg == 23)
		sbi->nr += 23;
	if (arg == 24)
		sbi->nr += 24;
	if (arg == 25)
		sbi->nr += 25;
	if (arg == 26)
		sbi->nr += 26;
	if (arg == 27)
		sbi->nr += 27;
	if (arg == 28)
		sbi->nr += 28;
	if (arg == 29)
		sbi->nr += 29;
	if (arg == 30)
		sbi->nr += 30;
	if (arg == 31)
		sbi->nr += 31;
	if (arg == 32)
		sbi->nr += 32;
	if (arg == 33)
		sbi->nr += 33;
	if (arg == 34)
		sbi->nr += 34;
	if (arg == 35)
		sbi->nr += 35;
	if (arg == 36)
		sbi->nr += 36;
	if (arg == 37)
		sbi->nr += 37;
	if (arg == 38)
		sbi->nr += 38;
	if (arg == 39)
		sbi->nr += 39;
	if (arg == 40)
		sbi->nr += 40;
	if (arg == 41)
		sbi->nr += 41;
	if (arg == 42)
		sbi->nr += 42;
	if (arg == 43)
		sbi->nr += 43;
	if (arg == 44)
		sbi->nr += 44;
	if (arg == 45)
		sbi->nr += 45;
	if (arg == 46)
		sbi->nr += 46;
	if (arg == 47)
		sbi->nr += 47;
	if (arg == 48)
		sbi->nr += 48;
	if (arg == 49)
		sbi->nr += 49;
	if (arg == 50)
		sbi->nr += 50;
	if (arg == 51)
		sbi->nr += 51;
	if (arg == 52)
		sbi->nr += 52;
	if (arg == 53)
		sbi->nr += 53;
	if (arg == 54)
		sbi->nr += 54;
	mutex_unlock(&sbi->lock);
	kfree(p);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
