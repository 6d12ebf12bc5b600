#include <linux/fs.h>
#include <linux/slab.h>

static const gfp_t c_masks[] = { GFP_NOFS, GFP_NOFS | __GFP_ZERO };

static struct c_args c_defaults = {
	.size	= 64,
	.gfp	= GFP_NOFS,
};

void *c_alloc(size_t size)
{
	gfp_t gfp = GFP_NOFS;

	return kmalloc(size, gfp);
}
