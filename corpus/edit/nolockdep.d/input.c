#include <linux/fs.h>
#include <linux/slab.h>

int c_alloc(struct c_info *ci)
{
	ci->c_a = kmalloc(8, GFP_NOFS);
	ci->c_b = kmalloc(8, GFP_NOFS | __GFP_NOFAIL);
	return 0;
}
