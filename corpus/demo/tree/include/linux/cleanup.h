/* SPDX-License-Identifier: GPL-2.0-only */
/* Locks that are dropped when the block ends. */
#ifndef _LINUX_CLEANUP_H
#define _LINUX_CLEANUP_H

#include <linux/mutex.h>
#include <linux/slab.h>

#define __cleanup(func)	__attribute__((__cleanup__(func)))
#define __free(name)	__cleanup(__free_##name)

static inline void __free_kfree(void *p)
{
	kfree(*(void **)p);
}

static inline struct mutex *class_mutex_constructor(struct mutex *lock)
{
	mutex_lock(lock);
	return lock;
}

static inline void class_mutex_destructor(struct mutex **lock)
{
	mutex_unlock(*lock);
}

#define __GUARD_NAME_(line)	guard_##line
#define __GUARD_NAME(line)	__GUARD_NAME_(line)

#define guard(name)							\
	struct mutex *__GUARD_NAME(__LINE__)				\
	__cleanup(class_##name##_destructor) = class_##name##_constructor

#define scoped_guard(name, lock)					\
	for (struct mutex *scope					\
	     __cleanup(class_##name##_destructor) =			\
	     class_##name##_constructor(lock), *done = NULL;		\
	     !done; done = (void *)1)

#endif
