#include <linux/fs.h>
#include <linux/slab.h>

int c_alloc(struct c_info *ci, int GFP_DROP)
{
	ci->c_a = kmalloc(GFP_DROP, GFP_NOFS);
	return 0;
}
