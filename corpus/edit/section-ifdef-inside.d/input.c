#include <linux/fs.h>
#include <linux/slab.h>

int c_add(struct c_info *ci)
{
	int n;

	mutex_lock(&ci->c_sem);
#ifdef CONFIG_C_STATS
	ci->c_count++;
#else
	c_poke(ci);
#endif
	n = c_grow(ci, GFP_NOFS);
	mutex_unlock(&ci->c_sem);
	return n;
}
