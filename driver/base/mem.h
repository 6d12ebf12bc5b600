/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Allocation that dies when memory is out, and growing arrays.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* All of these die with "out of memory" and exit code 3; none returns NULL. */
void *xmalloc(size_t size);
void *xcalloc(size_t nr, size_t size);
void *xrealloc(void *p, size_t size);
void *xreallocarray(void *p, size_t nr, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n);

/**
 * mem_trim() - give back what was freed, and from now on what is freed of large
 * blocks at once: for between two steps that need much. The C library keeps it
 * otherwise, in pieces that the next step finds no use for.
 */
void mem_trim(void);

/**
 * GROW() - make sure array @a (with @nr used, @cap allocated) takes one more.
 *
 * Use as: GROW(v->a, v->nr, v->cap); v->a[v->nr++] = x;
 */
#define GROW(a, nr, cap) GROW_BY(a, nr, cap, 1)
#define GROW_BY(a, nr, cap, more)					\
	do {								\
		size_t need_ = (size_t)(nr) + (more);			\
		if (need_ > (size_t)(cap)) {				\
			size_t cap_ = (size_t)(cap) * 2;		\
			if (cap_ < 16)					\
				cap_ = 16;				\
			if (cap_ < need_)				\
				cap_ = need_;				\
			(a) = xreallocarray((a), cap_, sizeof(*(a)));	\
			(cap) = cap_;					\
		}							\
	} while (0)

/* A mistake of ours: prints place and text, aborts. */
#define BUG(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)
#define BUG_ON(cond) do { if (cond) BUG("%s", #cond); } while (0)
void bug_at(const char *file, int line, const char *fmt, ...)
	__attribute__((noreturn, format(printf, 3, 4)));

#endif
