// SPDX-License-Identifier: GPL-2.0-only
/* Extended attributes of ALFS, and a small cache of them. */
#include <linux/module.h>
#include <linux/sched/mm.h>

#include "alfs.h"

struct alfs_xattr {
	struct list_head	x_lru;
	char			*x_name;
	void			*x_value;
	size_t			x_size;
};

static struct alfs_xattr *alfs_xattr_alloc(const char *name, const void *value,
					   size_t size)
{
	struct alfs_xattr *x = kzalloc(sizeof(*x), GFP_NOFS);

	if (!x)
		return NULL;
	x->x_name = kstrdup(name, GFP_NOFS);
	if (!x->x_name)
		goto out_x;
	x->x_value = kmemdup(value, size, GFP_NOFS);
	if (!x->x_value)
		goto out_name;
	x->x_size = size;
	return x;

out_name:
	kfree(x->x_name);
out_x:
	kfree(x);
	return NULL;
}

static void alfs_xattr_free(struct alfs_xattr *x)
{
	kfree(x->x_value);
	kfree(x->x_name);
	kfree(x);
}

/* The map lock is taken when the inode is evicted: no reclaim under it. */
int alfs_xattr_set(struct inode *inode, const char *name, const void *value,
		   size_t size)
{
	struct alfs_sb_info *sbi = ALFS_SB(inode->i_sb);
	struct alfs_inode_info *ei = ALFS_I(inode);
	unsigned int nofs_flag;
	struct alfs_xattr *x;
	char *key;
	int err = 0;

	down_write(&ei->i_map_sem);
	nofs_flag = memalloc_nofs_save();
	key = kmalloc(ALFS_NAME_LEN + 1, GFP_NOFS);
	if (!key) {
		err = -ENOMEM;
		goto out;
	}
	x = alfs_xattr_alloc(name, value, size);
	if (x) {
		spin_lock(&sbi->s_xattr_lock);
		list_add(&x->x_lru, &sbi->s_xattr_lru);
		spin_unlock(&sbi->s_xattr_lock);
	} else {
		err = -ENOMEM;
	}
	kfree(key);
out:
	memalloc_nofs_restore(nofs_flag);
	up_write(&ei->i_map_sem);
	return err;
}

ssize_t alfs_listxattr(struct dentry *dentry, char *list, size_t size)
{
	static const char label[] = "user.alfs";

	if (size < sizeof(label))
		return -EINVAL;
	memcpy(list, label, sizeof(label));
	return alfs_xattr_set(d_inode(dentry), label, label, sizeof(label));
}

static unsigned long alfs_xattr_count(struct shrinker *shrink,
				      struct shrink_control *sc)
{
	struct alfs_sb_info *sbi;

	sbi = container_of(shrink, struct alfs_sb_info, s_xattr_shrink);
	return list_empty(&sbi->s_xattr_lru) ? SHRINK_EMPTY : 64;
}

static unsigned long alfs_xattr_scan(struct shrinker *shrink,
				     struct shrink_control *sc)
{
	struct alfs_sb_info *sbi;
	struct alfs_xattr *x, *next;
	unsigned long freed = 0;
	void **batch;

	sbi = container_of(shrink, struct alfs_sb_info, s_xattr_shrink);
	/* We are reclaim: a little from the reserves, never more of us. */
	batch = kcalloc(16, sizeof(*batch), GFP_NOFS | __GFP_NOWARN);
	if (!batch)
		return SHRINK_STOP;

	spin_lock(&sbi->s_xattr_lock);
	list_for_each_entry_safe(x, next, &sbi->s_xattr_lru, x_lru) {
		list_del_init(&x->x_lru);
		batch[freed++] = x;
		if (freed == 16)
			break;
	}
	spin_unlock(&sbi->s_xattr_lock);

	while (freed)
		alfs_xattr_free(batch[--freed]);
	kfree(batch);
	return 16;
}

int alfs_xattr_cache_init(struct alfs_sb_info *sbi)
{
	spin_lock_init(&sbi->s_xattr_lock);
	INIT_LIST_HEAD(&sbi->s_xattr_lru);
	sbi->s_xattr_shrink.seeks = DEFAULT_SEEKS;
	sbi->s_xattr_shrink.count_objects = alfs_xattr_count;
	sbi->s_xattr_shrink.scan_objects = alfs_xattr_scan;
	return register_shrinker(&sbi->s_xattr_shrink, "alfs-xattr");
}

void alfs_xattr_cache_destroy(struct alfs_sb_info *sbi)
{
	unregister_shrinker(&sbi->s_xattr_shrink);
}
