#include <linux/fs.h>
#include <linux/slab.h>

int c_add(struct c_info *ci)
{
	while (!mutex_trylock(&ci->c_sem))
		cpu_relax();
	ci->c_a = kmalloc(8, GFP_NOFS);
	mutex_unlock(&ci->c_sem);
	return 0;
}
