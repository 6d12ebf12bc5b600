// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/slab.h>

typedef struct jbd2_journal_handle handle_t;

handle_t *__ext4_journal_start_sb(struct super_block *sb, unsigned int line,
				  int type, int blocks);
int __ext4_journal_stop(const char *where, unsigned int line, handle_t *handle);

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct super_block *sb = file_inode(file)->i_sb;
	handle_t *handle;
	void *p, *q;

	handle = __ext4_journal_start_sb(sb, 0, 0, 1);
	if (IS_ERR(handle))
		return PTR_ERR(handle);
	p = kmalloc(64, GFP_NOFS);
	__ext4_journal_stop("cf", 0, handle);
	q = kzalloc(64, GFP_NOFS);
	kfree(p);
	kfree(q);
	return 0;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
