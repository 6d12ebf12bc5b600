/* SPDX-License-Identifier: GPL-2.0-only */
/* ALFS, a journalling file system: what its files share. */
#ifndef _ALFS_H
#define _ALFS_H

#include <linux/fs.h>
#include <linux/radix-tree.h>
#include <linux/slab.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#define ALFS_NAME_LEN		255
#define ALFS_CREDITS_DIR	12
#define ALFS_CREDITS_EVICT	24
#define ALFS_CREDITS_MAP	8

struct alfs_journal {
	struct super_block	*j_sb;
	spinlock_t		j_lock;
	unsigned int		j_free;
	unsigned long		j_committed;
	struct list_head	j_records;
	wait_queue_head_t	j_wait_space;
	wait_queue_head_t	j_wait_commit;
	struct task_struct	*j_task;
};

/* One running change.  From begin to end the task may not enter reclaim. */
struct alfs_handle {
	struct alfs_journal	*h_journal;
	unsigned int		h_credits;
	unsigned int		h_nofs_flags;
};

struct alfs_record {
	struct list_head	r_list;
	u64			r_block;
	void			*r_data;
};

struct alfs_trace {
	u64			t_block;
	unsigned int		t_credits;
};

struct alfs_sb_info {
	struct super_block	*s_sb;
	struct alfs_journal	*s_journal;
	char			*s_options;
	struct rw_semaphore	s_group_sem;
	struct radix_tree_root	s_groups;
	unsigned int		s_nr_groups;
	struct inode		*s_meta_inode;
	struct workqueue_struct	*s_end_wq;
	spinlock_t		s_xattr_lock;
	struct list_head	s_xattr_lru;
	struct shrinker		s_xattr_shrink;
};

struct alfs_inode_info {
	struct inode		vfs_inode;
	struct rw_semaphore	i_map_sem;	/* the extent map */
	struct list_head	i_extents;
	struct work_struct	i_end_work;
	const struct alfs_dir_ops *i_dir_ops;
};

struct alfs_extent {
	struct list_head	e_list;
	u64			e_logical;
	u64			e_physical;
	u32			e_len;
};

struct alfs_dirbuf {
	unsigned int		len;
	char			name[];
};

/* A directory is a list of names or, when large, a tree of their hashes. */
struct alfs_dir_ops {
	int (*insert)(struct alfs_handle *handle, struct inode *dir,
		      const char *name, u64 ino);
	int (*remove)(struct alfs_handle *handle, struct inode *dir,
		      const char *name);
};

struct alfs_alloc_args {
	struct super_block	*sb;
	u64			goal;
	u32			len;
	gfp_t			gfp;
};

static inline struct alfs_sb_info *ALFS_SB(struct super_block *sb)
{
	return sb->s_fs_info;
}

static inline struct alfs_inode_info *ALFS_I(struct inode *inode)
{
	return container_of(inode, struct alfs_inode_info, vfs_inode);
}

/* For use under a handle only. */
#define ALFS_NEW_RECORD(type)	((type *)kzalloc(sizeof(type), GFP_NOFS))

/* For use under a handle only. */
static inline struct alfs_dirbuf *alfs_alloc_dirbuf(unsigned int len)
{
	return kmalloc(sizeof(struct alfs_dirbuf) + len, GFP_NOFS);
}

/* journal.c */
struct alfs_handle *alfs_trans_begin(struct super_block *sb,
				     unsigned int credits);
int alfs_trans_end(struct alfs_handle *handle);
int alfs_log_block(struct alfs_handle *handle, u64 block, const void *data);
int alfs_force_commit(struct super_block *sb);
int alfs_journal_init(struct super_block *sb);
void alfs_journal_destroy(struct super_block *sb);

/* inode.c */
struct inode *alfs_new_inode(struct alfs_handle *handle, struct inode *dir,
			     umode_t mode);
struct inode *alfs_meta_inode(struct super_block *sb);
struct inode *alfs_alloc_inode(struct super_block *sb);
void alfs_free_inode(struct inode *inode);
void alfs_evict_inode(struct inode *inode);
int alfs_new_blocks(struct alfs_handle *handle, struct alfs_alloc_args *args,
		    u64 *block);
int alfs_setattr(struct dentry *dentry, struct iattr *attr);

/* ioctl.c */
long alfs_ioctl(struct file *file, unsigned int cmd, unsigned long arg);
int alfs_apply_fixups(struct super_block *sb);

/* xattr.c */
int alfs_xattr_set(struct inode *inode, const char *name, const void *value,
		   size_t size);
ssize_t alfs_listxattr(struct dentry *dentry, char *list, size_t size);
int alfs_xattr_cache_init(struct alfs_sb_info *sbi);
void alfs_xattr_cache_destroy(struct alfs_sb_info *sbi);

extern const struct inode_operations alfs_dir_iops;
extern const struct inode_operations alfs_file_iops;
extern const struct file_operations alfs_dir_fops;
extern const struct file_operations alfs_file_fops;
extern const struct address_space_operations alfs_aops;

#endif
