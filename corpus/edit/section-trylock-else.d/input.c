#include <linux/fs.h>
#include <linux/slab.h>

int c_try(struct c_info *ci)
{
	int err = 0;

	if (likely(mutex_trylock(&ci->c_sem))) {
		ci->c_a = kmalloc(8, GFP_NOFS);
		mutex_unlock(&ci->c_sem);
	} else {
		err = -EAGAIN;
	}
	return err;
}
