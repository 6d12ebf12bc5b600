/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Waits: of all places where reclaim may wait for something, the one that
 * says most.
 */
#ifndef JUDGE_WAIT_H
#define JUDGE_WAIT_H

#include "judge/reclaim.h"

/** wait_grades() - fill in the grade of each wait of @set. */
void wait_grades(struct reclaim_set *set, const struct knowledge *k);

/** wait_root() - the visit that the chain to @w starts with: a root, or what
 * a task does that holds what reclaim waits for (its via is set). NULL: there
 * is no visit, @w says what is known. */
const struct visit *wait_root(const struct reclaim_set *set,
			      const struct wait *w);

/** wait_is_super() - does reclaim itself come to @w by way of the shrinker of
 * super blocks (knowledge: reclaim, super)? */
bool wait_is_super(const struct reclaim_set *set, const struct wait *w,
		   const struct knowledge *k);

/* A call of a chain. */
struct wait_call {
	const struct visit *to;
	uint32_t from, event;	/* function, event; one that holds to->via is
				 * no visit */
	bool lent;		/* gives an object that others use */
};

enum { WAIT_CHAIN = 63 };	/* calls of a chain that are told */

/**
 * wait_chain() - the calls from where reclaim begins, or from a task that holds
 * what it waits for, down to @w, the last one first.
 * @out: WAIT_CHAIN of them
 *
 * Where reclaim waits for an object in use, the chain is that by which one
 * comes to it, and not one that brings the dying object. Return: how many.
 */
unsigned int wait_chain(const struct reclaim_set *set, const struct wait *w,
			struct wait_call *out);

/** wait_first() - the function that the chain to @w begins in; FN_NONE: there
 * is no chain. */
uint32_t wait_first(const struct reclaim_set *set, const struct wait *w);

/** wait_is_odd() - is it an odd way of one leaf, from @set, which says little
 * about the shared code that @fn is in? */
bool wait_is_odd(const struct walk *walk, const struct reclaim_set *set,
		 const struct wait *w, uint32_t fn);

#endif
