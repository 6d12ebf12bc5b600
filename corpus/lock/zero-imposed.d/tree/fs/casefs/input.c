#include <linux/fs.h>
#include <linux/slab.h>
struct cf_sb { struct mutex lock; unsigned int nr; };

static int cf_alloc(struct inode *inode, gfp_t gfp)
{
	void *p = kmalloc(64, gfp);

	kfree(p);
	return p ? 0 : -ENOMEM;
}

static int cf_setsize(struct inode *inode, loff_t x)
{
	if (x > inode->i_size)
		return cf_alloc(inode, GFP_NOFS);
	inode->i_size = x;
	return 0;
}

static void cf_evict_inode(struct inode *inode)
{
	sb_start_intwrite(inode->i_sb);
	cf_setsize(inode, 0);
	sb_end_intwrite(inode->i_sb);
	clear_inode(inode);
}

static int cf_setattr(struct user_namespace *ns, struct dentry *dentry,
		      struct iattr *attr)
{
	return cf_setsize(d_inode(dentry), attr->ia_size);
}
const struct super_operations cf_sops = { .evict_inode = cf_evict_inode };
const struct inode_operations cf_iops = { .setattr = cf_setattr, };
