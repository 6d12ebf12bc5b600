#include <linux/fs.h>
#include <linux/slab.h>

void *c_alloc(struct c_info *ci, gfp_t gfp)
{
	ci->c_a = kmalloc(8, gfp & ~(__GFP_FS | __GFP_ZERO));
	ci->c_b = kmalloc(8, gfp & ~(__GFP_ZERO | __GFP_FS));
	gfp &= ~(__GFP_ZERO | __GFP_FS | __GFP_HIGH);
	return kmalloc(8, gfp);
}
