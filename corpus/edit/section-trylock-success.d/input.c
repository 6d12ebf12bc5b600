#include <linux/fs.h>
#include <linux/slab.h>

void c_try(struct c_info *ci)
{
	if (mutex_trylock(&ci->c_sem)) {
		ci->c_a = kmalloc(8, GFP_NOFS);
		mutex_unlock(&ci->c_sem);
	}
	c_poke(ci);
}
