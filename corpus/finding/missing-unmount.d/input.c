// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	lock;
	refcount_t	users;
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

static int cf_parse(struct cf_sb *sbi)
{
	void *p;

	mutex_lock(&sbi->lock);
	p = kmalloc(64, GFP_KERNEL);
	mutex_unlock(&sbi->lock);
	kfree(p);
	return p ? 0 : -ENOMEM;
}

static void cf_put_super(struct super_block *sb)
{
	cf_parse(sb->s_fs_info);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
	.put_super	= cf_put_super,
};
