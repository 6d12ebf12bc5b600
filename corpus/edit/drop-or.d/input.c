#include <linux/fs.h>
#include <linux/slab.h>

int c_alloc(struct c_info *ci, size_t size)
{
	ci->c_a = kmalloc(size, GFP_NOFS | __GFP_NOWARN);
	ci->c_b = kmalloc(size, __GFP_ZERO | GFP_NOFS);
	ci->c_c = kmalloc(size, __GFP_HIGH | GFP_NOFS | __GFP_NOWARN);
	return 0;
}
