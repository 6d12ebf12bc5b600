#include <linux/fs.h>
#include <linux/slab.h>

int c_add(struct c_info *ci)
{
	ci->c_a = kmalloc(8, GFP_NOFS);
	mutex_lock(&ci->c_sem);
	ci->c_b = kmalloc(8, GFP_NOFS);
	mutex_unlock(&ci->c_sem);
	return 0;
}
