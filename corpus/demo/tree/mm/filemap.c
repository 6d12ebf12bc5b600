// SPDX-License-Identifier: GPL-2.0-only
/* The page cache. */
#include <linux/module.h>
#include <linux/pagemap.h>

#include "internal.h"

static struct folio *lru_head;

struct folio *lru_next_folio(void)
{
	struct folio *folio = lru_head;

	lru_head = NULL;
	return folio;
}

struct page *find_or_create_page(struct address_space *mapping, pgoff_t index,
				 gfp_t gfp_mask)
{
	struct page *page = alloc_page(gfp_mask);

	if (!page)
		return NULL;
	page->mapping = mapping;
	page->index = index;
	mapping->nrpages++;
	lock_page(page);
	return page;
}
EXPORT_SYMBOL(find_or_create_page);

struct page *grab_cache_page(struct address_space *mapping, pgoff_t index)
{
	return find_or_create_page(mapping, index, mapping_gfp_mask(mapping));
}
EXPORT_SYMBOL(grab_cache_page);

void truncate_inode_pages_final(struct address_space *mapping)
{
	mapping->nrpages = 0;
}
EXPORT_SYMBOL(truncate_inode_pages_final);

int filemap_fdatawrite(struct address_space *mapping)
{
	struct writeback_control wbc = {
		.nr_to_write	= mapping->nrpages,
		.sync_mode	= WB_SYNC_ALL,
	};

	return mapping->a_ops->writepages(mapping, &wbc);
}
EXPORT_SYMBOL(filemap_fdatawrite);
