#include <linux/fs.h>
#include <linux/slab.h>

void *c_alloc(struct c_info *ci, gfp_t gfp)
{
	gfp_t mask = gfp & ~(__GFP_FS | __GFP_IO);

	return kmalloc(8, mask);
}
