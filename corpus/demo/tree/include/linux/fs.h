/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H

#include <linux/kernel.h>
#include <linux/gfp.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/shrinker.h>
#include <linux/spinlock.h>

struct address_space;
struct address_space_operations;
struct dentry;
struct dentry_operations;
struct file;
struct file_operations;
struct folio;
struct inode;
struct inode_operations;
struct module;
struct page;
struct super_block;
struct super_operations;

enum writeback_sync_modes {
	WB_SYNC_NONE,
	WB_SYNC_ALL,
};

struct writeback_control {
	long			nr_to_write;
	enum writeback_sync_modes sync_mode;
};

struct iattr {
	unsigned int	ia_valid;
	umode_t		ia_mode;
	loff_t		ia_size;
};

struct dir_context {
	loff_t	pos;
};

struct address_space {
	struct inode		*host;
	gfp_t			gfp_mask;
	unsigned long		nrpages;
	void			*private_data;
	const struct address_space_operations *a_ops;
};

struct inode {
	umode_t			i_mode;
	unsigned int		i_nlink;
	unsigned int		i_flags;
	unsigned long		i_state;
	unsigned long		i_ino;
	loff_t			i_size;
	atomic_t		i_count;
	spinlock_t		i_lock;
	struct rw_semaphore	i_rwsem;
	struct super_block	*i_sb;
	struct address_space	*i_mapping;
	struct address_space	i_data;
	const struct inode_operations *i_op;
	const struct file_operations *i_fop;
	struct list_head	i_lru;
	struct list_head	i_sb_list;
	void			*i_private;
};

#define I_DIRTY		0x01
#define I_NEW		0x08
#define I_FREEING	0x20
#define I_CLEAR		0x40

struct dentry {
	const char		*d_name;
	struct inode		*d_inode;
	struct dentry		*d_parent;
	const struct dentry_operations *d_op;
};

struct file {
	struct inode		*f_inode;
	struct dentry		*f_dentry;
	loff_t			f_pos;
	const struct file_operations *f_op;
	void			*private_data;
};

struct file_system_type {
	const char	*name;
	int		(*fill_super)(struct super_block *sb, void *data);
	void		(*kill_sb)(struct super_block *sb);
	struct module	*owner;
	struct file_system_type *next;
};

struct super_block {
	unsigned long		s_flags;
	unsigned long		s_blocksize;
	const struct super_operations *s_op;
	struct file_system_type	*s_type;
	struct rw_semaphore	s_umount;
	struct dentry		*s_root;
	struct list_head	s_inodes;
	struct list_head	s_inode_lru;
	spinlock_t		s_inode_lru_lock;
	struct shrinker		s_shrink;
	void			*s_fs_info;
};

struct super_operations {
	struct inode *(*alloc_inode)(struct super_block *sb);
	void (*free_inode)(struct inode *inode);
	void (*dirty_inode)(struct inode *inode, int flags);
	int (*write_inode)(struct inode *inode, struct writeback_control *wbc);
	int (*drop_inode)(struct inode *inode);
	void (*evict_inode)(struct inode *inode);
	void (*put_super)(struct super_block *sb);
	int (*sync_fs)(struct super_block *sb, int wait);
	long (*free_cached_objects)(struct super_block *sb,
				    struct shrink_control *sc);
};

struct inode_operations {
	struct dentry *(*lookup)(struct inode *dir, struct dentry *dentry);
	int (*create)(struct inode *dir, struct dentry *dentry, umode_t mode);
	int (*unlink)(struct inode *dir, struct dentry *dentry);
	int (*mkdir)(struct inode *dir, struct dentry *dentry, umode_t mode);
	int (*rename)(struct inode *old_dir, struct dentry *old_dentry,
		      struct inode *new_dir, struct dentry *new_dentry);
	int (*setattr)(struct dentry *dentry, struct iattr *attr);
	ssize_t (*listxattr)(struct dentry *dentry, char *buf, size_t size);
};

struct file_operations {
	int (*open)(struct inode *inode, struct file *file);
	int (*release)(struct inode *inode, struct file *file);
	ssize_t (*read)(struct file *file, char __user *buf, size_t len,
			loff_t *pos);
	ssize_t (*write)(struct file *file, const char __user *buf, size_t len,
			 loff_t *pos);
	int (*iterate_shared)(struct file *file, struct dir_context *ctx);
	long (*unlocked_ioctl)(struct file *file, unsigned int cmd,
			       unsigned long arg);
	int (*fsync)(struct file *file, loff_t start, loff_t end, int datasync);
	long (*fallocate)(struct file *file, int mode, loff_t off, loff_t len);
};

struct address_space_operations {
	int (*writepage)(struct page *page, struct writeback_control *wbc);
	int (*read_folio)(struct file *file, struct folio *folio);
	int (*writepages)(struct address_space *mapping,
			  struct writeback_control *wbc);
	bool (*dirty_folio)(struct address_space *mapping, struct folio *folio);
	void (*invalidate_folio)(struct folio *folio, size_t off, size_t len);
	bool (*release_folio)(struct folio *folio, gfp_t gfp);
};

struct dentry_operations {
	int (*d_revalidate)(struct dentry *dentry, unsigned int flags);
	int (*d_delete)(const struct dentry *dentry);
	void (*d_release)(struct dentry *dentry);
	void (*d_iput)(struct dentry *dentry, struct inode *inode);
};

static inline void inode_lock(struct inode *inode)
{
	down_write(&inode->i_rwsem);
}

static inline void inode_unlock(struct inode *inode)
{
	up_write(&inode->i_rwsem);
}

static inline struct inode *file_inode(const struct file *file)
{
	return file->f_inode;
}

static inline struct inode *d_inode(const struct dentry *dentry)
{
	return dentry->d_inode;
}

/* fs/inode.c */
struct inode *new_inode(struct super_block *sb);
void ihold(struct inode *inode);
struct inode *igrab(struct inode *inode);
void iput(struct inode *inode);
void clear_inode(struct inode *inode);
void mark_inode_dirty(struct inode *inode);
long prune_icache_sb(struct super_block *sb, struct shrink_control *sc);

/* fs/dcache.c */
struct dentry *d_alloc(struct dentry *parent, const char *name);
void d_instantiate(struct dentry *dentry, struct inode *inode);
struct dentry *d_make_root(struct inode *inode);
void dput(struct dentry *dentry);
void d_delete(struct dentry *dentry);

/* fs/namei.c */
struct dentry *kern_path_parent(const char __user *name, struct dentry *new);
struct dentry *kern_path(const char __user *name);
int vfs_create(struct inode *dir, struct dentry *dentry, umode_t mode);
int vfs_mkdir(struct inode *dir, struct dentry *dentry, umode_t mode);
int vfs_unlink(struct inode *dir, struct dentry *dentry);
int notify_change(struct dentry *dentry, struct iattr *attr);

/* fs/read_write.c */
struct file *fget(unsigned int fd);
void fput(struct file *file);
ssize_t vfs_write(struct file *file, const char __user *buf, size_t len,
		  loff_t *pos);
int vfs_fsync(struct file *file, int datasync);

/* fs/super.c */
int register_filesystem(struct file_system_type *fs);
int unregister_filesystem(struct file_system_type *fs);
struct super_block *get_active_super(unsigned int nr);
void generic_shutdown_super(struct super_block *sb);

/* fs/fs-writeback.c */
int write_inode_now(struct inode *inode, int sync);
int filemap_fdatawrite(struct address_space *mapping);

/* mm/truncate.c */
void truncate_inode_pages_final(struct address_space *mapping);

#endif
