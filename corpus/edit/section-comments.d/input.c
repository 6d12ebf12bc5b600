#include <linux/fs.h>
#include <linux/slab.h>

int c_add(struct c_info *ci)
{
	int err;

	/* keeps the list still */
	mutex_lock(&ci->c_sem);	/* nests inside c_other */
	ci->c_a = kmalloc(8, GFP_NOFS);
	err = ci->c_a ? 0 : -ENOMEM;

	/*
	 * From here on
	 * anything goes.
	 */
	mutex_unlock(&ci->c_sem); /* see above */ /* and below */
	return err;
}
