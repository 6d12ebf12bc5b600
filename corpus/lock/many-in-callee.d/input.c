// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	l0;
	struct mutex	l1;
	struct mutex	l2;
	struct mutex	l3;
	struct mutex	l4;
	struct mutex	l5;
	struct mutex	l6;
	struct mutex	l7;
	struct mutex	l8;
	struct mutex	l9;
	struct mutex	l10;
	struct mutex	l11;
	struct mutex	l12;
	struct mutex	l13;
	struct mutex	l14;
	struct mutex	l15;
	struct mutex	l16;
	struct mutex	l17;
	struct mutex	l18;
	struct mutex	l19;
	struct mutex	l20;
	struct mutex	l21;
	struct mutex	l22;
	struct mutex	l23;
	struct mutex	l24;
	struct mutex	l25;
	struct mutex	l26;
	struct mutex	l27;
	struct mutex	l28;
	struct mutex	l29;
	struct mutex	l30;
	struct mutex	l31;
	struct mutex	l32;
	struct mutex	l33;
	struct mutex	l34;
	struct mutex	l35;
	struct mutex	l36;
	struct mutex	l37;
	struct mutex	l38;
	struct mutex	l39;
	struct mutex	l40;
	struct mutex	l41;
	struct mutex	l42;
	struct mutex	l43;
	struct mutex	l44;
	struct mutex	l45;
	struct mutex	l46;
	struct mutex	l47;
	struct mutex	l48;
	struct mutex	l49;
	struct mutex	l50;
	struct mutex	l51;
	struct mutex	l52;
	struct mutex	l53;
	struct mutex	l54;
	struct mutex	l55;
	struct mutex	l56;
	struct mutex	l57;
	struct mutex	l58;
	struct mutex	l59;
	struct mutex	l60;
	struct mutex	l61;
	struct mutex	l62;
	struct mutex	l63;
	struct mutex	l64;
	struct mutex	l65;
	struct mutex	l66;
	struct mutex	l67;
	struct mutex	l68;
	struct mutex	l69;
	unsigned int	nr;
};

static void cf_evict_inode(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;

	mutex_lock(&sbi->l69);
	sbi->nr--;
	mutex_unlock(&sbi->l69);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

static void cf_lock_all(struct cf_sb *sbi)
{
	mutex_lock(&sbi->l0);
	mutex_lock(&sbi->l1);
	mutex_lock(&sbi->l2);
	mutex_lock(&sbi->l3);
	mutex_lock(&sbi->l4);
	mutex_lock(&sbi->l5);
	mutex_lock(&sbi->l6);
	mutex_lock(&sbi->l7);
	mutex_lock(&sbi->l8);
	mutex_lock(&sbi->l9);
	mutex_lock(&sbi->l10);
	mutex_lock(&sbi->l11);
	mutex_lock(&sbi->l12);
	mutex_lock(&sbi->l13);
	mutex_lock(&sbi->l14);
	mutex_lock(&sbi->l15);
	mutex_lock(&sbi->l16);
	mutex_lock(&sbi->l17);
	mutex_lock(&sbi->l18);
	mutex_lock(&sbi->l19);
	mutex_lock(&sbi->l20);
	mutex_lock(&sbi->l21);
	mutex_lock(&sbi->l22);
	mutex_lock(&sbi->l23);
	mutex_lock(&sbi->l24);
	mutex_lock(&sbi->l25);
	mutex_lock(&sbi->l26);
	mutex_lock(&sbi->l27);
	mutex_lock(&sbi->l28);
	mutex_lock(&sbi->l29);
	mutex_lock(&sbi->l30);
	mutex_lock(&sbi->l31);
	mutex_lock(&sbi->l32);
	mutex_lock(&sbi->l33);
	mutex_lock(&sbi->l34);
	mutex_lock(&sbi->l35);
	mutex_lock(&sbi->l36);
	mutex_lock(&sbi->l37);
	mutex_lock(&sbi->l38);
	mutex_lock(&sbi->l39);
	mutex_lock(&sbi->l40);
	mutex_lock(&sbi->l41);
	mutex_lock(&sbi->l42);
	mutex_lock(&sbi->l43);
	mutex_lock(&sbi->l44);
	mutex_lock(&sbi->l45);
	mutex_lock(&sbi->l46);
	mutex_lock(&sbi->l47);
	mutex_lock(&sbi->l48);
	mutex_lock(&sbi->l49);
	mutex_lock(&sbi->l50);
	mutex_lock(&sbi->l51);
	mutex_lock(&sbi->l52);
	mutex_lock(&sbi->l53);
	mutex_lock(&sbi->l54);
	mutex_lock(&sbi->l55);
	mutex_lock(&sbi->l56);
	mutex_lock(&sbi->l57);
	mutex_lock(&sbi->l58);
	mutex_lock(&sbi->l59);
	mutex_lock(&sbi->l60);
	mutex_lock(&sbi->l61);
	mutex_lock(&sbi->l62);
	mutex_lock(&sbi->l63);
	mutex_lock(&sbi->l64);
	mutex_lock(&sbi->l65);
	mutex_lock(&sbi->l66);
	mutex_lock(&sbi->l67);
	mutex_lock(&sbi->l68);
	mutex_lock(&sbi->l69);
}

static void cf_unlock_all(struct cf_sb *sbi)
{
	mutex_unlock(&sbi->l0);
	mutex_unlock(&sbi->l1);
	mutex_unlock(&sbi->l2);
	mutex_unlock(&sbi->l3);
	mutex_unlock(&sbi->l4);
	mutex_unlock(&sbi->l5);
	mutex_unlock(&sbi->l6);
	mutex_unlock(&sbi->l7);
	mutex_unlock(&sbi->l8);
	mutex_unlock(&sbi->l9);
	mutex_unlock(&sbi->l10);
	mutex_unlock(&sbi->l11);
	mutex_unlock(&sbi->l12);
	mutex_unlock(&sbi->l13);
	mutex_unlock(&sbi->l14);
	mutex_unlock(&sbi->l15);
	mutex_unlock(&sbi->l16);
	mutex_unlock(&sbi->l17);
	mutex_unlock(&sbi->l18);
	mutex_unlock(&sbi->l19);
	mutex_unlock(&sbi->l20);
	mutex_unlock(&sbi->l21);
	mutex_unlock(&sbi->l22);
	mutex_unlock(&sbi->l23);
	mutex_unlock(&sbi->l24);
	mutex_unlock(&sbi->l25);
	mutex_unlock(&sbi->l26);
	mutex_unlock(&sbi->l27);
	mutex_unlock(&sbi->l28);
	mutex_unlock(&sbi->l29);
	mutex_unlock(&sbi->l30);
	mutex_unlock(&sbi->l31);
	mutex_unlock(&sbi->l32);
	mutex_unlock(&sbi->l33);
	mutex_unlock(&sbi->l34);
	mutex_unlock(&sbi->l35);
	mutex_unlock(&sbi->l36);
	mutex_unlock(&sbi->l37);
	mutex_unlock(&sbi->l38);
	mutex_unlock(&sbi->l39);
	mutex_unlock(&sbi->l40);
	mutex_unlock(&sbi->l41);
	mutex_unlock(&sbi->l42);
	mutex_unlock(&sbi->l43);
	mutex_unlock(&sbi->l44);
	mutex_unlock(&sbi->l45);
	mutex_unlock(&sbi->l46);
	mutex_unlock(&sbi->l47);
	mutex_unlock(&sbi->l48);
	mutex_unlock(&sbi->l49);
	mutex_unlock(&sbi->l50);
	mutex_unlock(&sbi->l51);
	mutex_unlock(&sbi->l52);
	mutex_unlock(&sbi->l53);
	mutex_unlock(&sbi->l54);
	mutex_unlock(&sbi->l55);
	mutex_unlock(&sbi->l56);
	mutex_unlock(&sbi->l57);
	mutex_unlock(&sbi->l58);
	mutex_unlock(&sbi->l59);
	mutex_unlock(&sbi->l60);
	mutex_unlock(&sbi->l61);
	mutex_unlock(&sbi->l62);
	mutex_unlock(&sbi->l63);
	mutex_unlock(&sbi->l64);
	mutex_unlock(&sbi->l65);
	mutex_unlock(&sbi->l66);
	mutex_unlock(&sbi->l67);
	mutex_unlock(&sbi->l68);
	mutex_unlock(&sbi->l69);
}

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	void *p;

	cf_lock_all(sbi);
	p = kmalloc(64, GFP_NOFS);
	cf_unlock_all(sbi);
	kfree(p);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
