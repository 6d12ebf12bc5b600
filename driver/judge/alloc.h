/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Allocations: which calls may allocate with __GFP_FS (and __GFP_IO) set,
 * directly or somewhere below, with no scope opened on the way.
 */
#ifndef JUDGE_ALLOC_H
#define JUDGE_ALLOC_H

#include "judge/points.h"
#include "judge/walk.h"

enum { ALLOC_NONE = UINT16_MAX };

/* The nearest allocation below a function. */
struct alloc {
	uint32_t event;		/* in the function: the call that leads on */
	uint32_t next;		/* function called there; FN_NONE: allocates */
	uint16_t depth;		/* calls to the allocation; ALLOC_NONE: none */
};

struct allocs {
	const struct points *pts;
	const struct walk *walk;
	const uint8_t *forced;
	struct alloc *of[LEVEL_NOIO];	/* by function; LEVEL_NONE: with
					 * __GFP_FS, LEVEL_NOFS: with __GFP_IO */
};

/** allocs_make() - @forced: see imposed.level; borrowed. */
void allocs_make(struct allocs *a, const struct points *pts,
		 const struct walk *walk, const uint8_t *forced);
void allocs_release(struct allocs *a);

/** alloc_at() - the nearest allocation at @event of @fn that a scope of
 * @level does not cover; depth ALLOC_NONE: there is none. */
struct alloc alloc_at(const struct allocs *a, uint32_t fn, uint32_t event,
		      enum level level);

/** alloc_follows() - does an allocation below the target @t count for the
 * call? */
bool alloc_follows(const struct allocs *a, const struct target *t,
		   enum level level);

#endif
