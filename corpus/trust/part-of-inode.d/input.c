// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>

struct cf_map {
	struct mutex	lock;
	unsigned int	nr;
};

struct cf_inode {
	struct cf_map	*map;
	struct cf_map	own;
	struct inode	vfs_inode;
};

static struct cf_inode *cf_i(struct inode *inode)
{
	return container_of(inode, struct cf_inode, vfs_inode);
}

static void cf_init(struct cf_inode *ci)
{
	ci->map = &ci->own;
}

static void cf_clear(struct cf_map *map)
{
	mutex_lock(&map->lock);
	map->nr = 0;
	mutex_unlock(&map->lock);
}

static void cf_evict_inode(struct inode *inode)
{
	cf_clear(cf_i(inode)->map);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_map *map = cf_i(file_inode(file))->map;
	void *p;

	cf_init(cf_i(file_inode(file)));
	mutex_lock(&map->lock);
	p = kmalloc(64, GFP_NOFS);
	mutex_unlock(&map->lock);
	kfree(p);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
