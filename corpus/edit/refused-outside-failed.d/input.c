#include <linux/fs.h>
#include <linux/slab.h>

int c_try(struct c_info *ci)
{
	if (!mutex_trylock(&ci->c_sem)) {
		ci->c_later = kmalloc(8, GFP_NOFS);
		return -EAGAIN;
	}
	ci->c_a = kmalloc(8, GFP_NOFS);
	mutex_unlock(&ci->c_sem);
	return 0;
}
