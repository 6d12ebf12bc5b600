#include <linux/fs.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

int c_trim(struct c_info *ci, int a, int b)
{
	while (a--) {
		if (b) {
			if (a > b) {
				down_write(&ci->c_sem);
				ci->c_a = kmalloc(8, GFP_NOFS);
				up_write(&ci->c_sem);
			}
		}
	}
	return 0;
}
