// SPDX-License-Identifier: GPL-2.0-only
/*
 * Doors (see doors.h): from the calls of all functions that hold such a thing
 * down through their own driver, until a call leaves it.
 */
#include "judge/doors.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/after.h"

struct making {
	struct doors *d;
	struct points *pts;
	const struct reclaim *r;
	struct map seen;	/* hash of what a call brings where */
};

static void hold(struct making *m, const struct door_call *c)
{
	uint32_t **by_fn = &m->d->held[c->level], index = m->d->nr - 1, *slot;

	if (!*by_fn)
		*by_fn = xcalloc(program_nr_fns(m->d->walk->p) + 1,
				 sizeof(**by_fn));
	(*by_fn)[c->fn] = points_add(m->pts, (*by_fn)[c->fn], c->ref);
	slot = map_at(&m->d->found, map_pair(c->fn, c->ref), NULL);
	if (!*slot)
		*slot = index;
}

/* Has the same been brought there before? */
static bool is_new(struct making *m, const struct door_call *c)
{
	bool fresh;

	map_at(&m->seen, map_pair(c->fn, c->ref << 3 | c->outside << 2 |
				  c->level), &fresh);
	return fresh;
}

/* Does the call lead to what works on another file system? Not so one that
 * leads to code which does I/O: masks stay there for that. */
static bool leaves(const struct making *m, const struct door_call *c,
		   bool indirect)
{
	const struct walk *w = m->d->walk;

	return walk_leaves(w, c->from.fn, c->fn, indirect) &&
	       !reclaim_has_side(m->r, SIDE_IO, w->component[c->fn]);
}

/* Does the walk go on behind the call? In the driver's own code only: what the
 * network or the block layer come to for it, through pointers and doors of
 * their own, is hardly ever run with that held. */
static bool goes_on(const struct making *m, const struct door_call *c,
		    const struct lead *lead)
{
	const struct walk *w = m->d->walk;
	uint32_t home = w->component[c->from.fn];

	return w->component[c->fn] == home &&
	       walk_context(w, c->from.fn, c->fn, lead->how, lead->indirect,
			    home);
}

/* The call @lead, made with what @c says; its fn is the callee. */
static void call(struct making *m, const struct lead *lead,
		 struct door_call c)
{
	c.outside = leaves(m, &c, lead->indirect);
	if ((!c.outside && !goes_on(m, &c, lead)) || !is_new(m, &c))
		return;
	GROW(m->d->calls, m->d->nr, m->d->cap);
	m->d->calls[m->d->nr++] = c;
	if (c.outside)
		hold(m, &c);
}

/* What is held by the function itself at one of its calls. */
static void begin(struct making *m, uint32_t fn, const struct lead *lead)
{
	const struct point *pt = &m->pts->v[lead->point];
	uint32_t nr, set = pt->held;
	const ref_t *refs = points_set(m->pts, set, &nr);

	for (uint32_t i = 0; i < nr && pt->open_must < LEVEL_NOIO; i++) {
		struct door_call c = {
			.fn = lead->fn, .from = { fn, lead->event },
			.ref = refs[i], .level = pt->open_must,
		};

		if (ref_is_for_io(&m->pts->s->refs, c.ref) &&
		    !after_release(m->pts->s, fn, c.ref, lead->event))
			call(m, lead, c);
		refs = points_set(m->pts, set, &nr);
	}
}

/* The calls of a function that was entered. */
static void go_on(struct making *m, uint32_t index)
{
	const struct door_call at = m->d->calls[index];
	const struct leads *l = m->d->leads;

	for (size_t i = l->first[at.fn]; i < l->first[at.fn + 1]; i++) {
		const struct lead *lead = &l->v[i];
		const struct point *pt = &m->pts->v[lead->point];
		struct door_call c = at;

		c.fn = lead->fn;
		c.from = (struct hop){ at.fn, lead->event };
		c.up = index;
		if (pt->open_must > c.level)
			c.level = pt->open_must;
		if (c.level < LEVEL_NOIO && !points_has(m->pts, pt->released, c.ref))
			call(m, lead, c);
	}
}

void doors_make(struct doors *d, struct points *pts, const struct reclaim *r,
		const struct leads *leads)
{
	struct making m = { .d = d, .pts = pts, .r = r };
	const struct walk *walk = r->walk;

	*d = (struct doors){ .pts = pts, .walk = walk, .leads = leads };
	map_init(&m.seen);
	map_init(&d->found);
	GROW(d->calls, d->nr, d->cap);
	memset(&d->calls[d->nr++], 0, sizeof(*d->calls));
	for (uint32_t fn = 0; fn < program_nr_fns(walk->p); fn++) {
		if (walk->kind[walk->component[fn]] != COMP_STACKING)
			continue;
		for (size_t i = leads->first[fn]; i < leads->first[fn + 1]; i++)
			if (leads->v[i].point)
				begin(&m, fn, &leads->v[i]);
	}
	for (uint32_t i = 1; i < d->nr; i++)
		if (!d->calls[i].outside)
			go_on(&m, i);
	map_release(&m.seen);
}

void doors_release(struct doors *d)
{
	for (int l = 0; l < LEVEL_NOIO; l++)
		free(d->held[l]);
	free(d->calls);
	map_release(&d->found);
}

uint32_t doors_way(const struct doors *d, uint32_t fn, ref_t ref,
		   struct hop *out)
{
	uint32_t i = map_get(&d->found, map_pair(fn, ref), 0), nr = 0;

	for (; i && nr < DOOR_WAY; i = d->calls[i].up)
		out[nr++] = d->calls[i].from;
	return nr;
}
