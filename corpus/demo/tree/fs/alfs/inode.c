// SPDX-License-Identifier: GPL-2.0-only
/* Inodes of ALFS: their blocks, their pages, their end. */
#include <linux/module.h>
#include <linux/bio.h>
#include <linux/pagemap.h>
#include <linux/sched/mm.h>

#include "alfs.h"

static struct kmem_cache *alfs_inode_cachep;

struct inode *alfs_alloc_inode(struct super_block *sb)
{
	struct alfs_inode_info *ei;

	ei = kmem_cache_alloc(alfs_inode_cachep, GFP_KERNEL);
	if (!ei)
		return NULL;
	init_rwsem(&ei->i_map_sem);
	INIT_LIST_HEAD(&ei->i_extents);
	return &ei->vfs_inode;
}

void alfs_free_inode(struct inode *inode)
{
	kmem_cache_free(alfs_inode_cachep, ALFS_I(inode));
}

/* Find @args->len free blocks near @args->goal. */
int alfs_new_blocks(struct alfs_handle *handle, struct alfs_alloc_args *args,
		    u64 *block)
{
	u8 *bitmap = kmalloc(args->sb->s_blocksize, args->gfp);
	int err;

	if (!bitmap)
		return -ENOMEM;
	err = alfs_log_block(handle, args->goal, bitmap);
	if (!err)
		*block = args->goal;
	kfree(bitmap);
	return err;
}

static int alfs_add_extent(struct inode *inode, u64 logical, u64 physical)
{
	struct alfs_inode_info *ei = ALFS_I(inode);
	struct alfs_extent *extent = kzalloc(sizeof(*extent), GFP_NOFS);

	if (!extent)
		return -ENOMEM;
	extent->e_logical = logical;
	extent->e_physical = physical;
	extent->e_len = 1;
	list_add_tail(&extent->e_list, &ei->i_extents);
	return 0;
}

/* Map one block of the file, allocating it if need be. */
static int alfs_map_block(struct inode *inode, u64 logical)
{
	struct alfs_inode_info *ei = ALFS_I(inode);
	struct alfs_alloc_args args = {
		.sb	= inode->i_sb,
		.goal	= logical,
		.len	= 1,
		.gfp	= GFP_NOFS,
	};
	struct alfs_handle *handle;
	u64 block;
	int err;

	handle = alfs_trans_begin(inode->i_sb, ALFS_CREDITS_MAP);
	if (IS_ERR(handle))
		return PTR_ERR(handle);

	down_write(&ei->i_map_sem);
	err = alfs_new_blocks(handle, &args, &block);
	if (!err)
		err = alfs_add_extent(inode, logical, block);
	up_write(&ei->i_map_sem);

	alfs_trans_end(handle);
	return err;
}

struct inode *alfs_new_inode(struct alfs_handle *handle, struct inode *dir,
			     umode_t mode)
{
	struct inode *inode;
	void *raw;
	int err;

	inode = new_inode(dir->i_sb);
	if (!inode)
		return ERR_PTR(-ENOMEM);
	raw = kzalloc(dir->i_sb->s_blocksize, GFP_NOFS);
	if (!raw) {
		iput(inode);
		return ERR_PTR(-ENOMEM);
	}
	inode->i_mode = mode;
	inode->i_op = &alfs_file_iops;
	inode->i_fop = &alfs_file_fops;
	inode->i_data.a_ops = &alfs_aops;

	err = alfs_log_block(handle, inode->i_ino, raw);
	kfree(raw);
	if (err) {
		iput(inode);
		return ERR_PTR(err);
	}
	return inode;
}

/* The inode that holds the tables: its pages are read under a handle. */
struct inode *alfs_meta_inode(struct super_block *sb)
{
	struct inode *inode = new_inode(sb);

	if (!inode)
		return NULL;
	inode->i_data.a_ops = &alfs_aops;
	mapping_set_gfp_mask(inode->i_mapping, GFP_NOFS);
	return inode;
}

static void alfs_free_extents(struct alfs_handle *handle, struct inode *inode)
{
	struct alfs_inode_info *ei = ALFS_I(inode);
	struct alfs_extent *extent, *next;

	list_for_each_entry_safe(extent, next, &ei->i_extents, e_list) {
		alfs_log_block(handle, extent->e_physical, extent);
		list_del_init(&extent->e_list);
		kfree(extent);
	}
}

/* From unlink, and from reclaim when nobody has used the inode for long. */
void alfs_evict_inode(struct inode *inode)
{
	struct alfs_inode_info *ei = ALFS_I(inode);
	struct alfs_handle *handle;

	truncate_inode_pages_final(&inode->i_data);
	flush_work(&ei->i_end_work);
	if (inode->i_nlink)
		goto out;

	handle = alfs_trans_begin(inode->i_sb, ALFS_CREDITS_EVICT);
	if (IS_ERR(handle))
		goto out;
	down_write(&ei->i_map_sem);
	alfs_free_extents(handle, inode);
	up_write(&ei->i_map_sem);
	alfs_trans_end(handle);
out:
	clear_inode(inode);
}

int alfs_setattr(struct dentry *dentry, struct iattr *attr)
{
	struct inode *inode = d_inode(dentry);
	struct alfs_handle *handle;
	void *copy;
	int err;

	handle = alfs_trans_begin(inode->i_sb, ALFS_CREDITS_MAP);
	if (IS_ERR(handle))
		return PTR_ERR(handle);
	copy = kmalloc(inode->i_sb->s_blocksize, GFP_NOFS);
	if (!copy) {
		err = -ENOMEM;
		goto out_end;
	}
	inode->i_size = attr->ia_size;
	err = alfs_log_block(handle, inode->i_ino, copy);
	if (err)
		goto out_free;
	mark_inode_dirty(inode);
out_free:
	kfree(copy);
out_end:
	alfs_trans_end(handle);
	return err;
}

static void alfs_end_bio(struct bio *bio)
{
	struct folio *folio = bio->bi_private;
	struct inode *inode = folio->page.mapping->host;

	queue_work(ALFS_SB(inode->i_sb)->s_end_wq, &ALFS_I(inode)->i_end_work);
	folio_end_writeback(folio);
	bio_put(bio);
}

/* Record what has been written.  Eviction waits for this to be over. */
static void alfs_end_io_work(struct work_struct *work)
{
	struct alfs_inode_info *ei;
	struct alfs_extent *merged;

	ei = container_of(work, struct alfs_inode_info, i_end_work);
	merged = kzalloc(sizeof(*merged), GFP_NOFS);
	if (!merged)
		return;
	merged->e_len = 1;
	down_write(&ei->i_map_sem);
	list_add_tail(&merged->e_list, &ei->i_extents);
	up_write(&ei->i_map_sem);
}

static int alfs_writepages(struct address_space *mapping,
			   struct writeback_control *wbc)
{
	struct inode *inode = mapping->host;
	struct folio *folio;
	struct bio *bio;
	int err = 0;

	while ((folio = writeback_next_folio(mapping, wbc)) != NULL) {
		folio_lock(folio);
		err = alfs_map_block(inode, folio->page.index);
		if (err) {
			folio_unlock(folio);
			break;
		}
		folio_start_writeback(folio);
		bio = bio_alloc(NULL, 1, REQ_OP_WRITE, GFP_NOFS);
		bio->bi_end_io = alfs_end_bio;
		bio->bi_private = folio;
		folio_unlock(folio);
		submit_bio(bio);
	}
	return err;
}

static bool alfs_release_folio(struct folio *folio, gfp_t gfp)
{
	kfree(folio->page.private);
	folio->page.private = NULL;
	return true;
}

static int alfs_open(struct inode *inode, struct file *file)
{
	INIT_WORK(&ALFS_I(inode)->i_end_work, alfs_end_io_work);
	return 0;
}

static ssize_t alfs_write(struct file *file, const char __user *buf,
			  size_t len, loff_t *pos)
{
	struct inode *inode = file_inode(file);
	struct page *page;
	int err;

	inode_lock(inode);
	page = grab_cache_page(inode->i_mapping, *pos / 4096);
	if (!page) {
		inode_unlock(inode);
		return -ENOMEM;
	}
	err = copy_from_user(page->private, buf, len) ? -EFAULT : 0;
	unlock_page(page);
	put_page(page);
	mark_inode_dirty(inode);
	inode_unlock(inode);
	return err ? err : (ssize_t)len;
}

static int alfs_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	struct inode *inode = file_inode(file);
	int err = filemap_fdatawrite(inode->i_mapping);

	return err ? err : alfs_force_commit(inode->i_sb);
}

const struct address_space_operations alfs_aops = {
	.writepages	= alfs_writepages,
	.release_folio	= alfs_release_folio,
};

const struct inode_operations alfs_file_iops = {
	.setattr	= alfs_setattr,
	.listxattr	= alfs_listxattr,
};

const struct file_operations alfs_file_fops = {
	.open		= alfs_open,
	.write		= alfs_write,
	.fsync		= alfs_fsync,
	.unlocked_ioctl	= alfs_ioctl,
};
