#include <linux/fs.h>
#include <linux/slab.h>

void c_init(struct c_args *args, bool zero)
{
	args->gfp = GFP_NOFS;
	if (zero)
		args->gfp |= GFP_NOFS | __GFP_ZERO;
}
