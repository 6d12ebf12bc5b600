#include <linux/fs.h>
#include <linux/slab.h>

void *c_alloc(size_t size)
{
	void *p = kmalloc(size, __GFP_IO | __GFP_RECLAIM);

	return p ? p : kmalloc(size, __GFP_HIGH | __GFP_RECLAIM | __GFP_IO);
}
