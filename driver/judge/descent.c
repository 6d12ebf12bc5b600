// SPDX-License-Identifier: GPL-2.0-only
/*
 * Descents (see descent.h): breadth first, cut where the allocations found
 * bottom-up, which mix all colours and so are never farther, are too far.
 */
#include "judge/descent.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"

enum { NODES_MAX = 2000 };	/* calls looked at */

/* A call; @up is the one that led to its function, + 1. */
struct node {
	struct hop hop;
	uint32_t up;
	uint8_t depth;
};

void descent_init(struct descent *ds, const struct allocs *a)
{
	memset(ds, 0, sizeof(*ds));
	ds->allocs = a;
}

void descent_release(struct descent *ds)
{
	free(ds->nodes);
}

static void add(struct descent *ds, struct hop hop, uint32_t up,
		uint8_t depth)
{
	GROW(ds->nodes, ds->nr, ds->cap);
	ds->nodes[ds->nr++] = (struct node){ hop, up, depth };
}

/* Has @hop's function let go of @ref, which its caller holds? */
static bool is_released(const struct descent *ds, struct hop hop, ref_t ref)
{
	const struct points *pts = ds->allocs->pts;
	uint32_t nr;
	const ref_t *refs = points_set(pts, point_at(pts, hop.fn, hop.event)->
				       released, &nr);

	for (uint32_t i = 0; i < nr; i++)
		if (refs[i] == ref)
			return true;
	return false;
}

/* The calls of @fn that may lead to an allocation near enough. */
static void enter(struct descent *ds, uint32_t fn, uint32_t up, ref_t ref,
		  enum level level)
{
	const struct func *f = program_func(ds->allocs->walk->p, fn);
	uint8_t depth = ds->nodes[up - 1].depth + 1;

	for (uint32_t i = 0; i < f->nr_events; i++) {
		struct hop hop = { fn, f->first_event + i };
		struct alloc x = alloc_at(ds->allocs, fn, hop.event, level);

		if (x.depth != ALLOC_NONE && depth + x.depth < DESCENT_MAX &&
		    !is_released(ds, hop, ref))
			add(ds, hop, up, depth);
	}
}

static void follow(struct descent *ds, uint32_t at, ref_t ref,
		   enum level level, uint32_t colour, struct map *seen)
{
	const struct walk *walk = ds->allocs->walk;
	struct hop hop = ds->nodes[at].hop;
	bool indirect = program_fn_file(walk->p, hop.fn)->facts->
			events[hop.event].kind == EV_ICALL;
	size_t nr;
	const struct target *t = program_targets(walk->p, hop.fn, hop.event,
						 &nr);

	for (size_t i = 0; i < nr; i++) {
		uint32_t *slot;

		if (!alloc_follows(ds->allocs, &t[i], level) ||
		    !walk_context(walk, hop.fn, t[i].fn, t[i].how, indirect,
				  colour))
			continue;
		slot = map_at(seen, t[i].fn, NULL);
		if (!*slot)
			enter(ds, t[i].fn, at + 1, ref, level);
		*slot = 1;
	}
}

static uint32_t way_to(const struct descent *ds, uint32_t at,
		       struct hop *hops)
{
	uint32_t nr = ds->nodes[at].depth + 1;

	for (uint32_t i = nr; i--; at = ds->nodes[at].up - 1)
		hops[i] = ds->nodes[at].hop;
	return nr;
}

uint32_t descent_find(struct descent *ds, struct hop top, ref_t ref,
		      enum level level, uint32_t colour, struct hop *hops)
{
	struct map seen;
	uint32_t nr = 0;

	ds->nr = 0;
	map_init(&seen);
	add(ds, top, 0, 0);
	for (uint32_t i = 0; i < ds->nr && i < NODES_MAX && !nr; i++) {
		struct hop hop = ds->nodes[i].hop;

		if (!alloc_at(ds->allocs, hop.fn, hop.event, level).depth)
			nr = way_to(ds, i, hops);
		else
			follow(ds, i, ref, level, colour, &seen);
	}
	map_release(&seen);
	return nr;
}
