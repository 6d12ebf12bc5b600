#include <linux/fs.h>
#include <linux/slab.h>

static int c_insert(struct c_info *ci, int n)
{
	char *buf = kmalloc(n, GFP_NOFS);

	if (!buf)
		return -ENOMEM;
	return c_link(ci, buf,
		      n);
}
