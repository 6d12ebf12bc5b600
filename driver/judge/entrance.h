/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Entrances: where contexts begin, at functions that run with no scope and
 * nothing held by anybody we know, and what is not known of functions.
 */
#ifndef JUDGE_ENTRANCE_H
#define JUDGE_ENTRANCE_H

#include "judge/points.h"
#include "judge/walk.h"

enum doubt {
	DOUBT_POINTER = 1,	/* entered through a pointer nobody resolves */
	DOUBT_BOUND = 2,	/* a caller's data flow hit a bound */
	DOUBT_BROKEN = 4,	/* a caller was not understood */
	DOUBT_BY_NAME = 8,	/* a pointer matched by member name only */
	DOUBT_FAR = 16,		/* the same, but for code of no leaf above, or
				 * through a member of a known struct */
	DOUBT_MASK = 32,	/* not all places where the mask acts are
				 * known: see view.lost */
};

struct entrances {
	bool *is;		/* by function: is it one? */
	uint8_t *doubts;	/* by function: set of enum doubt, of who
				 * enters there */
	uint8_t *inside;	/* by function: of what it does itself */
};

void entrances_make(struct entrances *e, const struct walk *w,
		    const struct points *pts);
void entrances_release(struct entrances *e);

#endif
