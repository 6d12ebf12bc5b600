/* SPDX-License-Identifier: GPL-2.0-only */
/* BETAFS, a small file system without a journal: what its files share. */
#ifndef _BETAFS_H
#define _BETAFS_H

#include <linux/fs.h>
#include <linux/slab.h>

#define BETAFS_GROUP_BLOCKS	8192

/*
 * Lock order: s_tree_mutex, s_quota_mutex, i_meta_lock, s_alloc_mutex.  All
 * four are taken when an inode is evicted.
 */
struct betafs_sb_info {
	struct super_block	*s_sb;
	struct mutex		s_alloc_mutex;	/* bitmaps, s_free */
	u64			s_free;
	unsigned int		s_nr_groups;
	struct betafs_bitmap	**s_bitmaps;
	struct mutex		s_tree_mutex;	/* the tree of items */
	unsigned int		s_tree_nofs;	/* scope of its holder */
	struct betafs_node	*s_root;
	struct mutex		s_quota_mutex;
	struct list_head	s_quotas;
	struct mutex		s_cache_mutex;	/* s_cache only */
	struct list_head	s_cache;
	struct shrinker		s_cache_shrink;
};

struct betafs_inode_info {
	struct inode		vfs_inode;
	struct mutex		i_meta_lock;	/* i_tail, i_first */
	void			*i_tail;
	u64			i_first;
	u32			i_blocks;
};

struct betafs_bitmap {
	unsigned int		group;
	void			*bits;
};

struct betafs_node {
	struct betafs_node	*left, *right;
	u64			key;
	unsigned int		flags;
	void			*item;
};

#define BETAFS_NODE_BAD		0x01

struct betafs_quota {
	struct list_head	q_list;
	unsigned int		q_id;
	u64			q_used;
};

static inline struct betafs_sb_info *BETAFS_SB(struct super_block *sb)
{
	return sb->s_fs_info;
}

static inline struct betafs_inode_info *BETAFS_I(struct inode *inode)
{
	return container_of(inode, struct betafs_inode_info, vfs_inode);
}

/* alloc.c */
int betafs_alloc_blocks(struct inode *inode, u32 count, u64 *first);
void betafs_free_blocks(struct inode *inode);
int betafs_reserve_blocks(struct inode *inode, u32 count);
int betafs_trim(struct super_block *sb, u32 minlen);
int betafs_grow(struct super_block *sb, unsigned int groups);

/* tree.c */
void betafs_lock_tree(struct betafs_sb_info *sbi);
void betafs_unlock_tree(struct betafs_sb_info *sbi);
int betafs_tree_insert(struct super_block *sb, u64 key, const char *item);
void betafs_tree_remove(struct super_block *sb, u64 key);
int betafs_tree_check(struct super_block *sb);

/* quota.c */
int betafs_quota_charge(struct inode *inode, u32 count);
int betafs_quota_transfer(struct inode *inode, unsigned int to);
void betafs_quota_release(struct inode *inode);
int betafs_quota_sync(struct super_block *sb);

/* inode.c */
struct inode *betafs_alloc_inode(struct super_block *sb);
void betafs_evict_inode(struct inode *inode);

extern const struct inode_operations betafs_dir_iops;
extern const struct file_operations betafs_file_fops;

#endif
