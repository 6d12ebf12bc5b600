#ifndef CASEFS_H
#define CASEFS_H

#include <linux/slab.h>

static inline void *c_alloc(size_t size)
{
	return kmalloc(size, GFP_NOFS);
}

#endif
