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

struct cf_ops {
	void (*enter)(struct cf_sb *sbi);
};

static void cf_enter0(struct cf_sb *sbi)
{
	sbi->nr += 0;
}

static void cf_enter1(struct cf_sb *sbi)
{
	sbi->nr += 1;
}

static void cf_enter2(struct cf_sb *sbi)
{
	sbi->nr += 2;
}

static void cf_enter3(struct cf_sb *sbi)
{
	sbi->nr += 3;
}

static void cf_enter4(struct cf_sb *sbi)
{
	sbi->nr += 4;
}

static void cf_enter5(struct cf_sb *sbi)
{
	sbi->nr += 5;
}

static void cf_enter6(struct cf_sb *sbi)
{
	sbi->nr += 6;
}

static void cf_enter7(struct cf_sb *sbi)
{
	sbi->nr += 7;
}

static void cf_enter8(struct cf_sb *sbi)
{
	sbi->nr += 8;
}

static void cf_enter9(struct cf_sb *sbi)
{
	sbi->nr += 9;
}

static void cf_enter10(struct cf_sb *sbi)
{
	sbi->nr += 10;
}

static void cf_enter11(struct cf_sb *sbi)
{
	sbi->nr += 11;
}

static void cf_enter12(struct cf_sb *sbi)
{
	sbi->nr += 12;
}

static void cf_enter13(struct cf_sb *sbi)
{
	sbi->nr += 13;
}

static void cf_enter14(struct cf_sb *sbi)
{
	sbi->nr += 14;
}

static void cf_enter15(struct cf_sb *sbi)
{
	sbi->nr += 15;
}

static void cf_enter16(struct cf_sb *sbi)
{
	sbi->nr += 16;
}

static void cf_enter17(struct cf_sb *sbi)
{
	sbi->nr += 17;
}

static void cf_enter18(struct cf_sb *sbi)
{
	sbi->nr += 18;
}

static void cf_enter19(struct cf_sb *sbi)
{
	sbi->nr += 19;
}

static void cf_enter20(struct cf_sb *sbi)
{
	sbi->nr += 20;
}

static void cf_enter21(struct cf_sb *sbi)
{
	sbi->nr += 21;
}

static void cf_enter22(struct cf_sb *sbi)
{
	sbi->nr += 22;
}

static void cf_enter23(struct cf_sb *sbi)
{
	sbi->nr += 23;
}

static void cf_enter24(struct cf_sb *sbi)
{
	sbi->nr += 24;
}

static void cf_enter25(struct cf_sb *sbi)
{
	sbi->nr += 25;
}

static void cf_enter26(struct cf_sb *sbi)
{
	sbi->nr += 26;
}

static void cf_enter27(struct cf_sb *sbi)
{
	sbi->nr += 27;
}

static void cf_enter28(struct cf_sb *sbi)
{
	sbi->nr += 28;
}

static void cf_enter29(struct cf_sb *sbi)
{
	sbi->nr += 29;
}

static void cf_enter30(struct cf_sb *sbi)
{
	sbi->nr += 30;
}

static void cf_enter31(struct cf_sb *sbi)
{
	sbi->nr += 31;
}

static void cf_enter32(struct cf_sb *sbi)
{
	sbi->nr += 32;
}

static void cf_enter33(struct cf_sb *sbi)
{
	sbi->nr += 33;
}

static void cf_enter34(struct cf_sb *sbi)
{
	sbi->nr += 34;
}

static void cf_enter35(struct cf_sb *sbi)
{
	sbi->nr += 35;
}

static void cf_enter36(struct cf_sb *sbi)
{
	sbi->nr += 36;
}

static void cf_enter37(struct cf_sb *sbi)
{
	sbi->nr += 37;
}

static void cf_enter38(struct cf_sb *sbi)
{
	sbi->nr += 38;
}

static void cf_enter39(struct cf_sb *sbi)
{
	sbi->nr += 39;
}

static void cf_enter40(struct cf_sb *sbi)
{
	sbi->nr += 40;
}

static void cf_enter41(struct cf_sb *sbi)
{
	sbi->nr += 41;
}

static void cf_enter42(struct cf_sb *sbi)
{
	sbi->nr += 42;
}

static void cf_enter43(struct cf_sb *sbi)
{
	sbi->nr += 43;
}

static void cf_enter44(struct cf_sb *sbi)
{
	sbi->nr += 44;
}

static void cf_enter45(struct cf_sb *sbi)
{
	sbi->nr += 45;
}

static void cf_enter46(struct cf_sb *sbi)
{
	sbi->nr += 46;
}

static void cf_enter47(struct cf_sb *sbi)
{
	sbi->nr += 47;
}

static void cf_enter48(struct cf_sb *sbi)
{
	sbi->nr += 48;
}

static void cf_enter49(struct cf_sb *sbi)
{
	sbi->nr += 49;
}

static void cf_enter50(struct cf_sb *sbi)
{
	sbi->nr += 50;
}

static void cf_enter51(struct cf_sb *sbi)
{
	sbi->nr += 51;
}

static void cf_enter52(struct cf_sb *sbi)
{
	sbi->nr += 52;
}

static void cf_enter53(struct cf_sb *sbi)
{
	sbi->nr += 53;
}

static void cf_enter54(struct cf_sb *sbi)
{
	sbi->nr += 54;
}

static void cf_enter55(struct cf_sb *sbi)
{
	sbi->nr += 55;
}

static void cf_enter56(struct cf_sb *sbi)
{
	sbi->nr += 56;
}

static void cf_enter57(struct cf_sb *sbi)
{
	sbi->nr += 57;
}

static void cf_enter58(struct cf_sb *sbi)
{
	sbi->nr += 58;
}

static void cf_enter59(struct cf_sb *sbi)
{
	sbi->nr += 59;
}

static void cf_enter60(struct cf_sb *sbi)
{
	sbi->nr += 60;
}

static void cf_enter61(struct cf_sb *sbi)
{
	sbi->nr += 61;
}

static void cf_enter62(struct cf_sb *sbi)
{
	sbi->nr += 62;
}

static void cf_enter63(struct cf_sb *sbi)
{
	sbi->nr += 63;
}

static void cf_enter64(struct cf_sb *sbi)
{
	sbi->nr += 64;
}

static void cf_enter65(struct cf_sb *sbi)
{
	sbi->nr += 65;
}

static void cf_enter66(struct cf_sb *sbi)
{
	sbi->nr += 66;
}

static void cf_enter67(struct cf_sb *sbi)
{
	sbi->nr += 67;
}

static void cf_enter68(struct cf_sb *sbi)
{
	sbi->nr += 68;
}

static void cf_enter69(struct cf_sb *sbi)
{
	sbi->nr += 69;
}

static void cf_enter70(struct cf_sb *sbi)
{
	sbi->nr += 70;
}

static void cf_enter71(struct cf_sb *sbi)
{
	sbi->nr += 71;
}

static void cf_enter72(struct cf_sb *sbi)
{
	sbi->nr += 72;
}

static void cf_enter73(struct cf_sb *sbi)
{
	sbi->nr += 73;
}

static void cf_enter74(struct cf_sb *sbi)
{
	sbi->nr += 74;
}

static void cf_enter75(struct cf_sb *sbi)
{
	sbi->nr += 75;
}

static void cf_enter76(struct cf_sb *sbi)
{
	sbi->nr += 76;
}

static void cf_enter77(struct cf_sb *sbi)
{
	mutex_lock(&sbi->lock);
}

static void cf_enter78(struct cf_sb *sbi)
{
	sbi->nr += 78;
}

static void cf_enter79(struct cf_sb *sbi)
{
	sbi->nr += 79;
}

static void cf_enter80(struct cf_sb *sbi)
{
	sbi->nr += 80;
}

static void cf_enter81(struct cf_sb *sbi)
{
	sbi->nr += 81;
}

static void cf_enter82(struct cf_sb *sbi)
{
	sbi->nr += 82;
}

static void cf_enter83(struct cf_sb *sbi)
{
	sbi->nr += 83;
}

static void cf_enter84(struct cf_sb *sbi)
{
	sbi->nr += 84;
}

static void cf_enter85(struct cf_sb *sbi)
{
	sbi->nr += 85;
}

static void cf_enter86(struct cf_sb *sbi)
{
	sbi->nr += 86;
}

static void cf_enter87(struct cf_sb *sbi)
{
	sbi->nr += 87;
}

static void cf_enter88(struct cf_sb *sbi)
{
	sbi->nr += 88;
}

static void cf_enter89(struct cf_sb *sbi)
{
	sbi->nr += 89;
}

static void cf_enter90(struct cf_sb *sbi)
{
	sbi->nr += 90;
}

static void cf_enter91(struct cf_sb *sbi)
{
	sbi->nr += 91;
}

static void cf_enter92(struct cf_sb *sbi)
{
	sbi->nr += 92;
}

static void cf_enter93(struct cf_sb *sbi)
{
	sbi->nr += 93;
}

static void cf_enter94(struct cf_sb *sbi)
{
	sbi->nr += 94;
}

static void cf_enter95(struct cf_sb *sbi)
{
	sbi->nr += 95;
}

static void cf_enter96(struct cf_sb *sbi)
{
	sbi->nr += 96;
}

static void cf_enter97(struct cf_sb *sbi)
{
	sbi->nr += 97;
}

static void cf_enter98(struct cf_sb *sbi)
{
	sbi->nr += 98;
}

static void cf_enter99(struct cf_sb *sbi)
{
	sbi->nr += 99;
}

static const struct cf_ops cf_ops[] = {
	{ .enter = cf_enter0 },
	{ .enter = cf_enter1 },
	{ .enter = cf_enter2 },
	{ .enter = cf_enter3 },
	{ .enter = cf_enter4 },
	{ .enter = cf_enter5 },
	{ .enter = cf_enter6 },
	{ .enter = cf_enter7 },
	{ .enter = cf_enter8 },
	{ .enter = cf_enter9 },
	{ .enter = cf_enter10 },
	{ .enter = cf_enter11 },
	{ .enter = cf_enter12 },
	{ .enter = cf_enter13 },
	{ .enter = cf_enter14 },
	{ .enter = cf_enter15 },
	{ .enter = cf_enter16 },
	{ .enter = cf_enter17 },
	{ .enter = cf_enter18 },
	{ .enter = cf_enter19 },
	{ .enter = cf_enter20 },
	{ .enter = cf_enter21 },
	{ .enter = cf_enter22 },
	{ .enter = cf_enter23 },
	{ .enter = cf_enter24 },
	{ .enter = cf_enter25 },
	{ .enter = cf_enter26 },
	{ .enter = cf_enter27 },
	{ .enter = cf_enter28 },
	{ .enter = cf_enter29 },
	{ .enter = cf_enter30 },
	{ .enter = cf_enter31 },
	{ .enter = cf_enter32 },
	{ .enter = cf_enter33 },
	{ .enter = cf_enter34 },
	{ .enter = cf_enter35 },
	{ .enter = cf_enter36 },
	{ .enter = cf_enter37 },
	{ .enter = cf_enter38 },
	{ .enter = cf_enter39 },
	{ .enter = cf_enter40 },
	{ .enter = cf_enter41 },
	{ .enter = cf_enter42 },
	{ .enter = cf_enter43 },
	{ .enter = cf_enter44 },
	{ .enter = cf_enter45 },
	{ .enter = cf_enter46 },
	{ .enter = cf_enter47 },
	{ .enter = cf_enter48 },
	{ .enter = cf_enter49 },
	{ .enter = cf_enter50 },
	{ .enter = cf_enter51 },
	{ .enter = cf_enter52 },
	{ .enter = cf_enter53 },
	{ .enter = cf_enter54 },
	{ .enter = cf_enter55 },
	{ .enter = cf_enter56 },
	{ .enter = cf_enter57 },
	{ .enter = cf_enter58 },
	{ .enter = cf_enter59 },
	{ .enter = cf_enter60 },
	{ .enter = cf_enter61 },
	{ .enter = cf_enter62 },
	{ .enter = cf_enter63 },
	{ .enter = cf_enter64 },
	{ .enter = cf_enter65 },
	{ .enter = cf_enter66 },
	{ .enter = cf_enter67 },
	{ .enter = cf_enter68 },
	{ .enter = cf_enter69 },
	{ .enter = cf_enter70 },
	{ .enter = cf_enter71 },
	{ .enter = cf_enter72 },
	{ .enter = cf_enter73 },
	{ .enter = cf_enter74 },
	{ .enter = cf_enter75 },
	{ .enter = cf_enter76 },
	{ .enter = cf_enter77 },
	{ .enter = cf_enter78 },
	{ .enter = cf_enter79 },
	{ .enter = cf_enter80 },
	{ .enter = cf_enter81 },
	{ .enter = cf_enter82 },
	{ .enter = cf_enter83 },
	{ .enter = cf_enter84 },
	{ .enter = cf_enter85 },
	{ .enter = cf_enter86 },
	{ .enter = cf_enter87 },
	{ .enter = cf_enter88 },
	{ .enter = cf_enter89 },
	{ .enter = cf_enter90 },
	{ .enter = cf_enter91 },
	{ .enter = cf_enter92 },
	{ .enter = cf_enter93 },
	{ .enter = cf_enter94 },
	{ .enter = cf_enter95 },
	{ .enter = cf_enter96 },
	{ .enter = cf_enter97 },
	{ .enter = cf_enter98 },
	{ .enter = cf_enter99 },
};

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	void *p;

	cf_ops[cmd % 100].enter(sbi);
	p = kmalloc(64, GFP_NOFS);
	if (cmd % 100 == 77)
		mutex_unlock(&sbi->lock);
	kfree(p);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
