// SPDX-License-Identifier: GPL-2.0-only
/* Inodes, files and directories of BETAFS. */
#include <linux/module.h>
#include <linux/bio.h>
#include <linux/pagemap.h>

#include "betafs.h"

#define BETAFS_IOC_TRIM		0x4201
#define BETAFS_IOC_GROW		0x4202
#define BETAFS_IOC_CHECK	0x4203
#define BETAFS_IOC_LABEL	0x4204

static const struct address_space_operations betafs_aops;

struct inode *betafs_alloc_inode(struct super_block *sb)
{
	struct betafs_inode_info *bi = kzalloc(sizeof(*bi), GFP_KERNEL);

	if (!bi)
		return NULL;
	mutex_init(&bi->i_meta_lock);
	return &bi->vfs_inode;
}

/* Nobody else has the inode any more: i_meta_lock is for the checker. */
void betafs_evict_inode(struct inode *inode)
{
	struct betafs_inode_info *bi = BETAFS_I(inode);

	truncate_inode_pages_final(&inode->i_data);
	if (!inode->i_nlink) {
		betafs_quota_release(inode);
		betafs_free_blocks(inode);
		betafs_tree_remove(inode->i_sb, inode->i_ino);
	}
	mutex_lock(&bi->i_meta_lock);
	kfree(bi->i_tail);
	bi->i_tail = NULL;
	mutex_unlock(&bi->i_meta_lock);
	clear_inode(inode);
}

static int betafs_setattr(struct dentry *dentry, struct iattr *attr)
{
	struct inode *inode = d_inode(dentry);
	struct betafs_inode_info *bi = BETAFS_I(inode);
	void *tail;

	mutex_lock(&bi->i_meta_lock);
	tail = kmalloc(attr->ia_size % inode->i_sb->s_blocksize, GFP_NOFS);
	if (!tail) {
		mutex_unlock(&bi->i_meta_lock);
		return -ENOMEM;
	}
	kfree(bi->i_tail);
	bi->i_tail = tail;
	inode->i_size = attr->ia_size;
	mutex_unlock(&bi->i_meta_lock);
	mark_inode_dirty(inode);
	return 0;
}

static int betafs_add(struct inode *dir, struct dentry *dentry, umode_t mode)
{
	struct inode *inode = new_inode(dir->i_sb);
	int err;

	if (!inode)
		return -ENOMEM;
	inode->i_mode = mode;
	inode->i_op = &betafs_dir_iops;
	inode->i_fop = &betafs_file_fops;
	inode->i_data.a_ops = &betafs_aops;
	err = betafs_quota_charge(inode, 1);
	if (!err)
		err = betafs_tree_insert(dir->i_sb, inode->i_ino,
					 dentry->d_name);
	if (err) {
		iput(inode);
		return err;
	}
	d_instantiate(dentry, inode);
	return 0;
}

static int betafs_unlink(struct inode *dir, struct dentry *dentry)
{
	char *name = kstrdup(dentry->d_name, GFP_NOFS);

	if (!name)
		return -ENOMEM;
	betafs_tree_remove(dir->i_sb, d_inode(dentry)->i_ino);
	d_inode(dentry)->i_nlink--;
	kfree(name);
	return 0;
}

static ssize_t betafs_write(struct file *file, const char __user *buf,
			    size_t len, loff_t *pos)
{
	struct inode *inode = file_inode(file);
	void *bounce;
	int err;

	bounce = kmalloc(len, GFP_KERNEL | GFP_NOFS);
	if (!bounce)
		return -ENOMEM;
	err = copy_from_user(bounce, buf, len) ? -EFAULT : 0;
	if (!err)
		err = betafs_alloc_blocks(inode, 1, &BETAFS_I(inode)->i_first);
	kfree(bounce);
	return err ? err : (ssize_t)len;
}

static long betafs_fallocate(struct file *file, int mode, loff_t off,
			     loff_t len)
{
	return betafs_reserve_blocks(file_inode(file),
				     DIV_ROUND_UP(len, 4096));
}

static int betafs_fsync(struct file *file, loff_t start, loff_t end,
			int datasync)
{
	return write_inode_now(file_inode(file), 1);
}

static int betafs_set_label(struct inode *inode, const void __user *arg)
{
	struct betafs_sb_info *sbi = BETAFS_SB(inode->i_sb);
	char *label;
	int err = 0;

	/* The shrinker only tries this mutex. */
	mutex_lock(&sbi->s_cache_mutex);
	label = kzalloc(64, GFP_NOFS);
	if (!label || copy_from_user(label, arg, 63))
		err = -EFAULT;
	kfree(label);
	mutex_unlock(&sbi->s_cache_mutex);
	return err;
}

static long betafs_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct inode *inode = file_inode(file);

	switch (cmd) {
	case BETAFS_IOC_TRIM:
		return betafs_trim(inode->i_sb, 512);
	case BETAFS_IOC_GROW:
		return betafs_grow(inode->i_sb, arg);
	case BETAFS_IOC_CHECK:
		return betafs_tree_check(inode->i_sb);
	case BETAFS_IOC_LABEL:
		return betafs_set_label(inode, (void __user *)arg);
	}
	return -ENOTTY;
}

/* Called by reclaim with the page locked. */
static int betafs_writepage(struct page *page, struct writeback_control *wbc)
{
	struct bio *bio = bio_alloc(NULL, 1, REQ_OP_WRITE, GFP_NOFS);

	bio_add_page(bio, page, 4096, 0);
	submit_bio(bio);
	unlock_page(page);
	return 0;
}

static int betafs_writepages(struct address_space *mapping,
			     struct writeback_control *wbc)
{
	struct folio *folio;
	int err = 0;

	while (!err && (folio = writeback_next_folio(mapping, wbc))) {
		folio_lock(folio);
		err = betafs_writepage(&folio->page, wbc);
	}
	return err;
}

static const struct address_space_operations betafs_aops = {
	.writepage	= betafs_writepage,
	.writepages	= betafs_writepages,
};

const struct inode_operations betafs_dir_iops = {
	.create		= betafs_add,
	.mkdir		= betafs_add,
	.unlink		= betafs_unlink,
	.setattr	= betafs_setattr,
};

const struct file_operations betafs_file_fops = {
	.write		= betafs_write,
	.fsync		= betafs_fsync,
	.fallocate	= betafs_fallocate,
	.unlocked_ioctl	= betafs_ioctl,
};
