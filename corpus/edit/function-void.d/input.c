#include <linux/fs.h>
#include <linux/slab.h>

static void c_insert(struct c_info *ci)
{
	struct c_item *item;

	item = kmalloc(sizeof(*item), GFP_NOFS);
	if (!item)
		return;
	c_link(ci, item);
}
