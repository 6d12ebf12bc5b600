#include <linux/fs.h>
#include <linux/slab.h>

int c_grow(struct c_info *ci)
{
	ci->c_a = kmalloc(8, GFP_NOFS);
	return ci->c_a ? 0 : -ENOMEM;
}
