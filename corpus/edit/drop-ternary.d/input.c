#include <linux/fs.h>
#include <linux/slab.h>

void *c_alloc(size_t size, bool fs)
{
	return kmalloc(size, fs ? GFP_KERNEL : GFP_NOFS);
}
