#include <linux/fs.h>
#include <linux/slab.h>

static int c_insert(struct c_info *ci, int n)
{
	struct c_item *item = ci->c_first;

	if (n < 0)
		return -EINVAL;
	item->buf = kmalloc(n, GFP_NOFS);
	if (!item->buf)
		return -ENOMEM;
	else
		return (n == 1) ? 1 : item->n;
}
