// SPDX-License-Identifier: GPL-2.0-only
/* The page allocator: hand out pages, reclaim when there are none. */
#include <linux/module.h>
#include <linux/gfp.h>
#include <linux/pagemap.h>
#include <linux/sched/mm.h>
#include <linux/spinlock.h>

#include "internal.h"

static struct page free_pool[64];
static spinlock_t pool_lock;

static struct page *get_page_from_freelist(unsigned int order)
{
	struct page *page = NULL;
	unsigned int i;

	spin_lock(&pool_lock);
	for (i = 0; i < ARRAY_SIZE(free_pool); i++) {
		if (free_pool[i].flags)
			continue;
		free_pool[i].flags = order + 1;
		page = &free_pool[i];
		break;
	}
	spin_unlock(&pool_lock);
	return page;
}

static struct page *alloc_pages_slowpath(gfp_t gfp_mask, unsigned int order)
{
	struct page *page;

	if (!gfpflags_allow_blocking(gfp_mask))
		return NULL;
	/* Reclaim must not recurse into itself. */
	if (current->flags & PF_MEMALLOC)
		return NULL;

	do {
		if (!try_to_free_pages(gfp_mask) && !(gfp_mask & __GFP_NOFAIL))
			return NULL;
		page = get_page_from_freelist(order);
	} while (!page);
	return page;
}

struct page *alloc_pages(gfp_t gfp_mask, unsigned int order)
{
	struct page *page = get_page_from_freelist(order);

	if (page)
		return page;
	return alloc_pages_slowpath(current_gfp_context(gfp_mask), order);
}
EXPORT_SYMBOL(alloc_pages);

void __free_pages(struct page *page, unsigned int order)
{
	spin_lock(&pool_lock);
	page->flags = 0;
	spin_unlock(&pool_lock);
}
EXPORT_SYMBOL(__free_pages);

unsigned long __get_free_pages(gfp_t gfp_mask, unsigned int order)
{
	struct page *page = alloc_pages(gfp_mask & ~__GFP_HIGHMEM, order);

	return page ? (unsigned long)page->private : 0;
}
EXPORT_SYMBOL(__get_free_pages);
