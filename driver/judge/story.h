/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Evidence: ways and waits told as steps that a person can check.
 */
#ifndef JUDGE_STORY_H
#define JUDGE_STORY_H

#include "judge/acquire.h"
#include "judge/result.h"
#include "judge/view.h"

struct story {
	struct summaries *s;
	const struct reclaim *reclaim;
	struct arena *arena;	/* of the result */
	struct step *v;		/* being built */
	size_t nr, cap;
};

void story_init(struct story *st, struct summaries *s,
		const struct reclaim *r, struct arena *arena);
void story_release(struct story *st);

/** story_entry() - an "entry" step for the top of @way. */
void story_entry(struct story *st, const struct way *way);

/** story_acquire() - the step in which the top of @way takes @ref (a lock, or
 * a scope; followed down to the call that really does it). */
void story_acquire(struct story *st, const struct way *way, ref_t ref);

/** story_way() - a "call" step for each hop but the last. */
void story_way(struct story *st, const struct way *way);

/** story_site() - the last step: the site or allocation itself. */
void story_site(struct story *st, const struct hop *hop, const char *text);

/** story_wait() - from reclaim down to where it waits for @ref. */
void story_wait(struct story *st, const struct reclaim_set *set,
		const struct wait *wait, ref_t ref);

/** story_why() - a step of no place: what the knowledge says of reclaim. */
void story_why(struct story *st, const char *why);

/** story_take() - the chain built so far, in the arena; starts a new one. */
struct chain story_take(struct story *st);

/** story_ref() - the name of @ref in the arena. */
const char *story_ref(struct story *st, ref_t ref);

#endif
