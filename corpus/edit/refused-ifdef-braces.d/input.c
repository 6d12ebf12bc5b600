#include <linux/fs.h>
#include <linux/slab.h>

int c_add(struct c_info *ci, int n)
{
#ifdef CONFIG_C_FAST
	if (n) {
#else
	if (n > 1) {
#endif
		mutex_lock(&ci->c_sem);
		ci->c_a = kmalloc(8, GFP_NOFS);
		mutex_unlock(&ci->c_sem);
	}
	return 0;
}
