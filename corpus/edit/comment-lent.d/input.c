#include <linux/fs.h>
#include <linux/slab.h>

int c_add(struct c_info *ci)
{
	struct c_item *item;

	down_write(&ci->c_other);
	up_write(&ci->c_other);

	down_write(&ci->c_sem);
	item = kmalloc(sizeof(*item), GFP_NOFS);
	c_link(ci, item);
	up_write(&ci->c_sem);
	return 0;
}
