#include <linux/fs.h>
#include <linux/slab.h>

int c_alloc(struct c_info *ci)
{
	ci->c_a = kmalloc(8, GFP_NOFS);	/* GFP_NOFS for safety */
	/*
	 * We hold i_rwsem - use NOFS.
	 */
	ci->c_b = kmalloc(8,
			  GFP_NOFS);
	if (!(ci->c_c = kmalloc(8, GFP_NOFS /* not gfp_nofs? */)))
		return -ENOMEM;
	/* nofs context is not ours, said further up */

	ci->c_d = kmalloc(8, GFP_NOFS);	/* inside memalloc_nofs_save() */
	ci->c_e = c_traced_alloc(8, GFP_NOFS, "GFP_NOFS");
	return 0;
}
