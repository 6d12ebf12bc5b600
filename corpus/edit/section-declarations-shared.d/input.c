#include <linux/fs.h>
#include <linux/slab.h>

int c_add(struct c_info *ci)
{
	int err = 0, n;

	n = c_count(ci);
	mutex_lock(&ci->c_sem);
	ci->c_a = kmalloc(n, GFP_NOFS);
	mutex_unlock(&ci->c_sem);
	return err;
}
