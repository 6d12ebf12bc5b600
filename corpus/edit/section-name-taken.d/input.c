#include <linux/fs.h>
#include <linux/slab.h>

int c_add(struct c_info *ci, int nofs_flags)
{
	int n = nofs_flags + 1;

	mutex_lock(&ci->c_sem);
	ci->c_a = kmalloc(n, GFP_NOFS);
	ci->c_flags = nofs_flags;
	mutex_unlock(&ci->c_sem);
	return nofs_flags;
}
