// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ways (see way.h). From entries they follow the origin that each function got
 * first. From holders a tree is grown, breadth first, over the functions that
 * are entered with the resource held; trees are kept until the pass ends.
 */
#include "judge/way.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { WAY_MAX = 64 };	/* longer ones are cut at the top */

static const struct origin *origin_of(const struct pass *ps, uint32_t fn,
				      enum level level)
{
	if (ps->ctx[fn].levels & 1 << level)
		return &ps->origin[level][fn];
	if (ps->all->base && ps->all->base[fn].levels & 1 << level)
		return &ps->all->base_origin[level][fn];
	return NULL;
}

static struct way make_way(struct arena *a, const struct hop *top_last,
			   uint32_t nr)
{
	struct way w = { .nr = nr };

	w.v = ARENA_ARRAY(a, struct hop, nr);
	for (uint32_t i = 0; i < nr; i++)
		w.v[i] = top_last[nr - 1 - i];
	return w;
}

struct way way_from_entry(const struct pass *ps, struct arena *a, uint32_t fn,
			  uint32_t event, enum level level)
{
	struct hop hops[WAY_MAX] = { { fn, event } };
	uint32_t nr = 1;

	while (nr < WAY_MAX) {
		const struct hop *top = &hops[nr - 1];
		const struct origin *o;

		if (level > LEVEL_NONE &&
		    point_at(ps->all->pts, top->fn, top->event)->open_must >=
		    level)
			break;
		o = origin_of(ps, top->fn, level);
		if (!o || o->fn == FN_NONE)
			break;
		hops[nr++] = (struct hop){ o->fn, o->event };
	}
	return make_way(a, hops, nr);
}

static bool set_has(const struct points *pts, uint32_t set, ref_t ref)
{
	uint32_t nr;
	const ref_t *refs = points_set(pts, set, &nr);

	for (uint32_t i = 0; i < nr; i++)
		if (refs[i] == ref)
			return true;
	return false;
}

/* The functions that are entered with @ref held below @level, each with the
 * call that brought it there first. */
struct tree {
	ref_t ref;
	enum level level;
	struct map index;	/* fn -> node + 1 */
	struct hop *from;	/* by node; fn FN_NONE: it always holds @ref */
	uint32_t *fn;		/* by node */
	uint32_t nr, cap;
	struct tree *next;
};

void way_forget(struct pass *ps)
{
	struct tree *t, *next;

	for (t = ps->trees; t; t = next) {
		next = t->next;
		map_release(&t->index);
		free(t->from);
		free(t->fn);
		free(t);
	}
	ps->trees = NULL;
}

static const struct context *context_of(const struct pass *ps, uint32_t fn)
{
	if (ps->ctx[fn].levels || !ps->all->base ||
	    walk_is_leaf(ps->all->walk, fn))
		return &ps->ctx[fn];
	return &ps->all->base[fn];
}

static void add_node(struct tree *t, uint32_t fn, struct hop from)
{
	uint32_t *slot = map_at(&t->index, fn, NULL);

	if (*slot)
		return;
	if (t->nr == t->cap) {
		GROW(t->from, t->nr, t->cap);
		t->fn = xreallocarray(t->fn, t->cap, sizeof(*t->fn));
	}
	t->from[t->nr] = from;
	t->fn[t->nr] = fn;
	*slot = ++t->nr;
}

/* Everything that the call @hop enters. */
static void add_targets(const struct pass *ps, struct tree *t, struct hop hop)
{
	const struct contexts *c = ps->all;
	const struct facts *facts = program_fn_file(c->p, hop.fn)->facts;
	bool indirect = facts->events[hop.event].kind == EV_ICALL;
	const struct target *to;
	size_t nr;

	if (point_at(c->pts, hop.fn, hop.event)->open_must > t->level)
		return;
	to = program_targets(c->p, hop.fn, hop.event, &nr);
	for (size_t i = 0; i < nr; i++)
		if (walk_context(c->walk, hop.fn, to[i].fn, to[i].how,
				 indirect, ps->colour) &&
		    c->imposed->level[to[i].fn] <= t->level &&
		    context_of(ps, to[i].fn)->levels & 1 << t->level)
			add_node(t, to[i].fn, hop);
}

static void grow(const struct pass *ps, struct tree *t, uint32_t node)
{
	const struct contexts *c = ps->all;
	uint32_t fn = t->fn[node];
	const struct func *f = program_func(c->p, fn);
	const struct facts *facts = program_fn_file(c->p, fn)->facts;

	for (uint32_t i = 0; i < f->nr_events; i++) {
		struct hop hop = { fn, f->first_event + i };
		uint8_t kind = facts->events[hop.event].kind;

		if ((kind == EV_CALL || kind == EV_ICALL) &&
		    !set_has(c->pts, point_at(c->pts, fn, hop.event)->released,
			     t->ref))
			add_targets(ps, t, hop);
	}
}

static void plant(const struct pass *ps, struct tree *t)
{
	const struct contexts *c = ps->all;
	uint32_t nr;
	const struct holder *h = reclaim_holders(c->reclaim, t->ref, &nr);

	for (uint32_t i = 0; i < nr; i++)
		if (context_of(ps, h[i].fn)->levels & 1 << t->level)
			add_targets(ps, t, (struct hop){ h[i].fn,
							 h[i].event });
	for (uint32_t i = 0; i < ps->nr_touched; i++)
		if (set_has(c->pts, c->imposed->held[ps->touched[i]], t->ref))
			add_node(t, ps->touched[i],
				 (struct hop){ .fn = FN_NONE });
	for (uint32_t i = 0; i < t->nr; i++)
		grow(ps, t, i);
}

static struct tree *tree_of(struct pass *ps, ref_t ref, enum level level)
{
	struct tree *t;

	for (t = ps->trees; t; t = t->next)
		if (t->ref == ref && t->level == level)
			return t;
	t = xcalloc(1, sizeof(*t));
	t->ref = ref;
	t->level = level;
	map_init(&t->index);
	t->next = ps->trees;
	ps->trees = t;
	plant(ps, t);
	return t;
}

struct way way_from_holder(struct pass *ps, struct arena *a, uint32_t fn,
			   uint32_t event, ref_t ref, enum level level)
{
	struct hop hops[WAY_MAX] = { { fn, event } };
	uint32_t nr = 1, node;
	struct tree *t;

	if (set_has(ps->all->pts, point_at(ps->all->pts, fn, event)->held, ref))
		return make_way(a, hops, 1);
	t = tree_of(ps, ref, level);
	node = map_get(&t->index, fn, 0);
	if (!node)
		return (struct way){ 0 };
	while (node && nr < WAY_MAX && t->from[node - 1].fn != FN_NONE) {
		const struct hop *from = &t->from[node - 1];

		hops[nr++] = *from;
		if (set_has(ps->all->pts, point_at(ps->all->pts, from->fn,
						   from->event)->held, ref))
			break;
		node = map_get(&t->index, from->fn, 0);
	}
	return make_way(a, hops, nr);
}
