#include <linux/fs.h>
#include <linux/slab.h>

int c_alloc(struct c_info *ci)
{
	ci->c_a = kmalloc(8, GFP_NOIO);
	ci->c_b = kmalloc(8, GFP_NOFS);
	ci->c_c = kmalloc(8, GFP_NOIO | __GFP_NOWARN);
	return 0;
}
