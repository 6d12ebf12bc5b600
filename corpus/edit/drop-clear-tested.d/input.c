#include <linux/fs.h>
#include <linux/slab.h>

void *c_alloc(struct c_info *ci, gfp_t gfp)
{
	if (!ci->c_may_recurse)
		gfp &= ~__GFP_FS;
	if (c_next(ci))
		gfp &= ~__GFP_FS;
	if (ci->c_quiet)
		gfp |= __GFP_NOWARN;
	else
		gfp &= ~__GFP_FS;
	return kmalloc(8, gfp);
}
