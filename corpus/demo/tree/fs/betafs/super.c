// SPDX-License-Identifier: GPL-2.0-only
/* Mount, unmount and the cache shrinker of BETAFS. */
#include <linux/module.h>
#include <linux/sched/mm.h>

#include "betafs.h"

static unsigned long betafs_cache_count(struct shrinker *shrink,
					struct shrink_control *sc)
{
	struct betafs_sb_info *sbi;

	sbi = container_of(shrink, struct betafs_sb_info, s_cache_shrink);
	return list_empty(&sbi->s_cache) ? SHRINK_EMPTY : 32;
}

static unsigned long betafs_cache_scan(struct shrinker *shrink,
				       struct shrink_control *sc)
{
	struct betafs_sb_info *sbi;
	struct betafs_quota *entry, *next;
	unsigned long freed = 0;

	sbi = container_of(shrink, struct betafs_sb_info, s_cache_shrink);
	if (!mutex_trylock(&sbi->s_cache_mutex))
		return SHRINK_STOP;
	list_for_each_entry_safe(entry, next, &sbi->s_cache, q_list) {
		list_del_init(&entry->q_list);
		kfree(entry);
		freed++;
	}
	mutex_unlock(&sbi->s_cache_mutex);
	return freed;
}

static int betafs_sync_fs(struct super_block *sb, int wait)
{
	return betafs_quota_sync(sb);
}

static void betafs_put_super(struct super_block *sb)
{
	struct betafs_sb_info *sbi = BETAFS_SB(sb);

	unregister_shrinker(&sbi->s_cache_shrink);
	kvfree(sbi->s_bitmaps);
	kfree(sbi);
}

static const struct super_operations betafs_sops = {
	.alloc_inode	= betafs_alloc_inode,
	.evict_inode	= betafs_evict_inode,
	.put_super	= betafs_put_super,
	.sync_fs	= betafs_sync_fs,
};

static int betafs_fill_super(struct super_block *sb, void *data)
{
	struct betafs_sb_info *sbi;

	sbi = kzalloc(sizeof(*sbi), GFP_NOFS);
	if (!sbi)
		return -ENOMEM;
	sbi->s_nr_groups = 64;
	sbi->s_bitmaps = kvzalloc(64 * sizeof(*sbi->s_bitmaps), GFP_KERNEL);
	if (!sbi->s_bitmaps) {
		kfree(sbi);
		return -ENOMEM;
	}
	mutex_init(&sbi->s_alloc_mutex);
	mutex_init(&sbi->s_tree_mutex);
	mutex_init(&sbi->s_quota_mutex);
	mutex_init(&sbi->s_cache_mutex);
	INIT_LIST_HEAD(&sbi->s_quotas);
	INIT_LIST_HEAD(&sbi->s_cache);
	sbi->s_sb = sb;
	sb->s_fs_info = sbi;
	sb->s_op = &betafs_sops;
	sbi->s_cache_shrink.count_objects = betafs_cache_count;
	sbi->s_cache_shrink.scan_objects = betafs_cache_scan;
	return register_shrinker(&sbi->s_cache_shrink, "betafs-cache");
}

static struct file_system_type betafs_fs_type = {
	.name		= "betafs",
	.fill_super	= betafs_fill_super,
	.kill_sb	= generic_shutdown_super,
	.owner		= THIS_MODULE,
};

static int __init betafs_init(void)
{
	return register_filesystem(&betafs_fs_type);
}

module_init(betafs_init);
MODULE_DESCRIPTION("BETAFS file system");
MODULE_LICENSE("GPL");
