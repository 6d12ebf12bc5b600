#include <linux/fs.h>
#include <linux/slab.h>
struct cf_sb { struct mutex lock; unsigned int nr; int cur; };

static int cf_expand(struct inode *inode)
{
	void *p = kmalloc(64, GFP_NOFS);

	kfree(p);
	return p ? 0 : -ENOMEM;
}

static int cf_setsize(struct inode *inode, int x)
{
	int *p = &x;
	*p = ((struct cf_sb *)inode->i_sb->s_fs_info)->cur;
	if (x)
		return cf_expand(inode);
	inode->i_size = 0;
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
	return cf_setsize(d_inode(dentry), attr->ia_size);
}

const struct super_operations cf_sops = { .evict_inode = cf_evict_inode, };
const struct inode_operations cf_iops = { .setattr = cf_setattr, };
