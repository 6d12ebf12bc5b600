#include <linux/fs.h>
#include <linux/slab.h>

#ifdef CONFIG_CASEFS_OLD
int c_add(struct c_info *ci, unsigned long timeout)
#else
int c_add(struct c_info *ci)
#endif
{
	struct c_item *item;

	down_write(&ci->c_sem);
	item = kmalloc(sizeof(*item), GFP_NOFS);
	c_link(ci, item);
	up_write(&ci->c_sem);
	return 0;
}
