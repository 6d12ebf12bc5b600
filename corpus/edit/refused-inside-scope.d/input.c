#include <linux/fs.h>
#include <linux/slab.h>

int c_add(struct c_info *ci)
{
	unsigned int flags = memalloc_nofs_save();

	mutex_lock(&ci->c_sem);
	ci->c_a = kmalloc(8, GFP_NOFS);
	mutex_unlock(&ci->c_sem);
	memalloc_nofs_restore(flags);
	return 0;
}
