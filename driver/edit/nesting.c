// SPDX-License-Identifier: GPL-2.0-only
/*
 * A function's flow graph and the points of a section go in; how many
 * sections are open at each event comes out. Two locks of one class that are
 * taken one inside the other need one scope, not two; and a mask is dropped
 * only where the section really is.
 */
#include "edit/nesting.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define UNSEEN	(-2)

struct walk {
	const struct facts *facts;
	const struct func *fn;
	const struct section *s;
	struct nesting *n;
	int *entry;		/* depth at the entry of each block */
	uint32_t *todo, nr_todo;
};

static int find_point(const struct section_point *p, size_t nr,
		      const struct event *e)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (p[i].line == e->line && p[i].column == e->column)
			return (int)i;
	return -1;
}

/* What is met again with another depth is not known. */
static void note(int *at, int depth)
{
	if (*at == UNSEEN)
		*at = depth;
	else if (*at != depth)
		*at = DEPTH_UNKNOWN;
}

static int step(struct walk *w, uint32_t event, int depth)
{
	const struct event *e = &w->facts->events[event];
	int i;

	note(&w->n->events[event - w->fn->first_event], depth);
	i = find_point(w->s->acquires, w->s->nr_acquires, e);
	if (i >= 0) {
		note(&w->n->acquires[i], depth);
		return depth == DEPTH_UNKNOWN ? depth : depth + 1;
	}
	i = find_point(w->s->releases, w->s->nr_releases, e);
	if (i >= 0) {
		note(&w->n->releases[i], depth);
		return depth == DEPTH_UNKNOWN ? depth : depth - 1;
	}
	return depth;
}

/* A block is looked at twice at most: the second time it is not known. */
static void enter(struct walk *w, uint32_t block, int depth)
{
	int *at = &w->entry[block], before = *at;

	note(at, depth < 0 ? DEPTH_UNKNOWN : depth);
	if (*at != before)
		w->todo[w->nr_todo++] = block;
}

static void run(struct walk *w, uint32_t block)
{
	const struct block *b = &w->facts->blocks[w->fn->first_block + block];
	int depth = w->entry[block];
	uint32_t i;

	for (i = 0; i < b->nr_events; i++)
		depth = step(w, b->first_event + i, depth);
	for (i = 0; i < w->fn->nr_edges; i++) {
		const struct edge *e =
			&w->facts->edges[w->fn->first_edge + i];

		if (e->from == block)
			enter(w, e->to, depth);
	}
}

static int *new_depths(size_t nr)
{
	int *v = xmalloc((nr + 1) * sizeof(*v));
	size_t i;

	for (i = 0; i <= nr; i++)
		v[i] = UNSEEN;
	return v;
}

void nesting_init(struct nesting *n, const struct facts *facts,
		  const struct func *fn, const struct section *s)
{
	struct walk w = { .facts = facts, .fn = fn, .s = s, .n = n };

	n->acquires = new_depths(s->nr_acquires);
	n->releases = new_depths(s->nr_releases);
	n->events = new_depths(fn->nr_events);
	n->first_event = fn->first_event;
	n->nr_events = fn->nr_events;
	w.entry = new_depths(fn->nr_blocks);
	w.todo = xcalloc(2 * (size_t)fn->nr_blocks + 1, sizeof(*w.todo));
	if (fn->nr_blocks)
		enter(&w, 0, 0);
	while (w.nr_todo)
		run(&w, w.todo[--w.nr_todo]);
	free(w.entry);
	free(w.todo);
}

void nesting_release(struct nesting *n)
{
	free(n->acquires);
	free(n->releases);
	free(n->events);
	memset(n, 0, sizeof(*n));
}

int nesting_of_site(const struct nesting *n, const struct facts *facts,
		    uint32_t offset)
{
	uint32_t i, event;

	for (i = 0; i < facts->nr_sites; i++) {
		if (facts->sites[i].offset != offset || !facts->sites[i].event)
			continue;
		event = facts->sites[i].event - 1;
		if (event < n->first_event ||
		    event >= n->first_event + n->nr_events)
			return DEPTH_UNKNOWN;
		return n->events[event - n->first_event] < 0 ? DEPTH_UNKNOWN :
		       n->events[event - n->first_event];
	}
	return DEPTH_UNKNOWN;
}
