// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	lock;
	unsigned int	nr;
};

static void cf_call0(struct cf_sb *sbi)
{
	mutex_lock(&sbi->lock);
	sbi->nr--;
	mutex_unlock(&sbi->lock);
}

static void cf_call1(struct cf_sb *sbi)
{
	cf_call0(sbi);
}

static void cf_call2(struct cf_sb *sbi)
{
	cf_call1(sbi);
}

static void cf_call3(struct cf_sb *sbi)
{
	cf_call2(sbi);
}

static void cf_call4(struct cf_sb *sbi)
{
	cf_call3(sbi);
}

static void cf_call5(struct cf_sb *sbi)
{
	cf_call4(sbi);
}

static void cf_call6(struct cf_sb *sbi)
{
	cf_call5(sbi);
}

static void cf_call7(struct cf_sb *sbi)
{
	cf_call6(sbi);
}

static void cf_call8(struct cf_sb *sbi)
{
	cf_call7(sbi);
}

static void cf_call9(struct cf_sb *sbi)
{
	cf_call8(sbi);
}

static void cf_call10(struct cf_sb *sbi)
{
	cf_call9(sbi);
}

static void cf_call11(struct cf_sb *sbi)
{
	cf_call10(sbi);
}

static void cf_call12(struct cf_sb *sbi)
{
	cf_call11(sbi);
}

static void cf_call13(struct cf_sb *sbi)
{
	cf_call12(sbi);
}

static void cf_call14(struct cf_sb *sbi)
{
	cf_call13(sbi);
}

static void cf_call15(struct cf_sb *sbi)
{
	cf_call14(sbi);
}

static void cf_call16(struct cf_sb *sbi)
{
	cf_call15(sbi);
}

static void cf_call17(struct cf_sb *sbi)
{
	cf_call16(sbi);
}

static void cf_call18(struct cf_sb *sbi)
{
	cf_call17(sbi);
}

static void cf_call19(struct cf_sb *sbi)
{
	cf_call18(sbi);
}

static void cf_call20(struct cf_sb *sbi)
{
	cf_call19(sbi);
}

static void cf_call21(struct cf_sb *sbi)
{
	cf_call20(sbi);
}

static void cf_call22(struct cf_sb *sbi)
{
	cf_call21(sbi);
}

static void cf_call23(struct cf_sb *sbi)
{
	cf_call22(sbi);
}

static void cf_call24(struct cf_sb *sbi)
{
	cf_call23(sbi);
}

static void cf_call25(struct cf_sb *sbi)
{
	cf_call24(sbi);
}

static void cf_call26(struct cf_sb *sbi)
{
	cf_call25(sbi);
}

static void cf_call27(struct cf_sb *sbi)
{
	cf_call26(sbi);
}

static void cf_call28(struct cf_sb *sbi)
{
	cf_call27(sbi);
}

static void cf_call29(struct cf_sb *sbi)
{
	cf_call28(sbi);
}

static void cf_call30(struct cf_sb *sbi)
{
	cf_call29(sbi);
}

static void cf_call31(struct cf_sb *sbi)
{
	cf_call30(sbi);
}

static void cf_call32(struct cf_sb *sbi)
{
	cf_call31(sbi);
}

static void cf_call33(struct cf_sb *sbi)
{
	cf_call32(sbi);
}

static void cf_call34(struct cf_sb *sbi)
{
	cf_call33(sbi);
}

static void cf_call35(struct cf_sb *sbi)
{
	cf_call34(sbi);
}

static void cf_call36(struct cf_sb *sbi)
{
	cf_call35(sbi);
}

static void cf_call37(struct cf_sb *sbi)
{
	cf_call36(sbi);
}

static void cf_call38(struct cf_sb *sbi)
{
	cf_call37(sbi);
}

static void cf_call39(struct cf_sb *sbi)
{
	cf_call38(sbi);
}

static void cf_evict_inode(struct inode *inode)
{
	cf_call39(inode->i_sb->s_fs_info);
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
	mutex_unlock(&sbi->lock);
	kfree(p);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
