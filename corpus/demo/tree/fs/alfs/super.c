// SPDX-License-Identifier: GPL-2.0-only
/* Mount and unmount of ALFS. */
#include <linux/module.h>

#include "alfs.h"

static int alfs_sync_fs(struct super_block *sb, int wait)
{
	return wait ? alfs_force_commit(sb) : 0;
}

static void alfs_put_super(struct super_block *sb)
{
	struct alfs_sb_info *sbi = ALFS_SB(sb);

	iput(sbi->s_meta_inode);
	alfs_xattr_cache_destroy(sbi);
	alfs_journal_destroy(sb);
	destroy_workqueue(sbi->s_end_wq);
	kfree(sbi->s_options);
	kfree(sbi);
}

static const struct super_operations alfs_sops = {
	.alloc_inode	= alfs_alloc_inode,
	.free_inode	= alfs_free_inode,
	.evict_inode	= alfs_evict_inode,
	.put_super	= alfs_put_super,
	.sync_fs	= alfs_sync_fs,
};

static int alfs_read_groups(struct alfs_sb_info *sbi)
{
	void *desc = kzalloc(sbi->s_sb->s_blocksize, GFP_KERNEL);
	int err;

	if (!desc)
		return -ENOMEM;
	down_write(&sbi->s_group_sem);
	err = radix_tree_insert(&sbi->s_groups, sbi->s_nr_groups, desc);
	if (!err)
		sbi->s_nr_groups++;
	up_write(&sbi->s_group_sem);
	return err;
}

static int alfs_fill_super(struct super_block *sb, void *data)
{
	struct alfs_sb_info *sbi;
	int err;

	sbi = kzalloc(sizeof(*sbi), GFP_KERNEL);
	if (!sbi)
		return -ENOMEM;
	sb->s_fs_info = sbi;
	sb->s_op = &alfs_sops;
	sbi->s_sb = sb;
	init_rwsem(&sbi->s_group_sem);
	INIT_RADIX_TREE(&sbi->s_groups, GFP_NOFS);

	err = -ENOMEM;
	sbi->s_options = kstrdup(data, GFP_NOFS);
	if (!sbi->s_options)
		goto out_sbi;
	sbi->s_end_wq = alloc_workqueue("alfs-end", WQ_MEM_RECLAIM, 0);
	if (!sbi->s_end_wq)
		goto out_options;
	err = alfs_journal_init(sb);
	if (err)
		goto out_wq;
	err = alfs_read_groups(sbi);
	if (err)
		goto out_journal;
	err = alfs_xattr_cache_init(sbi);
	if (err)
		goto out_journal;
	sbi->s_meta_inode = alfs_meta_inode(sb);
	if (sbi->s_meta_inode)
		return 0;

	err = -ENOMEM;
	alfs_xattr_cache_destroy(sbi);
out_journal:
	alfs_journal_destroy(sb);
out_wq:
	destroy_workqueue(sbi->s_end_wq);
out_options:
	kfree(sbi->s_options);
out_sbi:
	kfree(sbi);
	return err;
}

static struct file_system_type alfs_fs_type = {
	.name		= "alfs",
	.fill_super	= alfs_fill_super,
	.kill_sb	= generic_shutdown_super,
	.owner		= THIS_MODULE,
};

static int __init alfs_init(void)
{
	return register_filesystem(&alfs_fs_type);
}

static void __exit alfs_exit(void)
{
	unregister_filesystem(&alfs_fs_type);
}

module_init(alfs_init);
module_exit(alfs_exit);
MODULE_DESCRIPTION("ALFS journalling file system");
MODULE_LICENSE("GPL");
