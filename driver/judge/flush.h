/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Flushes: a task that waits for a work item waits for all that the function
 * of the item does, in whatever thread that runs.
 *
 * Items and queues have the names that locks have (ref.h): by struct and
 * member, or as variables. One that is the result of a call is not found.
 */
#ifndef JUDGE_FLUSH_H
#define JUDGE_FLUSH_H

#include "base/map.h"
#include "judge/ref.h"

struct flushes {
	const struct program *p;
	const struct knowledge *k;
	struct refs *refs;
	struct map names;	/* name (atom) -> index + 1 in knowledge.asyncs,
				 * then in knowledge.works */
	struct map items;	/* ref of an item -> first of its functions */
	struct map queues;	/* ref of a queue -> first of its items */
	struct flush_link {
		uint32_t what;	/* a function, or the ref of an item */
		uint32_t next;	/* in links, 0: the last */
	} *links;		/* links[0] is unused */
	uint32_t nr, cap;
};

/** flushes_make() - which function each work item runs, and which items each
 * workqueue gets. Reads the events of all functions once.
 * @refs: gets the names of all that has one */
void flushes_make(struct flushes *fl, struct refs *refs);
void flushes_release(struct flushes *fl);

/* What is left of the functions that a call waits for. */
struct flush_iter {
	uint32_t item, fn;	/* in links */
};

/** flush_start() - the functions that the call @ev of @fn waits for: none when
 * it waits for no work. */
struct flush_iter flush_start(const struct flushes *fl, uint32_t fn,
			      const struct event *ev);

/** flush_next() - one of them, to @fn; false: there are no more. */
bool flush_next(const struct flushes *fl, struct flush_iter *it, uint32_t *fn);

#endif
