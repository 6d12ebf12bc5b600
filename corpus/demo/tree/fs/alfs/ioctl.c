// SPDX-License-Identifier: GPL-2.0-only
/* What an administrator may ask of ALFS. */
#include <linux/module.h>

#include "alfs.h"

#define ALFS_IOC_INFO	0x4101
#define ALFS_IOC_MAP	0x4102
#define ALFS_IOC_FIXUP	0x4103

struct alfs_map_entry {
	u64	logical;
	u64	physical;
};

typedef int (*alfs_fixup_t)(struct alfs_sb_info *sbi);

static int alfs_ioctl_info(struct super_block *sb, void __user *arg)
{
	char *info = kzalloc(64, GFP_NOFS);
	int err;

	if (!info)
		return -ENOMEM;
	sprintf(info, "%u groups", ALFS_SB(sb)->s_nr_groups);
	err = copy_to_user(arg, info, 64) ? -EFAULT : 0;
	kfree(info);
	return err;
}

/* Tell where the file's blocks are. */
static int alfs_ioctl_map(struct inode *inode, void __user *arg)
{
	struct alfs_inode_info *ei = ALFS_I(inode);
	struct alfs_map_entry *map;
	struct alfs_extent *extent;
	unsigned int n = 0;
	int err;

	down_read(&ei->i_map_sem);
	map = kcalloc(128, sizeof(*map), GFP_NOFS);
	if (!map) {
		up_read(&ei->i_map_sem);
		return -ENOMEM;
	}
	list_for_each_entry(extent, &ei->i_extents, e_list) {
		if (n == 128)
			break;
		map[n].logical = extent->e_logical;
		map[n++].physical = extent->e_physical;
	}
	up_read(&ei->i_map_sem);

	err = copy_to_user(arg, map, n * sizeof(*map)) ? -EFAULT : 0;
	kfree(map);
	return err;
}

static int alfs_fixup_bitmap(struct alfs_sb_info *sbi)
{
	void *bitmap = kzalloc(sbi->s_sb->s_blocksize, GFP_NOFS);

	if (!bitmap)
		return -ENOMEM;
	kfree(bitmap);
	return 0;
}

static int alfs_fixup_counters(struct alfs_sb_info *sbi)
{
	return sbi->s_nr_groups ? 0 : -EUCLEAN;
}

/* Plain numbers: the repair tool puts its own entries in. */
static unsigned long alfs_fixups[] = {
	(unsigned long)alfs_fixup_bitmap,
	(unsigned long)alfs_fixup_counters,
};

int alfs_apply_fixups(struct super_block *sb)
{
	struct alfs_sb_info *sbi = ALFS_SB(sb);
	unsigned int i;
	int err = 0;

	down_write(&sbi->s_group_sem);
	for (i = 0; i < ARRAY_SIZE(alfs_fixups) && !err; i++)
		err = ((alfs_fixup_t)alfs_fixups[i])(sbi);
	up_write(&sbi->s_group_sem);
	return err;
}

long alfs_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct inode *inode = file_inode(file);

	switch (cmd) {
	case ALFS_IOC_INFO:
		return alfs_ioctl_info(inode->i_sb, (void __user *)arg);
	case ALFS_IOC_MAP:
		return alfs_ioctl_map(inode, (void __user *)arg);
	case ALFS_IOC_FIXUP:
		return alfs_apply_fixups(inode->i_sb);
	default:
		return -ENOTTY;
	}
}
