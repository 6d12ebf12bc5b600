#include <linux/fs.h>
#include <linux/slab.h>

void *c_alloc(struct c_info *ci, gfp_t gfp)
{
	if (ci->c_careful) {
		gfp &= ~__GFP_FS;
		gfp |= __GFP_NOWARN;
	}
	return kmalloc(8, gfp);
}
