// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/pagemap.h>
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

static int cf_open(struct inode *inode, struct file *file)
{
	mapping_set_gfp_mask(inode->i_mapping, GFP_NOFS);
	return 0;
}

static ssize_t cf_write(struct file *file, const char __user *buf, size_t len,
			loff_t *pos)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	struct page *page;

	mutex_lock(&sbi->lock);
	page = grab_cache_page(file_inode(file)->i_mapping, *pos);
	mutex_unlock(&sbi->lock);
	if (!page)
		return -ENOMEM;
	unlock_page(page);
	put_page(page);
	return len;
}

const struct file_operations cf_fops = {
	.open	= cf_open,
	.write	= cf_write,
};
