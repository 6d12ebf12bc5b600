// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/slab.h>

struct mutex cf_both;	/* taken by arm64's case_flush(), x86 has another */
struct mutex cf_tail;	/* taken by arm64 code whose name x86 calls */
struct mutex cf_only;	/* taken by what arm64 alone defines */

void case_flush(struct inode *inode);
void case_drain(struct inode *inode);

static void cf_evict_inode(struct inode *inode)
{
	case_flush(inode);
	case_drain(inode);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

static int cf_open(struct inode *inode, struct file *file)
{
	mutex_lock(&cf_both);
	file->private_data = kmalloc(64, GFP_NOFS);
	mutex_unlock(&cf_both);
	return 0;
}

static int cf_release(struct inode *inode, struct file *file)
{
	mutex_lock(&cf_tail);
	file->private_data = kmalloc(64, GFP_NOFS);
	mutex_unlock(&cf_tail);
	return 0;
}

static int cf_fsync(struct file *file, loff_t start, loff_t end, int data)
{
	mutex_lock(&cf_only);
	file->private_data = kmalloc(64, GFP_NOFS);
	mutex_unlock(&cf_only);
	return 0;
}

const struct file_operations cf_fops = {
	.open		= cf_open,
	.release	= cf_release,
	.fsync		= cf_fsync,
};
