// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/mutex.h>

extern struct mutex cf_both;
extern struct mutex cf_tail;
extern struct mutex cf_only;

void case_tail(struct inode *inode)
{
	mutex_lock(&cf_tail);
	inode->i_private = NULL;
	mutex_unlock(&cf_tail);
}

void case_flush(struct inode *inode)
{
	mutex_lock(&cf_both);
	inode->i_private = NULL;
	mutex_unlock(&cf_both);
}

void case_drain(struct inode *inode)
{
	mutex_lock(&cf_only);
	inode->i_private = NULL;
	mutex_unlock(&cf_only);
}
