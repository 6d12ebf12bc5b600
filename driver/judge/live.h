/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Live blocks: which parts of a function a task runs that is in reclaim.
 */
#ifndef JUDGE_LIVE_H
#define JUDGE_LIVE_H

#include "base/map.h"
#include "judge/hop.h"
#include "judge/spec.h"

enum live_block {
	BLOCK_DEAD,		/* not under PF_MEMALLOC */
	BLOCK_LIVE,
	BLOCK_LAST,		/* when some last reference goes only */
};

/* How a function is run. */
struct live {
	const struct program *p;
	const struct spec *spec;	/* for these arguments, NULL: any */
	const struct map *lasts;	/* names (atoms) of knowledge.lasts */
	bool sure;			/* only a zero decides, and only what
					 * compares it with nothing or a size:
					 * names that differ may be equal, and
					 * a number depends on its type */
	bool reclaim;			/* by the task that is in reclaim
					 * (PF_MEMALLOC is set), not by one
					 * that it waits for */
};

/** live_blocks() - by block of @fn: enum live_block. The caller frees it.
 *
 * A test of PF_MEMALLOC decides, in the function and in one that it calls for
 * an answer: when all that this can return in reclaim is one constant, the
 * comparison with it is decided, too.
 */
uint8_t *live_blocks(const struct live *how, uint32_t fn);

/** live_way() - can each call of @way be done with the constant arguments that
 * the one before hands down? @deciding: as of spec_deciding() */
bool live_way(const struct live *how, const uint32_t *deciding,
	      const struct way *way);

/** live_call() - is the call at @to done in the function that @from calls, with
 * each of the constants that it is given there? */
bool live_call(const struct live *how, const uint32_t *deciding,
	       const struct hop *from, const struct hop *to);

/** live_asks() - does @fn test whether it runs in reclaim? */
bool live_asks(const struct program *p, uint32_t fn);

#endif
