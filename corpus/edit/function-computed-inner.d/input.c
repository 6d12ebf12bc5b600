#include <linux/fs.h>
#include <linux/slab.h>

static int c_insert(struct c_info *ci, int n)
{
	if (n) {
		int ret = c_check(ci);

		if (ret)
			return ret;
	}
	return c_grow(ci, GFP_NOFS);
}
