// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ways up (see through.h): a search from where the mask acts to the callers,
 * and theirs, which ends at the function asked for and where a scope is open.
 */
#include "judge/through.h"

#include <string.h>

#include "base/map.h"
#include "judge/live.h"

enum { CLIMB_MAX = 512 };	/* calls looked at */

struct rung {
	uint32_t fn, event;
	uint32_t below;		/* the one that it leads to; itself: none */
	uint32_t act;		/* where it ends: one of the mask's */
};

struct climb {
	const struct contexts *c;
	uint32_t fn;
	enum level level;
	struct rung v[CLIMB_MAX];
	uint32_t nr;
	struct map seen;	/* functions whose callers are in v */
	const struct mask_acts *acts;
	struct arena *a;
	struct through *out;
};

/* Ascending, each once. */
static bool add_event(struct through *t, uint32_t event)
{
	uint32_t i;

	for (i = 0; i < t->nr; i++)
		if (t->events[i] == event)
			return true;
	if (t->nr == THROUGH_MAX)
		return false;
	for (i = t->nr++; i && t->events[i - 1] > event; i--)
		t->events[i] = t->events[i - 1];
	t->events[i] = event;
	return true;
}

/* Can @fn run without any of its callers that are known? */
static bool has_more_callers(const struct climb *cl, uint32_t fn)
{
	const struct program *p = cl->c->p;

	return cl->c->entrances.is[fn] || cl->c->pts->overflow[fn] ||
	       program_func(p, fn)->flags & FUNC_BROKEN ||
	       program_has_stub(p, fn);
}

static bool add_callers(struct climb *cl, uint32_t at)
{
	const struct program *p = cl->c->p;
	uint32_t fn = cl->v[at].fn;
	const struct caller *callers;
	size_t nr;

	if (map_has(&cl->seen, fn))
		return true;
	map_set(&cl->seen, fn, 1);
	callers = program_callers(p, fn, &nr);
	if (!nr || has_more_callers(cl, fn) || cl->nr + nr > CLIMB_MAX)
		return false;
	for (size_t i = 0; i < nr; i++)
		cl->v[cl->nr++] = (struct rung){
			callers[i].fn, callers[i].event, at, cl->v[at].act };
	return true;
}

/* Is the scope that holds at the call no matter who calls strong enough? */
static bool is_covered(const struct climb *cl, uint32_t fn,
		       const struct point *pt)
{
	return pt->open_must >= cl->level ||
	       (!pt->closes && cl->c->imposed->level[fn] >= cl->level);
}

/* One call on a way up. Return: does each way from here end well? */
static bool step(struct climb *cl, uint32_t at)
{
	const struct rung *r = &cl->v[at];
	const struct point *pt = point_at(cl->c->pts, r->fn, r->event);

	if (is_covered(cl, r->fn, pt))
		return true;
	if (pt->closes)
		return false;
	if (r->fn == cl->fn)
		return add_event(cl->out, r->event);
	return add_callers(cl, at);
}

/* Where to begin to tell it: as far up as the site's own component reaches. */
static uint32_t top_of(const struct climb *cl, uint32_t at)
{
	const struct walk *w = cl->c->walk;
	uint32_t i = at, end = at;

	while (cl->v[end].below != end)
		end = cl->v[end].below;
	while (i != end &&
	       (w->component[cl->v[i].fn] != w->component[cl->v[end].fn] ||
		program_func(w->p, cl->v[i].fn)->flags &
		(FUNC_MACRO | FUNC_GENERATED)))
		i = cl->v[i].below;
	return i;
}

/* From the rung @at to where the mask acts. */
static struct way way_down(const struct climb *cl, uint32_t at)
{
	const struct way *act = &cl->acts->v[cl->v[at].act];
	struct way w = { .nr = act->nr };
	uint32_t i, n = 0;

	for (i = at; cl->v[i].below != i; i = cl->v[i].below)
		w.nr++;
	w.v = ARENA_ARRAY(cl->a, struct hop, w.nr);
	for (i = at; cl->v[i].below != i; i = cl->v[i].below)
		w.v[n++] = (struct hop){ cl->v[i].fn, cl->v[i].event };
	memcpy(w.v + n, act->v, act->nr * sizeof(*act->v));
	return w;
}

/* All the calls that are in the list, and those that they add. */
static bool climb(struct climb *cl)
{
	struct live how = {
		.p = cl->c->p, .lasts = &cl->c->reclaim->lasts,
	};
	bool all = true;

	for (uint32_t i = 0; i < cl->nr && !cl->out->beside.nr; i++) {
		struct way w;

		if (step(cl, i))
			continue;
		all = false;
		w = way_down(cl, i);
		if (live_way(&how, cl->c->pts->s->deciding, &w))
			cl->out->beside = way_down(cl, top_of(cl, i));
	}
	return all;
}

/* Where the mask goes down through the function itself, or through a scope,
 * nobody's callers matter. */
static bool add_way(struct climb *cl, uint32_t act)
{
	const struct way *w = &cl->acts->v[act];

	if (!w->nr || cl->nr == CLIMB_MAX)
		return false;
	for (uint32_t i = w->nr; i-- > 1; ) {
		const struct point *pt = point_at(cl->c->pts, w->v[i].fn,
						  w->v[i].event);

		if (is_covered(cl, w->v[i].fn, pt))
			return true;
		if (pt->closes)
			return false;
		if (w->v[i].fn == cl->fn)
			return add_event(cl->out, w->v[i].event);
	}
	cl->v[cl->nr] = (struct rung){ w->v[0].fn, w->v[0].event, cl->nr, act };
	cl->nr++;
	return true;
}

bool through_find(const struct contexts *c, struct arena *a,
		  const struct mask_acts *acts, uint32_t fn, enum level level,
		  struct through *out)
{
	struct climb cl = {
		.c = c, .fn = fn, .level = level, .acts = acts, .a = a,
		.out = out,
	};
	bool all = acts->nr > 0;

	memset(out, 0, sizeof(*out));
	map_init(&cl.seen);
	for (uint32_t i = 0; i < acts->nr && all; i++)
		all = add_way(&cl, i);
	all = all && climb(&cl) && out->nr;
	map_release(&cl.seen);
	return all;
}
