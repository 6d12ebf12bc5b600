#include <linux/fs.h>
#include <linux/slab.h>

int c_two(struct c_info *ci, struct c_info *other)
{
	mutex_lock(&ci->c_sem);
	ci->c_a = kmalloc(8, GFP_NOFS);
	if (other) {
		mutex_lock(&other->c_sem);
		other->c_a = ci->c_a;
		mutex_unlock(&other->c_sem);
	}
	mutex_unlock(&ci->c_sem);
	return 0;
}
