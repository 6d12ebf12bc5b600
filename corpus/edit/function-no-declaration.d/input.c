#include <linux/fs.h>
#include <linux/slab.h>

static void *c_new(struct c_info *ci)
{
	return kmalloc(8, GFP_NOFS);
}
