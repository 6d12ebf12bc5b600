#include <linux/fs.h>
#include <linux/slab.h>

/* GFP_NOFS: see below */
int c_alloc(struct c_info *ci)
{
	ci->c_a = kmalloc(8, GFP_NOFS);	/* GFP_NOFS for safety */
	ci->c_b = kmalloc(8, /* why? */ GFP_NOFS /* because */);
	/*
	 * GFP_NOFS once more.
	 */
	ci->c_c = kmalloc(8, GFP_NOFS); // GFP_NOFS
	return ci->c_a ? 0 : -ENOMEM;
}
