/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Flushes: a task that waits for a work item waits for all that the function
 * of the item does, in whatever thread that runs.
 *
 * Items and queues are told apart as locks are: by struct and member, or as
 * variables of one file. A work item that is reached in another way (an array,
 * the result of a call) is not found.
 */
#ifndef JUDGE_FLUSH_H
#define JUDGE_FLUSH_H

#include "base/map.h"
#include "link/program.h"

struct flushes {
	const struct program *p;
	const struct knowledge *k;
	struct map works;	/* name (atom) -> index + 1 in knowledge.works */
	struct map items;	/* key of an item -> first of its functions */
	struct map queues;	/* key of a queue -> first of its items */
	struct flush_link {
		uint64_t what;	/* a function, or the key of an item */
		uint32_t next;	/* in links, 0: the last */
	} *links;		/* links[0] is unused */
	uint32_t nr, cap;
};

/** flushes_make() - which function each work item runs, and which items each
 * workqueue gets. Reads the events of all functions once. */
void flushes_make(struct flushes *fl, const struct program *p,
		  const struct knowledge *k);
void flushes_release(struct flushes *fl);

/**
 * flushes_at() - the functions that the call @ev of @fn waits for.
 * @out: room for @max; more are left out
 * Return: their number, in no order that matters; 0 for a call that waits for
 *	none.
 */
unsigned int flushes_at(const struct flushes *fl, uint32_t fn,
			const struct event *ev, uint32_t *out,
			unsigned int max);

#endif
