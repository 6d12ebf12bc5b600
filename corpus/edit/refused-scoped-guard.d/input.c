#include <linux/fs.h>
#include <linux/slab.h>

int c_add(struct c_info *ci)
{
	scoped_guard(mutex, &ci->c_sem) {
		ci->c_a = kmalloc(8, GFP_NOFS);
	}
	return 0;
}
