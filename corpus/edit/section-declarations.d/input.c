#include <linux/fs.h>
#include <linux/slab.h>

int c_add(struct c_info *ci)
{
	struct c_item *item = ci->c_first;
	LIST_HEAD(list);
	int err = 0, n;

	n = c_count(ci);
	mutex_lock(&ci->c_sem);
	item->buf = kmalloc(n, GFP_NOFS);
	mutex_unlock(&ci->c_sem);
	c_move(&list);
	return err;
}
