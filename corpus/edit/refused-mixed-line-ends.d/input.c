#include <linux/fs.h>
#include <linux/slab.h>

int c_alloc(struct c_info *ci)
{
	ci->c_a = kmalloc(8, GFP_NOFS);
	return 0;
}
