/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Leads: the calls that lead down to something that is looked at. What leads
 * nowhere needs no context.
 */
#ifndef JUDGE_LEADS_H
#define JUDGE_LEADS_H

#include "judge/points.h"
#include "judge/walk.h"

/* A call that some pass may follow. */
struct lead {
	uint32_t event;		/* of the caller */
	uint32_t fn;		/* callee */
	uint32_t point;		/* see point_index() */
	uint8_t how;		/* enum target_how */
	bool indirect;
};

struct leads {
	bool *leads;		/* by function: something that is looked at is
				 * in it, or below */
	struct lead *v;		/* by caller, event, callee; of several that
				 * say the same the first */
	size_t nr, cap;
	size_t *first;		/* in v, by function and one past the last */
	uint32_t *by_home;	/* functions that lead, by component */
	uint32_t *home_first;	/* in by_home, by component and one past */
};

/** leads_make() - what is looked at is in these @nr functions (repeats are
 * fine). Calls of a function's own parameters are none of the leads, see
 * walk_is_handed(). */
void leads_make(struct leads *l, const struct walk *w,
		const struct points *pts, const uint32_t *fns, size_t nr);
void leads_release(struct leads *l);

/** leads_of() - the functions of component @comp that lead, ascending. */
const uint32_t *leads_of(const struct leads *l, uint32_t comp, uint32_t *nr);

#endif
