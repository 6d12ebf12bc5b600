/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Ranks: how sure a missing scope is, and which are told.
 */
#ifndef JUDGE_RANK_H
#define JUDGE_RANK_H

#include "judge/decide.h"
#include "judge/descent.h"

/* A section of @place's function, and an allocation in it. */
struct candidate {
	uint32_t place, fn;
	const struct hazard *hazard;
	uint16_t depth;		/* no allocation is nearer, in any colour */
	uint8_t level;
	uint8_t nr_hops;	/* 0: not looked for yet */
	uint32_t more;		/* sections of the same that it stands for */
	struct hop hops[DESCENT_MAX];	/* from the section to it */
};

/** rank_is_coarse() - is @ref a pseudo-lock that proves little by itself
 * (knowledge: coarse)? */
bool rank_is_coarse(const struct decision *d, ref_t ref);

/** rank() - how sure it is that the section of @c needs a scope. */
enum confidence rank(const struct decision *d, const struct views *vs,
		     const struct candidate *c);

/**
 * rank_gather() - keep what can be read: of many unsure sections of one lock
 * in one component the first stands for all, and what nothing proves goes.
 * @list: in the order of functions and refs
 * Return: how many are kept, in front of @list.
 */
size_t rank_gather(const struct decision *d, const struct views *vs,
		   struct candidate *list, size_t nr);

#endif
