#include <linux/fs.h>
#include <linux/slab.h>

int c_try(struct c_info *ci)
{
	if (mutex_trylock(&ci->c_sem)) {
		ci->c_a = kmalloc(8, GFP_NOFS);
		mutex_unlock(&ci->c_sem);
	}
	ci->c_b = kmalloc(8, GFP_NOFS);
	return 0;
}
