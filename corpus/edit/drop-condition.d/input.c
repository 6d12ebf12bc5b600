#include <linux/fs.h>
#include <linux/slab.h>

int c_alloc(struct c_info *ci)
{
	if (!(ci->c_a = kmalloc(8, GFP_NOFS)))
		return -ENOMEM;
	while (c_grow(ci, GFP_NOFS))
		cond_resched();
	for (ci->c_n = 0; c_more(ci, GFP_NOFS); ci->c_n++)
		;
	switch (c_kind(ci, GFP_NOFS)) {
	case 0:
		return c_grow(ci, GFP_KERNEL) || c_grow(ci, GFP_NOFS);
	default:
		do {
			cond_resched();
		} while (c_grow(ci, GFP_NOFS) < 0);
	}
	return 0;
}
