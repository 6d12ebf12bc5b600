#include <linux/fs.h>
#include <linux/slab.h>

int c_table(struct c_info *ci, size_t size)
{
	if (!(ci->c_table = __vmalloc(size, GFP_NOFS)))
		return -ENOMEM;
	return 0;
}

int c_other(struct c_info *ci, size_t size)
{
	void *p = __vmalloc(size, GFP_NOFS);

	return p ? 0 : -ENOMEM;
}
