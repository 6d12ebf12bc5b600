// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/sched/mm.h>
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

static void *cf_call0(size_t n)
{
	return kmalloc(n, GFP_NOFS);
}

static void *cf_call1(size_t n)
{
	return cf_call0(n + 1);
}

static void *cf_call2(size_t n)
{
	return cf_call1(n + 1);
}

static void *cf_call3(size_t n)
{
	return cf_call2(n + 1);
}

static void *cf_call4(size_t n)
{
	return cf_call3(n + 1);
}

static void *cf_call5(size_t n)
{
	return cf_call4(n + 1);
}

static void *cf_call6(size_t n)
{
	return cf_call5(n + 1);
}

static void *cf_call7(size_t n)
{
	return cf_call6(n + 1);
}

static void *cf_call8(size_t n)
{
	return cf_call7(n + 1);
}

static void *cf_call9(size_t n)
{
	return cf_call8(n + 1);
}

static void *cf_call10(size_t n)
{
	return cf_call9(n + 1);
}

static void *cf_call11(size_t n)
{
	return cf_call10(n + 1);
}

static void *cf_call12(size_t n)
{
	return cf_call11(n + 1);
}

static void *cf_call13(size_t n)
{
	return cf_call12(n + 1);
}

static void *cf_call14(size_t n)
{
	return cf_call13(n + 1);
}

static void *cf_call15(size_t n)
{
	return cf_call14(n + 1);
}

static void *cf_call16(size_t n)
{
	return cf_call15(n + 1);
}

static void *cf_call17(size_t n)
{
	return cf_call16(n + 1);
}

static void *cf_call18(size_t n)
{
	return cf_call17(n + 1);
}

static void *cf_call19(size_t n)
{
	return cf_call18(n + 1);
}

static void *cf_call20(size_t n)
{
	return cf_call19(n + 1);
}

static void *cf_call21(size_t n)
{
	return cf_call20(n + 1);
}

static void *cf_call22(size_t n)
{
	return cf_call21(n + 1);
}

static void *cf_call23(size_t n)
{
	return cf_call22(n + 1);
}

static void *cf_call24(size_t n)
{
	return cf_call23(n + 1);
}

static void *cf_call25(size_t n)
{
	return cf_call24(n + 1);
}

static void *cf_call26(size_t n)
{
	return cf_call25(n + 1);
}

static void *cf_call27(size_t n)
{
	return cf_call26(n + 1);
}

static void *cf_call28(size_t n)
{
	return cf_call27(n + 1);
}

static void *cf_call29(size_t n)
{
	return cf_call28(n + 1);
}

static void *cf_call30(size_t n)
{
	return cf_call29(n + 1);
}

static void *cf_call31(size_t n)
{
	return cf_call30(n + 1);
}

static void *cf_call32(size_t n)
{
	return cf_call31(n + 1);
}

static void *cf_call33(size_t n)
{
	return cf_call32(n + 1);
}

static void *cf_call34(size_t n)
{
	return cf_call33(n + 1);
}

static void *cf_call35(size_t n)
{
	return cf_call34(n + 1);
}

static void *cf_call36(size_t n)
{
	return cf_call35(n + 1);
}

static void *cf_call37(size_t n)
{
	return cf_call36(n + 1);
}

static void *cf_call38(size_t n)
{
	return cf_call37(n + 1);
}

static void *cf_call39(size_t n)
{
	return cf_call38(n + 1);
}

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	unsigned int nofs;
	void *p;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	p = cf_call39(0);
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
	kfree(p);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
