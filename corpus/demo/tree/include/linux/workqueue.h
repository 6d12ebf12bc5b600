/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_WORKQUEUE_H
#define _LINUX_WORKQUEUE_H

#include <linux/types.h>

#define WQ_UNBOUND	0x02
#define WQ_MEM_RECLAIM	0x08

struct work_struct;
struct workqueue_struct;

typedef void (*work_func_t)(struct work_struct *work);

struct work_struct {
	unsigned long		data;
	struct list_head	entry;
	work_func_t		func;
};

#define INIT_WORK(_work, _func)			\
	do {					\
		(_work)->data = 0;		\
		(_work)->func = (_func);	\
	} while (0)

struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags,
					 int max_active, ...);
void destroy_workqueue(struct workqueue_struct *wq);
bool queue_work(struct workqueue_struct *wq, struct work_struct *work);
bool schedule_work(struct work_struct *work);
bool flush_work(struct work_struct *work);
bool cancel_work_sync(struct work_struct *work);
void flush_workqueue(struct workqueue_struct *wq);

#endif
