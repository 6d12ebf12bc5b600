#include <linux/fs.h>
#include <linux/module.h>
#ifdef CONFIG_C_QUOTA
#include <linux/quota.h>
#include <linux/sched/mm.h>
#endif

int c_add(struct c_info *ci)
{
	int n;

	mutex_lock(&ci->c_sem);
	n = c_grow(ci, GFP_NOFS);
	mutex_unlock(&ci->c_sem);
	return n;
}
