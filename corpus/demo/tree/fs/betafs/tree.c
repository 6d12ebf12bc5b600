// SPDX-License-Identifier: GPL-2.0-only
/* The tree of items.  Its lock carries a NOFS scope: eviction takes it. */
#include <linux/module.h>
#include <linux/sched/mm.h>

#include "betafs.h"

void betafs_lock_tree(struct betafs_sb_info *sbi)
{
	mutex_lock(&sbi->s_tree_mutex);
	sbi->s_tree_nofs = memalloc_nofs_save();
}

void betafs_unlock_tree(struct betafs_sb_info *sbi)
{
	unsigned int nofs = sbi->s_tree_nofs;

	mutex_unlock(&sbi->s_tree_mutex);
	memalloc_nofs_restore(nofs);
}

static struct betafs_node *betafs_new_node(u64 key, const char *item)
{
	struct betafs_node *node = kzalloc(sizeof(*node), GFP_NOFS);

	if (!node)
		return NULL;
	node->item = kstrdup(item, GFP_NOFS);
	if (!node->item) {
		kfree(node);
		return NULL;
	}
	node->key = key;
	return node;
}

int betafs_tree_insert(struct super_block *sb, u64 key, const char *item)
{
	struct betafs_sb_info *sbi = BETAFS_SB(sb);
	struct betafs_node *node;
	struct betafs_node **link;
	int err = 0;

	betafs_lock_tree(sbi);
	link = &sbi->s_root;
	while (*link)
		link = key < (*link)->key ? &(*link)->left : &(*link)->right;
	node = betafs_new_node(key, item);
	if (node)
		*link = node;
	else
		err = -ENOMEM;
	betafs_unlock_tree(sbi);
	return err;
}

void betafs_tree_remove(struct super_block *sb, u64 key)
{
	struct betafs_sb_info *sbi = BETAFS_SB(sb);

	betafs_lock_tree(sbi);
	if (sbi->s_root && sbi->s_root->key == key)
		sbi->s_root->item = NULL;
	betafs_unlock_tree(sbi);
}

/* Walk down the left side and count what is damaged. */
int betafs_tree_check(struct super_block *sb)
{
	struct betafs_sb_info *sbi = BETAFS_SB(sb);
	struct betafs_node *node;
	unsigned int nofs_flag;
	unsigned int bad = 0;

	nofs_flag = memalloc_nofs_save();
	node = READ_ONCE(sbi->s_root);
	if (!node)
		return -ENODATA;
	for (; node; node = node->left)
		if (node->flags & BETAFS_NODE_BAD)
			bad++;
	memalloc_nofs_restore(nofs_flag);
	return bad ? -EUCLEAN : 0;
}
