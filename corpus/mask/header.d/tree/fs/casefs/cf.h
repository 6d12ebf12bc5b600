/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _CF_H
#define _CF_H

#include <linux/slab.h>

static inline void *cf_new(size_t size)
{
	return kmalloc(size, GFP_NOFS);
}

#endif
