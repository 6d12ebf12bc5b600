#include <linux/fs.h>
#include <linux/slab.h>

int c_each(struct c_info *ci)
{
	struct c_item *item;

	list_for_each_entry(item, &ci->c_list, list)
		if (item->lonely) {
			mutex_lock(&item->lock);
			item->buf = kmalloc(8, GFP_NOFS);
			mutex_unlock(&item->lock);
		}
	return 0;
}
