#include <linux/fs.h>
#include <linux/slab.h>

void *c_alloc(size_t size)
{
	return kmalloc(size, GFP_NOFS);
}
