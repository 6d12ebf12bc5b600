#include <linux/fs.h>
#include <linux/slab.h>

/* allocates: see below */
int c_alloc(struct c_info *ci)
{
	ci->c_a = kmalloc(8, GFP_NOFS);	/* for safety */
	ci->c_b = kmalloc(8, /* why? */ GFP_NOFS /* because */);
	/*
	 * Once more, under memalloc_nofs_save().
	 */
	ci->c_c = kmalloc(8, GFP_NOFS); // last
	return ci->c_a ? 0 : -ENOMEM;
}
