#include <linux/fs.h>
#include <linux/slab.h>

void *c_alloc(size_t size)
{
#ifdef CONFIG_C_ZERO
	return kzalloc(size, GFP_NOFS);
#else
	return kmalloc(size, GFP_NOFS);
#endif
}
