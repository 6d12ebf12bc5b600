// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	lock;
	unsigned int	nr;
	struct rcu_head	rcu;
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

void call_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head));

static void cf_rcu(struct rcu_head *head)
{
	struct cf_sb *sbi = container_of(head, struct cf_sb, rcu);

	mutex_lock(&sbi->lock);
	kfree(kmalloc(64, GFP_NOFS));
	mutex_unlock(&sbi->lock);
}

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	unsigned int nofs;

	nofs = memalloc_nofs_save();
	call_rcu(&sbi->rcu, cf_rcu);
	memalloc_nofs_restore(nofs);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
