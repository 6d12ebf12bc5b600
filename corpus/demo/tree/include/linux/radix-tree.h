/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_RADIX_TREE_H
#define _LINUX_RADIX_TREE_H

#include <linux/gfp.h>

struct radix_tree_root {
	gfp_t	xa_flags;
	void	*xa_head;
};

#define RADIX_TREE_INIT(name, mask)	{ .xa_flags = (mask) }

#define RADIX_TREE(name, mask)	\
	struct radix_tree_root name = RADIX_TREE_INIT(name, mask)

#define INIT_RADIX_TREE(root, mask)		\
	do {					\
		(root)->xa_flags = (mask);	\
		(root)->xa_head = NULL;		\
	} while (0)

int radix_tree_insert(struct radix_tree_root *root, unsigned long index,
		      void *item);
void *radix_tree_lookup(struct radix_tree_root *root, unsigned long index);
void *radix_tree_delete(struct radix_tree_root *root, unsigned long index);
int radix_tree_preload(gfp_t gfp_mask);
void radix_tree_preload_end(void);

#endif
