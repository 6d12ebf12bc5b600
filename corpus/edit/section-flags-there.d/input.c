#include <linux/fs.h>
#include <linux/sched/mm.h>

int c_two(struct c_info *ci)
{
	unsigned int old_nofs;

	old_nofs = memalloc_nofs_save();
	c_poke(ci);
	memalloc_nofs_restore(old_nofs);

	mutex_lock(&ci->c_sem);
	ci->c_a = kmalloc(8, GFP_NOFS);
	mutex_unlock(&ci->c_sem);
	return 0;
}
