// SPDX-License-Identifier: GPL-2.0-only
/*
 * Workers: code for whose progress reclaim waits holds no lock that could be
 * named, and yet must not wait for reclaim. One finding for each function
 * that the knowledge names (or that stands where it says), at the nearest
 * allocation that no scope covers.
 *
 * Of a driver's or file system's function only where reclaim can come to that
 * driver or file system at all.
 */
#include <string.h>

#include "base/mem.h"
#include "judge/descent.h"
#include "judge/finding.h"

enum { WORKER_HOPS = 4 };	/* hops to an allocation that is told */

struct found {
	struct hop hops[DESCENT_MAX];
	uint32_t nr;		/* 0: nothing yet */
	uint32_t place;
	enum level level;
};

/* Does it matter to @c, in the component of @fn, what it allocates? */
static bool matters(const struct decision *d, const struct know_context *c,
		    uint32_t fn)
{
	uint32_t comp = d->walk->component[fn];

	if (!walk_is_leaf(d->walk, fn))
		return true;
	return (c->fs && reclaim_has_side(d->reclaim, SIDE_FS, comp)) ||
	       (c->io && reclaim_has_side(d->reclaim, SIDE_IO, comp));
}

static void look(const struct views *vs, struct descent *ds, uint32_t place,
		 struct found *best)
{
	const struct place *pl = &vs->places[place];
	const struct walk *walk = vs->all->walk;
	const struct know_context *c = vs->all->imposed->worker[pl->fn];
	enum level level = c->fs ? LEVEL_NONE : LEVEL_NOFS;
	struct hop hops[DESCENT_MAX];
	uint32_t nr;

	if (!(vs->v[place].levels & 1 << LEVEL_NONE) ||
	    point_at(vs->all->pts, pl->fn, pl->event)->open_may > level)
		return;
	nr = descent_find(ds, (struct hop){ pl->fn, pl->event }, 0, level,
			  walk_is_leaf(walk, pl->fn) ?
			  walk->component[pl->fn] : COLOUR_NONE, hops);
	if (!nr || nr > WORKER_HOPS || (best->nr && best->nr <= nr))
		return;
	memcpy(best->hops, hops, nr * sizeof(*hops));
	best->nr = nr;
	best->place = place;
	best->level = level;
}

/* Is the allocation told for the first time? A near one always is. */
static bool is_first(struct map *told, const struct found *b)
{
	const struct hop *last = &b->hops[b->nr - 1];
	uint32_t *slot = map_at(told, map_pair(last->fn, last->event), NULL);

	return ++*slot == 1 || b->nr == 1;
}

static void report(struct decision *d, const struct views *vs, uint32_t fn,
		   struct found *b)
{
	const struct know_context *c = vs->all->imposed->worker[fn];
	const struct hop *last = &b->hops[b->nr - 1];
	const struct facts *facts = program_fn_file(d->s->p, last->fn)->facts;
	const char *callee = facts_str(facts, facts->events[last->event].name);
	const struct func *func = program_func(d->s->p, fn);
	struct way w = { b->hops, b->nr };
	struct arena *a = &d->r->arena;
	struct result_finding *f;

	f = finding_add(d, RULE_MISSING_SCOPE, fn, func->line, func->column);
	f->confidence = b->nr <= 2 && !vs->v[b->place].doubts ?
			CONF_MODERATE : CONF_LOW;
	f->message = arena_printf(a, "reclaim waits for what this does, and it "
		"calls %s()%s%s%s with no %s scope", callee,
		last->fn == fn ? "" : " in ",
		last->fn == fn ? "" : atom_str(program_atoms(d->s->p),
		program_fn(d->s->p, last->fn)->name),
		last->fn == fn ? "" : "()",
		b->level == LEVEL_NONE ? "NOFS" : "NOIO");
	story_entry(&d->story, &w);
	story_way(&d->story, &w);
	story_site(&d->story, last,
		   arena_printf(a, "%s() may enter reclaim", callee));
	f->evidence = story_take(&d->story);
	story_why(&d->story, c->why);
	f->reclaim = story_take(&d->story);
}

void find_workers(struct decision *d, const struct views *vs,
		  const struct allocs *a)
{
	struct descent ds;
	struct map told;	/* allocations */

	map_init(&told);
	descent_init(&ds, a);
	for (uint32_t i = 0; i < vs->nr; ) {
		uint32_t fn = vs->places[i].fn;
		struct found best = { .nr = 0 };

		for (; i < vs->nr && vs->places[i].fn == fn; i++)
			if (vs->places[i].site == UINT32_MAX &&
			    vs->all->imposed->worker[fn])
				look(vs, &ds, i, &best);
		if (best.nr && matters(d, vs->all->imposed->worker[fn], fn) &&
		    is_first(&told, &best))
			report(d, vs, fn, &best);
	}
	descent_release(&ds);
	map_release(&told);
}
