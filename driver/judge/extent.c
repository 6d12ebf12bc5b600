// SPDX-License-Identifier: GPL-2.0-only
/*
 * A function's flow graph and the points of a section go in; whether its ends
 * pair, and how many calls lie outside of it on every path, comes out.
 */
#include "judge/extent.h"

#include <stdlib.h>

#include "base/mem.h"

/* What is known at a place: a set of 1 << how many sections may be open, as one
 * may lie in another of its kind. The last one stands for all that are more. */
enum { CLOSED = 1 << 0, DEEPEST = 1 << 7 };

struct extent {
	const struct facts *facts;
	const struct func *fn;
	const struct section *s;
	uint32_t line;
	bool flat;		/* a release ends all of them */
	uint8_t *state;		/* where each block is entered; 0: unseen */
	uint32_t idle;
	bool mixed;		/* both are possible where it matters */
	uint32_t event;		/* looked for, UINT32_MAX: none, .. */
	uint8_t at;		/* .. and what is known there */
};

static uint8_t deeper(const struct extent *x, uint8_t depths)
{
	return x->flat ? CLOSED << 1 : depths << 1 | (depths & DEEPEST);
}

static uint8_t higher(const struct extent *x, uint8_t depths)
{
	return x->flat ? CLOSED : depths >> 1 | (depths & (CLOSED | DEEPEST));
}

static bool is_point(const struct section_point *p, size_t nr,
		     const struct event *e)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (p[i].line == e->line && p[i].column == e->column)
			return true;
	return false;
}

static void look(struct extent *x, const struct event *e, uint8_t state)
{
	bool is_end = is_point(x->s->acquires, x->s->nr_acquires, e) ||
		      is_point(x->s->releases, x->s->nr_releases, e);

	if (is_end || e->kind == EV_RETURN)
		x->mixed |= (state & (state - 1)) != 0;
	else if (state == CLOSED && e->line >= x->line)
		x->idle += e->kind == EV_CALL || e->kind == EV_ICALL;
}

/* What is known at the end of a block. */
static uint8_t run(struct extent *x, uint32_t block, bool looks)
{
	const struct block *b = &x->facts->blocks[x->fn->first_block + block];
	uint8_t state = x->state[block];
	uint32_t i;

	for (i = 0; i < b->nr_events && state; i++) {
		const struct event *e =
			&x->facts->events[b->first_event + i];

		if (looks)
			look(x, e, state);
		if (looks && b->first_event + i == x->event)
			x->at = state;
		if (is_point(x->s->acquires, x->s->nr_acquires, e))
			state = deeper(x, state);
		else if (is_point(x->s->releases, x->s->nr_releases, e))
			state = higher(x, state);
	}
	return state;
}

static void walk(struct extent *x)
{
	bool more = x->fn->nr_blocks > 0;
	uint32_t i;

	x->state = xcalloc(x->fn->nr_blocks + 1, sizeof(*x->state));
	x->state[0] = CLOSED;
	while (more) {
		more = false;
		for (i = 0; i < x->fn->nr_edges; i++) {
			const struct edge *e =
				&x->facts->edges[x->fn->first_edge + i];
			uint8_t state = x->state[e->to];

			x->state[e->to] |= run(x, e->from, false);
			more |= state != x->state[e->to];
		}
	}
	for (i = 0; i < x->fn->nr_blocks; i++)
		run(x, i, true);
	free(x->state);
}

bool extent_pairs(const struct facts *facts, const struct func *fn,
		  const struct section *s)
{
	struct extent x = { .facts = facts, .fn = fn, .s = s,
			    .event = UINT32_MAX };

	walk(&x);
	return !x.mixed;
}

/* What is known in front of @event. */
static uint8_t state_at(const struct facts *facts, const struct func *fn,
			const struct section *s, uint32_t event, bool flat)
{
	struct extent x = { .facts = facts, .fn = fn, .s = s, .event = event,
			    .flat = flat };

	walk(&x);
	return x.at;
}

bool extent_holds(const struct facts *facts, const struct func *fn,
		  const struct section *s, uint32_t event)
{
	uint8_t state = state_at(facts, fn, s, event, true);

	return state && !(state & CLOSED);
}

bool extent_misses(const struct facts *facts, const struct func *fn,
		   const struct section *s, uint32_t event)
{
	return state_at(facts, fn, s, event, false) == CLOSED;
}

uint32_t extent_idle(const struct facts *facts, const struct func *fn,
		     const struct section *s, uint32_t line)
{
	struct extent x = { .facts = facts, .fn = fn, .s = s, .line = line,
			    .flat = true, .event = UINT32_MAX };

	walk(&x);
	return x.idle;
}

bool extent_is_near(const struct facts *facts, const struct func *fn,
		    const struct section *s, bool whole)
{
	uint32_t line = UINT32_MAX;
	size_t i;

	for (i = 0; i < s->nr_acquires; i++)
		if (s->acquires[i].line < line)
			line = s->acquires[i].line;
	return extent_idle(facts, fn, s, line) <= EXTENT_IDLE &&
	       (!whole || extent_idle(facts, fn, s, fn->line) <=
			  EXTENT_IDLE_WHOLE);
}
