/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Through which calls of one function all ways to a site lead: what a scope
 * in that function has to hold for the site's mask to be needless.
 */
#ifndef JUDGE_THROUGH_H
#define JUDGE_THROUGH_H

#include "judge/context.h"
#include "judge/mask.h"

enum { THROUGH_MAX = 16 };

struct through {
	uint32_t events[THROUGH_MAX];	/* of the function, ascending */
	uint32_t nr;
	uint32_t beside;	/* where they do not: a function that a way
				 * comes from; FN_NONE: not known */
};

/**
 * through_find() - do all ways to the places where a mask acts, but for those
 * on which a scope of @level is open already, lead through @fn?
 * @acts: not lost, not stored
 *
 * Ways are followed up through all callers, whatever the pass. What cannot be
 * followed to its end counts as a way beside @fn.
 *
 * Return: true and @out->events, or false and @out->beside.
 */
bool through_find(const struct contexts *c, const struct mask_acts *acts,
		  uint32_t fn, enum level level, struct through *out);

#endif
