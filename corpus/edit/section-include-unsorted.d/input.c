#include <linux/slab.h>	/* kmalloc */
#include <linux/fs.h>	/* inode */
#include <asm/page.h>
#include "casefs.h"

int c_add(struct c_info *ci)
{
	int n;

	mutex_lock(&ci->c_sem);
	n = c_grow(ci, GFP_NOFS);
	mutex_unlock(&ci->c_sem);
	return n;
}
