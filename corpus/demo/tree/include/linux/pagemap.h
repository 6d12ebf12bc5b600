/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_PAGEMAP_H
#define _LINUX_PAGEMAP_H

#include <linux/fs.h>

struct page {
	unsigned long		flags;
	struct address_space	*mapping;
	pgoff_t			index;
	void			*private;
};

struct folio {
	struct page		page;
};

static inline gfp_t mapping_gfp_mask(struct address_space *mapping)
{
	return mapping->gfp_mask;
}

static inline gfp_t mapping_gfp_constraint(struct address_space *mapping,
					   gfp_t gfp_mask)
{
	return mapping_gfp_mask(mapping) & gfp_mask;
}

static inline void mapping_set_gfp_mask(struct address_space *m, gfp_t mask)
{
	m->gfp_mask = mask;
}

static inline struct address_space *folio_mapping(struct folio *folio)
{
	return folio->page.mapping;
}

struct page *find_or_create_page(struct address_space *mapping, pgoff_t index,
				 gfp_t gfp_mask);
struct page *grab_cache_page(struct address_space *mapping, pgoff_t index);
struct folio *writeback_next_folio(struct address_space *mapping,
				   struct writeback_control *wbc);
void put_page(struct page *page);
void lock_page(struct page *page);
void unlock_page(struct page *page);
void folio_lock(struct folio *folio);
bool folio_trylock(struct folio *folio);
void folio_unlock(struct folio *folio);
void folio_start_writeback(struct folio *folio);
void folio_end_writeback(struct folio *folio);
void folio_wait_writeback(struct folio *folio);

#endif
