#include <linux/fs.h>
#include <linux/slab.h>

int c_alloc(struct c_info *ci)
{
	ci->c_a = kmalloc(8, GFP_KERNEL | GFP_NOFS);
	ci->c_b = kmalloc(8, GFP_NOFS | GFP_KERNEL);
	ci->c_c = kmalloc(8, GFP_KERNEL | GFP_NOFS | __GFP_ZERO);
	return 0;
}
