#include <linux/fs.h>
#include <linux/slab.h>

void *c_alloc(struct c_info *ci, gfp_t gfp)
{
	gfp_t mask = ci->c_gfp & ~__GFP_FS;

	ci->c_a = kmalloc(8, (gfp & ~__GFP_FS) | __GFP_NOFAIL);
	ci->c_b = kmalloc(8, (gfp & ~(__GFP_FS)));
	return kmalloc(8, mask);
}
