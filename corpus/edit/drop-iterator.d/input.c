#include <linux/fs.h>
#include <linux/slab.h>

int c_walk(struct c_info *ci)
{
	struct c_item *item;

	list_for_each_entry(item, &ci->c_list, list)
		item->buf = kmalloc(8, GFP_NOFS);
	list_for_each_entry(item, &ci->c_list, list) {
		if (!item->buf)
			item->buf = kmalloc(8, GFP_NOFS);
	}
	return 0;
}
