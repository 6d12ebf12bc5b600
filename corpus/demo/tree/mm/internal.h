/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _MM_INTERNAL_H
#define _MM_INTERNAL_H

#include <linux/gfp.h>

struct folio;

unsigned long try_to_free_pages(gfp_t gfp_mask);
struct folio *lru_next_folio(void);

#endif
