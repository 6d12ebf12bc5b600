#include <linux/fs.h>
#include <linux/slab.h>

static int c_insert(struct c_info *ci, int n)
{
	int err = c_check(ci);

	if (err)
		return err;
	return c_grow(ci, GFP_NOFS);
}
