#include <linux/fs.h>
#include <linux/slab.h>

int c_add(struct c_info *ci)
{
	char *p __free(kfree) = NULL;

	mutex_lock(&ci->c_sem);
	p = kmalloc(8, GFP_NOFS);
	mutex_unlock(&ci->c_sem);
	return 0;
}
