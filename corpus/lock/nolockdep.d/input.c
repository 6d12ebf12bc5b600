// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>

struct cf_inode {
	struct inode	vfs_inode;
	struct mutex	meta;
	void		*tail;
	struct inode	*parent;
};

static struct cf_inode *CF_I(struct inode *inode)
{
	return container_of(inode, struct cf_inode, vfs_inode);
}

static void cf_evict_inode(struct inode *inode)
{
	struct cf_inode *ci = CF_I(inode);

	mutex_lock(&ci->meta);
	kfree(ci->tail);
	mutex_unlock(&ci->meta);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_inode *ci = CF_I(file_inode(file));

	mutex_lock(&ci->meta);
	ci->tail = kmalloc(64, GFP_NOFS);
	mutex_unlock(&ci->meta);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
