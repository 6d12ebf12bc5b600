// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

#define FGP_ACCESSED	0x1
#define FGP_LOCK	0x2
#define FGP_CREAT	0x4

struct folio *__filemap_get_folio(struct address_space *mapping, pgoff_t index,
				  int flags, gfp_t gfp);

static void cf_evict_inode(struct inode *inode)
{
	struct folio *folio = inode->i_private;

	folio_lock(folio);
	folio_unlock(folio);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

static int cf_locked(struct inode *inode)
{
	struct folio *folio;
	void *p;

	folio = __filemap_get_folio(inode->i_mapping, 0,
				    FGP_LOCK | FGP_CREAT, GFP_KERNEL);
	if (!folio)
		return -ENOMEM;
	p = kmalloc(64, GFP_NOFS);
	folio_unlock(folio);
	kfree(p);
	return 0;
}

static int cf_open(struct inode *inode, struct file *file)
{
	struct folio *folio;
	void *p;

	folio = __filemap_get_folio(inode->i_mapping, 0,
				    FGP_ACCESSED | FGP_CREAT, GFP_KERNEL);
	if (!folio)
		return -ENOMEM;
	p = kmalloc(64, GFP_NOFS);
	kfree(p);
	return cf_locked(inode);
}

const struct file_operations cf_fops = {
	.open	= cf_open,
};
