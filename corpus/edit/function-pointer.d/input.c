#include <linux/fs.h>
#include <linux/slab.h>

static struct c_item *c_new(struct c_info *ci)
{
	struct c_item *item;

	item = kmalloc(sizeof(*item), GFP_NOFS);
	if (!item)
		return ERR_PTR(-ENOMEM);
	return c_prepare(item);
}
