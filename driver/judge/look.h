/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Looks: what a walk from reclaim has to look at in a function. The same shared
 * code is come to from many components; what does not depend on the way there
 * is found once.
 */
#ifndef JUDGE_LOOK_H
#define JUDGE_LOOK_H

#include "judge/flush.h"
#include "judge/live.h"
#include "judge/walk.h"

/* A call that leads somewhere, or that waits. */
struct look_step {
	const struct know_api *api;	/* NULL: none */
	uint32_t event;			/* in the file's facts */
	uint32_t block;			/* in the function */
	bool flushes;			/* waits for a work item that is known */
};

struct look {
	struct look_step *v;	/* in the order of blocks, events */
	uint32_t nr;
	uint8_t *live[2];	/* live_blocks() of any arguments, in reclaim
				 * and ([1]) not; NULL: not asked for yet */
};

struct looks {
	const struct walk *walk;
	const struct flushes *flushes;
	const struct map *lasts;	/* see live.h */
	struct look **of;		/* by function, NULL: not seen yet */
};

/** looks_init() - @walk, @flushes and @lasts stay borrowed. One thread at a
 * time. */
void looks_init(struct looks *ls, const struct walk *walk,
		const struct flushes *flushes, const struct map *lasts);
void looks_release(struct looks *ls);

/** looks_of() - what there is in @fn; lives as long as @ls. */
struct look *looks_of(struct looks *ls, uint32_t fn);

/** looks_live() - live_blocks() of any arguments of @fn, which @l is of.
 * @bare: not in reclaim. Lives as long as @ls. */
const uint8_t *looks_live(struct looks *ls, struct look *l, uint32_t fn,
			  bool bare);

/** looks_step() - is the event @e of @fn a step? @out: filled but for the
 * block. */
bool looks_step(const struct looks *ls, uint32_t fn, uint32_t e,
		struct look_step *out);

#endif
