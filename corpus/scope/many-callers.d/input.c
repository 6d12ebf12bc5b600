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

static void *cf_new(size_t size)
{
	return kmalloc(size, GFP_NOFS);
}

static void cf_use0(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(0));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use1(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(1));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use2(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(2));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use3(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(3));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use4(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(4));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use5(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(5));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use6(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(6));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use7(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(7));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use8(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(8));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use9(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(9));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use10(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(10));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use11(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(11));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use12(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(12));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use13(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(13));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use14(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(14));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use15(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(15));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use16(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(16));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use17(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(17));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use18(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(18));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use19(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(19));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use20(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(20));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use21(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(21));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use22(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(22));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use23(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(23));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use24(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(24));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use25(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(25));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use26(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(26));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use27(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(27));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use28(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(28));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use29(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(29));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use30(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(30));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use31(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(31));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use32(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(32));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use33(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(33));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use34(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(34));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use35(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(35));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use36(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(36));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use37(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(37));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use38(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(38));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use39(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(39));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use40(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(40));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use41(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(41));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use42(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(42));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use43(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(43));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use44(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(44));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use45(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(45));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use46(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(46));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use47(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(47));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use48(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(48));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use49(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(49));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use50(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(50));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use51(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(51));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use52(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(52));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use53(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(53));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use54(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(54));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use55(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(55));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use56(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(56));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use57(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(57));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use58(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(58));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static void cf_use59(struct cf_sb *sbi)
{
	unsigned int nofs;

	mutex_lock(&sbi->lock);
	nofs = memalloc_nofs_save();
	kfree(cf_new(59));
	memalloc_nofs_restore(nofs);
	mutex_unlock(&sbi->lock);
}

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;

	cf_use0(sbi);
	cf_use1(sbi);
	cf_use2(sbi);
	cf_use3(sbi);
	cf_use4(sbi);
	cf_use5(sbi);
	cf_use6(sbi);
	cf_use7(sbi);
	cf_use8(sbi);
	cf_use9(sbi);
	cf_use10(sbi);
	cf_use11(sbi);
	cf_use12(sbi);
	cf_use13(sbi);
	cf_use14(sbi);
	cf_use15(sbi);
	cf_use16(sbi);
	cf_use17(sbi);
	cf_use18(sbi);
	cf_use19(sbi);
	cf_use20(sbi);
	cf_use21(sbi);
	cf_use22(sbi);
	cf_use23(sbi);
	cf_use24(sbi);
	cf_use25(sbi);
	cf_use26(sbi);
	cf_use27(sbi);
	cf_use28(sbi);
	cf_use29(sbi);
	cf_use30(sbi);
	cf_use31(sbi);
	cf_use32(sbi);
	cf_use33(sbi);
	cf_use34(sbi);
	cf_use35(sbi);
	cf_use36(sbi);
	cf_use37(sbi);
	cf_use38(sbi);
	cf_use39(sbi);
	cf_use40(sbi);
	cf_use41(sbi);
	cf_use42(sbi);
	cf_use43(sbi);
	cf_use44(sbi);
	cf_use45(sbi);
	cf_use46(sbi);
	cf_use47(sbi);
	cf_use48(sbi);
	cf_use49(sbi);
	cf_use50(sbi);
	cf_use51(sbi);
	cf_use52(sbi);
	cf_use53(sbi);
	cf_use54(sbi);
	cf_use55(sbi);
	cf_use56(sbi);
	cf_use57(sbi);
	cf_use58(sbi);
	cf_use59(sbi);
	mutex_lock(&sbi->lock);
	kfree(cf_new(64));
	mutex_unlock(&sbi->lock);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
