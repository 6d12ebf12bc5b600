#include <linux/fs.h>
#include <linux/slab.h>

int c_old(struct c_info *ci)
{
	unsigned int saved_nofs = memalloc_nofs_save();

	c_poke(ci);
	memalloc_nofs_restore(saved_nofs);
	return 0;
}

int c_add(struct c_info *ci)
{
	int n;

	mutex_lock(&ci->c_sem);
	n = c_grow(ci, GFP_NOFS);
	mutex_unlock(&ci->c_sem);
	return n;
}
