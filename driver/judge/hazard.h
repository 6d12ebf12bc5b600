/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hazards: what may be held at a place and reclaim waits for, and the way from
 * whoever took it.
 */
#ifndef JUDGE_HAZARD_H
#define JUDGE_HAZARD_H

#include "judge/view.h"

/** place_restriction() - what the mask at @pl forbids: RESTRICT_*. */
unsigned int place_restriction(const struct views *vs, const struct place *pl);

/**
 * hazards_add() - for each of @locks that reclaim waits for, one more hazard
 * of @v.
 * @ps: the pass that sees the place
 * @a: gets the ways
 * @locks: bits of reclaim.bit_ref, ps->all->words words
 * @level: the scope under which they can be held
 */
void hazards_add(const struct views *vs, struct pass *ps, struct arena *a,
		 const struct place *pl, struct view *v, const uint64_t *locks,
		 enum level level);

/** hazards_add_own() - the same for what the function itself took, which is
 * enough for an allocation that is no site. */
void hazards_add_own(const struct views *vs, struct pass *ps, struct arena *a,
		     const struct place *pl, struct view *v);

/** hazards_waited() - where @v has no hazard but runs for what reclaim waits
 * for: on which way, or on none that is done. */
void hazards_waited(struct pass *ps, struct arena *a, const struct place *pl,
		    struct view *v);

/** hazard_way_in() - to @pl from an entry, or from whoever opened the scope of
 * @level. */
struct way hazard_way_in(struct pass *ps, struct arena *a,
			 const struct place *pl, enum level level);

/** hazard_is_last() - is @h told when nothing else is left: held by a driver
 * that calls the site from elsewhere, or neither sure to be held nor found to
 * be waited for? */
bool hazard_is_last(const struct refs *refs, const struct hazard *h);

/** hazard_is_better() - does @a say more than @b: no excuse, near, known way? */
bool hazard_is_better(const struct refs *refs, const struct hazard *a,
		      const struct hazard *b);

/** hazard_worst() - of all hazards of @v, or of those that are an instance;
 * NULL: there is none. */
const struct hazard *hazard_worst(const struct refs *refs,
				  const struct view *v, bool instances);

/** hazard_is_left_alone() - does reclaim come to the wait by way of the super
 * block's shrinker, while @fn runs only for one that this leaves alone? */
bool hazard_is_left_alone(const struct contexts *c, const struct hazard *h,
			  uint32_t fn);

#endif
