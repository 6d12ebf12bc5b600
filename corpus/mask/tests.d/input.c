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

static bool cf_may_enter(gfp_t gfp)
{
	if (gfp == GFP_NOFS)
		return false;
	if ((gfp & GFP_NOFS) != GFP_NOFS)
		return false;
	return gfp & __GFP_FS;
}

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	return cf_may_enter(cmd);
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
