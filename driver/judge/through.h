/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Through which calls of one function all ways to a site lead: what a scope
 * in that function has to hold for the site's mask to be needless.
 */
#ifndef JUDGE_THROUGH_H
#define JUDGE_THROUGH_H

#include "base/arena.h"
#include "judge/context.h"
#include "judge/mask.h"

enum { THROUGH_MAX = 16 };

struct through {
	uint32_t events[THROUGH_MAX];	/* of the function, ascending */
	uint32_t nr;
	struct way beside;	/* where they do not: one that leads past the
				 * function, down to where the mask acts; nr 0:
				 * none is known that is not excluded by the
				 * arguments of its calls */
};

/**
 * through_find() - do all ways to the places where a mask acts, but for those
 * on which a scope of @level is open already, lead through @fn?
 * @acts: not lost, not stored
 *
 * Ways are followed up through all callers, whatever the pass. What cannot be
 * followed to its end counts as a way beside @fn.
 * @a: for the way that is found
 *
 * Return: true and @out->events, or false and @out->beside.
 */
bool through_find(const struct contexts *c, struct arena *a,
		  const struct mask_acts *acts, uint32_t fn, enum level level,
		  struct through *out);

#endif
