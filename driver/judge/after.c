// SPDX-License-Identifier: GPL-2.0-only
/*
 * After a release (see after.h): from each one forwards through the blocks of
 * the function, up to where the lock is taken again.
 */
#include "judge/after.h"

#include <stdlib.h>

#include "base/mem.h"
#include "judge/acquire.h"

struct after {
	const struct facts *facts;
	const struct func *f;
	uint32_t event;		/* looked for */
	struct deed acq[ACQUIRE_MAX], rel[ACQUIRE_MAX];
	unsigned int nr_acq, nr_rel;
	uint32_t *queue, nr;	/* blocks to be looked at, .. */
	bool *seen;		/* .. by block: is or was in there */
};

static bool is_deed(const struct deed *deeds, unsigned int nr, uint32_t event)
{
	for (unsigned int i = 0; i < nr; i++)
		if (deeds[i].event == event)
			return true;
	return false;
}

static void push_next(struct after *x, uint32_t block)
{
	for (uint32_t i = 0; i < x->f->nr_edges; i++) {
		const struct edge *e = &x->facts->edges[x->f->first_edge + i];

		if (e->from != block || x->seen[e->to])
			continue;
		x->seen[e->to] = true;
		x->queue[x->nr++] = e->to;
	}
}

/* Go through a block that is entered with the lock let go of, or not yet. */
static bool finds(struct after *x, uint32_t block, bool released)
{
	const struct block *b = &x->facts->blocks[x->f->first_block + block];

	for (uint32_t e = b->first_event; e < b->first_event + b->nr_events;
	     e++) {
		if (released && e == x->event)
			return true;
		if (is_deed(x->rel, x->nr_rel, e))
			released = true;
		else if (is_deed(x->acq, x->nr_acq, e))
			released = false;
	}
	if (released)
		push_next(x, block);
	return false;
}

static bool looks(struct after *x)
{
	for (uint32_t b = 0; b < x->f->nr_blocks; b++)
		if (finds(x, b, false))
			return true;
	for (uint32_t i = 0; i < x->nr; i++)
		if (finds(x, x->queue[i], true))
			return true;
	return false;
}

bool after_release(struct summaries *s, uint32_t fn, ref_t ref,
		   uint32_t event)
{
	struct after x = {
		.facts = program_fn_file(s->p, fn)->facts,
		.f = program_func(s->p, fn), .event = event,
	};
	bool found;

	x.nr_acq = acquire_events(s, fn, ref, false, x.acq);
	x.nr_rel = acquire_events(s, fn, ref, true, x.rel);
	if (x.nr_acq == ACQUIRE_MAX || x.nr_rel == ACQUIRE_MAX)
		return false;	/* there may be more */
	x.queue = xcalloc(x.f->nr_blocks + 1, sizeof(*x.queue));
	x.seen = xcalloc(x.f->nr_blocks + 1, sizeof(*x.seen));
	found = looks(&x);
	free(x.queue);
	free(x.seen);
	return found;
}
