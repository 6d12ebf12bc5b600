#include <linux/fs.h>
#include <linux/slab.h>

int c_add(struct c_info *ci, int n)
{
	struct c_item *item;

	mutex_lock(&ci->c_sem);
	item = kmalloc(sizeof(*item), GFP_NOFS);
	if (!item) {
		mutex_unlock(&ci->c_sem);
		return -ENOMEM;
	}
	switch (n) {
	case 0:
		mutex_unlock(&ci->c_sem);
		return 0;
	case 1:
		c_link(ci, item);
		mutex_unlock(&ci->c_sem);
		break;
	default:
		mutex_unlock(&ci->c_sem);
	}
	return n;
}
