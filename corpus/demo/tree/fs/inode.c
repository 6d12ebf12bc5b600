// SPDX-License-Identifier: GPL-2.0-only
/* The life of an inode: made, cached, evicted. */
#include <linux/module.h>
#include <linux/fs.h>
#include <linux/sched.h>

#include "internal.h"

struct inode *new_inode(struct super_block *sb)
{
	struct inode *inode = sb->s_op->alloc_inode(sb);

	if (!inode)
		return NULL;
	init_rwsem(&inode->i_rwsem);
	spin_lock_init(&inode->i_lock);
	inode->i_sb = sb;
	inode->i_mapping = &inode->i_data;
	inode->i_data.host = inode;
	inode->i_data.gfp_mask = GFP_HIGHUSER_MOVABLE;
	inode->i_count.counter = 1;
	INIT_LIST_HEAD(&inode->i_lru);
	list_add(&inode->i_sb_list, &sb->s_inodes);
	return inode;
}
EXPORT_SYMBOL(new_inode);

void ihold(struct inode *inode)
{
	inode->i_count.counter++;
}
EXPORT_SYMBOL(ihold);

struct inode *igrab(struct inode *inode)
{
	spin_lock(&inode->i_lock);
	if (inode->i_state & I_FREEING) {
		spin_unlock(&inode->i_lock);
		return NULL;
	}
	ihold(inode);
	spin_unlock(&inode->i_lock);
	return inode;
}
EXPORT_SYMBOL(igrab);

void clear_inode(struct inode *inode)
{
	BUG_ON(inode->i_data.nrpages);
	inode->i_state = I_FREEING | I_CLEAR;
}
EXPORT_SYMBOL(clear_inode);

void mark_inode_dirty(struct inode *inode)
{
	const struct super_operations *op = inode->i_sb->s_op;

	if (op->dirty_inode)
		op->dirty_inode(inode, I_DIRTY);
	inode->i_state |= I_DIRTY;
}
EXPORT_SYMBOL(mark_inode_dirty);

/* The last reference is gone and the inode is on no list any more. */
static void evict(struct inode *inode)
{
	const struct super_operations *op = inode->i_sb->s_op;

	list_del_init(&inode->i_sb_list);
	if (op->evict_inode) {
		op->evict_inode(inode);
	} else {
		truncate_inode_pages_final(&inode->i_data);
		clear_inode(inode);
	}
	if (op->free_inode)
		op->free_inode(inode);
}

static void iput_final(struct inode *inode)
{
	const struct super_operations *op = inode->i_sb->s_op;
	int drop = !inode->i_nlink;

	if (op->drop_inode)
		drop = op->drop_inode(inode);
	if (!drop) {
		spin_lock(&inode->i_sb->s_inode_lru_lock);
		list_add(&inode->i_lru, &inode->i_sb->s_inode_lru);
		spin_unlock(&inode->i_sb->s_inode_lru_lock);
		return;
	}
	if (inode->i_nlink && (inode->i_state & I_DIRTY))
		write_inode_now(inode, 1);
	inode->i_state |= I_FREEING;
	evict(inode);
}

void iput(struct inode *inode)
{
	if (inode && --inode->i_count.counter == 0)
		iput_final(inode);
}
EXPORT_SYMBOL(iput);

static void dispose_list(struct list_head *head)
{
	while (!list_empty(head)) {
		struct inode *inode;

		inode = list_first_entry(head, struct inode, i_lru);
		list_del_init(&inode->i_lru);
		evict(inode);
		cond_resched();
	}
}

/* Called by the super block's shrinker: drop inodes nobody uses. */
long prune_icache_sb(struct super_block *sb, struct shrink_control *sc)
{
	struct inode *inode, *next;
	LIST_HEAD(freeable);
	long freed = 0;

	spin_lock(&sb->s_inode_lru_lock);
	list_for_each_entry_safe(inode, next, &sb->s_inode_lru, i_lru) {
		if (inode->i_count.counter || (inode->i_state & I_DIRTY))
			continue;
		inode->i_state |= I_FREEING;
		list_move(&inode->i_lru, &freeable);
		if (++freed == sc->nr_to_scan)
			break;
	}
	spin_unlock(&sb->s_inode_lru_lock);
	dispose_list(&freeable);
	return freed;
}

void evict_inodes(struct super_block *sb)
{
	struct inode *inode, *next;
	LIST_HEAD(dispose);

	spin_lock(&sb->s_inode_lru_lock);
	list_for_each_entry_safe(inode, next, &sb->s_inodes, i_sb_list) {
		if (inode->i_count.counter)
			continue;
		inode->i_state |= I_FREEING;
		list_move(&inode->i_lru, &dispose);
	}
	spin_unlock(&sb->s_inode_lru_lock);
	dispose_list(&dispose);
}
