#include <linux/fs.h>
#include <linux/slab.h>

int c_try(struct c_info *ci)
{
retry:
	if (!mutex_trylock(&ci->c_sem)) {
		cond_resched();
		goto retry;
	}
	ci->c_a = kmalloc(8, GFP_NOFS);
	mutex_unlock(&ci->c_sem);
	return 0;
}
