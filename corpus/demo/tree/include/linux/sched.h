/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <linux/types.h>

#define PF_MEMALLOC		0x00000800
#define PF_KSWAPD		0x00020000
#define PF_MEMALLOC_NOFS	0x00040000
#define PF_MEMALLOC_NOIO	0x00080000
#define PF_KTHREAD		0x00200000

struct task_struct {
	unsigned int	flags;
	void		*journal_info;
};

extern struct task_struct *current;

static inline bool current_is_kswapd(void)
{
	return current->flags & PF_KSWAPD;
}

void schedule(void);
void cond_resched(void);

#endif
