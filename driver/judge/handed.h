/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions that run what is handed to them: through a parameter, or by handing
 * it on to another such function; and what they hold meanwhile.
 */
#ifndef JUDGE_HANDED_H
#define JUDGE_HANDED_H

#include "judge/points.h"
#include "judge/walk.h"

struct handed {
	uint32_t *held;		/* by function: set of points, all that it may
				 * hold at such a call, whichever parameter it
				 * runs: rather too much than too little */
	uint32_t *params;	/* by function: bits, the parameters it runs */
};

/** handed_make() - @pts gets the sets that are not there yet. */
void handed_make(struct handed *h, struct points *pts, const struct walk *w);
void handed_release(struct handed *h);

#endif
