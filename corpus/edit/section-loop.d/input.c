#include <linux/fs.h>
#include <linux/slab.h>

int c_walk(struct c_info *ci, int n)
{
	struct c_item *item;
	int i;

	for (i = 0; i < n; i++) {
		mutex_lock(&ci->c_sem);
		item = kmalloc(sizeof(*item), GFP_NOFS);
		if (!item) {
			mutex_unlock(&ci->c_sem);
			continue;
		}
		c_link(ci, item);
		mutex_unlock(&ci->c_sem);
		cond_resched();
	}
	return 0;
}
