// SPDX-License-Identifier: GPL-2.0-only
/*
 * All steps are linear in blocks and edges.
 */
#include "read/cfg_tidy.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define NONE UINT32_MAX

struct tidy {
	struct block *blocks;
	struct edge *edges;
	uint32_t nr_blocks, nr_edges;
	uint32_t *first_out;	/* edges of block b: [first_out[b], [b+1]) */
	uint32_t *lead;		/* where an empty block leads to, NONE */
	uint32_t *number;	/* new number, NONE: dropped */
};

static void sort_edges(struct tidy *t)
{
	struct edge *to = xmalloc((t->nr_edges + 1) * sizeof(*to));
	uint32_t *at = t->first_out;

	memset(at, 0, (t->nr_blocks + 2) * sizeof(*at));
	for (uint32_t i = 0; i < t->nr_edges; i++)
		at[t->edges[i].from + 2]++;
	for (uint32_t i = 2; i < t->nr_blocks + 2; i++)
		at[i] += at[i - 1];
	for (uint32_t i = 0; i < t->nr_edges; i++)
		to[at[t->edges[i].from + 1]++] = t->edges[i];
	if (t->nr_edges)
		memcpy(t->edges, to, t->nr_edges * sizeof(*to));
	free(to);
}

/* Where each empty block with one plain edge leads to, at last. */
static void find_leads(struct tidy *t)
{
	for (uint32_t b = 0; b < t->nr_blocks; b++) {
		uint32_t first = t->first_out[b];

		t->lead[b] = NONE;
		if (b && !t->blocks[b].nr_events &&
		    t->first_out[b + 1] == first + 1 && !t->edges[first].cond &&
		    t->edges[first].to != b)
			t->lead[b] = t->edges[first].to;
	}
	for (uint32_t b = 0; b < t->nr_blocks; b++) {
		uint32_t end = b, next, steps = 0;

		while (t->lead[end] != NONE && steps++ <= t->nr_blocks)
			end = t->lead[end];
		if (t->lead[end] != NONE)	/* an empty endless loop */
			t->lead[end] = NONE;
		for (uint32_t i = b; i != end && t->lead[i] != NONE; i = next) {
			next = t->lead[i];
			t->lead[i] = end;
		}
	}
}

static bool same_ends(const struct edge *a, const struct edge *b)
{
	return a->from == b->from && a->to == b->to;
}

/* Both sides of a condition lead to the same block, or it is there twice. */
static bool is_idle(struct edge *old, const struct edge *e)
{
	if (!same_ends(old, e))
		return false;
	if (!old->cond || (old->cond == e->cond && old->taken == e->taken))
		return true;
	if (!e->cond || (old->cond == e->cond && old->taken != e->taken)) {
		old->cond = 0;
		old->taken = 0;
		return true;
	}
	return false;
}

static void lead_edges(struct tidy *t)
{
	uint32_t nr = 0;

	for (uint32_t i = 0; i < t->nr_edges; i++) {
		struct edge e = t->edges[i];

		if (t->lead[e.from] != NONE)
			continue;
		if (t->lead[e.to] != NONE)
			e.to = t->lead[e.to];
		if (nr && is_idle(&t->edges[nr - 1], &e))
			continue;
		t->edges[nr++] = e;
	}
	t->nr_edges = nr;
}

/* Number what can be reached from the entry, and what has events. */
static void number_blocks(struct tidy *t)
{
	uint32_t *todo = xmalloc((t->nr_blocks + 1) * sizeof(*todo));
	uint32_t nr = 0, next = 0;

	for (uint32_t b = 0; b < t->nr_blocks; b++)
		t->number[b] = NONE;
	for (uint32_t b = 0; b < t->nr_blocks; b++) {
		if ((b && !t->blocks[b].nr_events) || t->number[b] != NONE)
			continue;
		t->number[b] = 0;
		todo[nr++] = b;
		while (nr) {
			uint32_t from = todo[--nr];

			for (uint32_t i = t->first_out[from];
			     i < t->first_out[from + 1]; i++) {
				uint32_t to = t->edges[i].to;

				if (t->number[to] != NONE)
					continue;
				t->number[to] = 0;
				todo[nr++] = to;
			}
		}
	}
	for (uint32_t b = 0; b < t->nr_blocks; b++) {
		if (t->number[b] != NONE)
			t->number[b] = next++;
	}
	free(todo);
}

static void renumber(struct tidy *t)
{
	uint32_t nr = 0;

	for (uint32_t i = 0; i < t->nr_edges; i++) {
		struct edge e = t->edges[i];

		if (t->number[e.from] == NONE)
			continue;
		e.from = t->number[e.from];
		e.to = t->number[e.to];
		t->edges[nr++] = e;
	}
	t->nr_edges = nr;
	nr = 0;
	for (uint32_t b = 0; b < t->nr_blocks; b++) {
		if (t->number[b] != NONE)
			t->blocks[nr++] = t->blocks[b];
	}
	t->nr_blocks = nr;
}

void cfg_tidy(struct builder *b, uint32_t first_block, uint32_t first_edge)
{
	struct tidy t = {
		.blocks = b->blocks + first_block,
		.edges = b->edges + first_edge,
		.nr_blocks = b->nr_blocks - first_block,
		.nr_edges = b->nr_edges - first_edge,
	};
	size_t nr = t.nr_blocks + 2;

	t.first_out = xmalloc(3 * nr * sizeof(*t.first_out));
	t.lead = t.first_out + nr;
	t.number = t.lead + nr;
	sort_edges(&t);
	find_leads(&t);
	lead_edges(&t);
	sort_edges(&t);
	number_blocks(&t);
	renumber(&t);
	b->nr_blocks = first_block + t.nr_blocks;
	b->nr_edges = first_edge + t.nr_edges;
	free(t.first_out);
}
