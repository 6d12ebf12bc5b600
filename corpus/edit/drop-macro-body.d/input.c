#include <linux/fs.h>
#include <linux/slab.h>

#define C_GFP		(GFP_NOFS | __GFP_ZERO)
#define C_GFP_BARE	GFP_NOFS
#define c_new(n)	kmalloc((n), GFP_NOFS)

void *c_alloc(size_t size)
{
	return kmalloc(size, C_GFP);
}
