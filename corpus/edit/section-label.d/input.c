#include <linux/fs.h>
#include <linux/slab.h>

int c_add(struct c_info *ci)
{
	int n = 0;

again:
	mutex_lock(&ci->c_sem);
	n += c_grow(ci, GFP_NOFS);
	mutex_unlock(&ci->c_sem);
	if (n < 10)
		goto again;
	return n;
}
