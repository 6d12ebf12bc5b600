#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/sched/mm.h>
struct cf_sb { struct mutex lock; unsigned int nr; };

static int cf_expand(struct inode *inode, unsigned int flags)
{
	void *p;

	memalloc_nofs_restore(flags);
	p = kmalloc(64, GFP_NOFS);
	kfree(p);
	return p ? 0 : -ENOMEM;
}

static int cf_setsize(struct inode *inode, loff_t x)
{
	if (x > inode->i_size)
		return cf_expand(inode, 0);
	inode->i_size = x;
	return 0;
}

static void cf_evict_inode(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;

	mutex_lock(&sbi->lock);
	cf_setsize(inode, 0);
	mutex_unlock(&sbi->lock);
	clear_inode(inode);
}

static int cf_setattr(struct user_namespace *ns, struct dentry *dentry,
		      struct iattr *attr)
{
	struct cf_sb *sbi = d_inode(dentry)->i_sb->s_fs_info;
	unsigned int flags;
	int err;

	mutex_lock(&sbi->lock);
	flags = memalloc_nofs_save();
	err = cf_expand(d_inode(dentry), flags);
	mutex_unlock(&sbi->lock);
	return err;
}
const struct super_operations cf_sops = { .evict_inode = cf_evict_inode, };
const struct inode_operations cf_iops = { .setattr = cf_setattr, };
