// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/syscalls.h>

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

static struct cf_sb *cf_the_sb;

SYSCALL_DEFINE2(cf_control, unsigned int, cmd, unsigned long, arg)
{
	void *p;

	mutex_lock(&cf_the_sb->lock);
	p = kmalloc(arg, GFP_NOFS);
	mutex_unlock(&cf_the_sb->lock);
	kfree(p);
	return cmd;
}
