#include <linux/fs.h>
#include <linux/slab.h>

int c_broken(struct c_info *ci)
{
	C_MACRO_THAT_OPENS(ci) {
		kfree(ci);
	} C_AND_CLOSES else ) (
}

int c_add(struct c_info *ci)
{
	int n;

	mutex_lock(&ci->c_sem);
	n = c_grow(ci, GFP_NOFS);
	mutex_unlock(&ci->c_sem);
	return n;
}
