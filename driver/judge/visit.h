/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Visits: the functions that reclaim comes to through one component, how it
 * comes there, and what it knows of their parameters then.
 */
#ifndef JUDGE_VISIT_H
#define JUDGE_VISIT_H

#include "judge/ref.h"
#include "judge/spec.h"

struct visit {
	uint32_t fn;
	uint32_t from, event;	/* who called it; FN_NONE: a root */
	ref_t via;		/* not 0: `from` holds it and is no visit */
	const struct spec *spec;	/* the constant it is always called
				 * with; NULL: any arguments */
	uint32_t lent_from, lent_event;	/* see elsewhere */
	uint16_t own;		/* parameters that are the dying object */
	uint16_t elsewhere;	/* those that others point to, as the call
				 * `lent_event` gives one */
	uint16_t root;		/* index in knowledge.reclaim */
	uint16_t depth;
	bool kswapd;		/* only kswapd comes here */
	bool by_name;
	bool last;		/* reached only when some last reference goes */
	bool worker;		/* run by a worker that reclaim waits for: a
				 * root that does the I/O of others, or work
				 * that is flushed */
	bool bare;		/* by some way without PF_MEMALLOC */
};

/* Of each function at most one. */
struct visits {
	struct visit *v;	/* in the order of arrival */
	uint32_t nr, cap;
	uint32_t *by_fn;	/* indexes in v, by function; once all is there */
};

/** visits_done() - nothing is added any more. Its memory fits then, and
 * visits_find() works. */
void visits_done(struct visits *vs);
void visits_release(struct visits *vs);

/** visits_find() - the visit to @fn; NULL when reclaim does not come there. */
const struct visit *visits_find(const struct visits *vs, uint32_t fn);

/* The making of visits, of one list after the other. */
struct visiting {
	struct visits *to;
	uint32_t *slot;		/* by function: index + 1 in to->v */
	uint32_t *queue;	/* indexes of visits to be looked at */
	uint32_t head, nr, cap;
};

void visiting_init(struct visiting *vi, uint32_t nr_fns);
void visiting_release(struct visiting *vi);

/** visiting_begin(), visiting_end() - work on @to from here to there; it may
 * have visits already. */
void visiting_begin(struct visiting *vi, struct visits *to);
void visiting_end(struct visiting *vi);

/** visit_reach() - reclaim comes to @v->fn like this, too: keep what is
 * certain on all ways, and queue it if that has changed. */
void visit_reach(struct visiting *vi, const struct visit *v);

/** visit_next() - the index of the next visit to look at; false: no more. */
bool visit_next(struct visiting *vi, uint32_t *index);

#endif
