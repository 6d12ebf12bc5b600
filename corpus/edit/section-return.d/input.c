#include <linux/fs.h>
#include <linux/slab.h>

int c_step(struct c_info *ci)
{
	c_lock_until_done(ci);
	ci->c_a = kmalloc(8, GFP_NOFS);
	if (!ci->c_a)
		return -ENOMEM;
	if (c_done(ci))
		return 0;
	return c_finish(ci, 1);
}
