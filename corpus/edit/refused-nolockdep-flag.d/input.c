#include <linux/fs.h>
#include <linux/slab.h>

int c_alloc(struct c_info *ci, gfp_t gfp)
{
	ci->c_a = kmem_alloc(8, KM_NOFS);
	ci->c_b = kmalloc(8, gfp & GFP_NOFS);
	return 0;
}
