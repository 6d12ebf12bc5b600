/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Points: what is held, relative to the function's entry, at the calls, sites
 * and allocations of each function.
 */
#ifndef JUDGE_POINTS_H
#define JUDGE_POINTS_H

#include "judge/summary.h"

/* How strong a scope is: what it forbids allocations to do. */
enum level {
	LEVEL_NONE,		/* no scope */
	LEVEL_NOFS,
	LEVEL_NOIO,		/* implies NOFS (mm: current_gfp_context) */
	LEVEL_NR
};

static inline enum level level_of(unsigned int restriction)
{
	return restriction >= RESTRICT_NOIO ? LEVEL_NOIO :
	       restriction == RESTRICT_NOFS ? LEVEL_NOFS : LEVEL_NONE;
}

struct point {
	uint32_t held;		/* set: may be held, acquired since entry */
	uint32_t released;	/* set: surely released since entry */
	uint8_t open_must;	/* enum level: opened since entry */
	uint8_t open_may;
	bool closes;		/* the caller's scope may be closed here */
};

struct points {
	struct summaries *s;
	struct point *v;	/* v[0]: nothing held */
	uint32_t nr, cap;
	uint32_t **of;		/* by file: by event, index into v */
	uint32_t *sets;		/* pool: size, refs ascending; set 0 empty */
	uint32_t sets_len, sets_cap;
	struct map set_index;
	bool *overflow;		/* by function: a bound was hit */
};

/** points_make() - run the data flow of every function once more. */
void points_make(struct points *pts, struct summaries *s);
void points_release(struct points *pts);

/** point_at() - at event @event (index in the file's facts) of @fn. */
const struct point *point_at(const struct points *pts, uint32_t fn,
			     uint32_t event);

/** point_index() - its index in @pts->v; 0: nothing is held. Calls one after
 * the other at which the same holds have the same. */
uint32_t point_index(const struct points *pts, uint32_t fn, uint32_t event);

/** points_intern() - the id of the set of @nr refs, ascending. */
uint32_t points_intern(struct points *pts, const ref_t *refs, uint32_t nr);

/** points_add() - the id of the set that has @ref besides what @id has. */
uint32_t points_add(struct points *pts, uint32_t id, ref_t ref);

/** points_has() - is @ref in the set @id? */
bool points_has(const struct points *pts, uint32_t id, ref_t ref);

/** points_set() - the refs of set @id. */
const ref_t *points_set(const struct points *pts, uint32_t id, uint32_t *nr);

#endif
