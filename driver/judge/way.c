// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ways (see way.h). From entries they follow the origin that each function
 * got first; from holders and from who opened a scope they are searched
 * backwards, breadth first.
 */
#include "judge/way.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/live.h"

enum { WAY_MAX = 64 };	/* longer ones are cut at the top */

static const struct origin *origin_of(const struct pass *ps, uint32_t fn,
				      enum level level)
{
	if (ps->ctx[fn].levels & 1 << level)
		return &ps->origin[level][fn];
	if (ps->all->base && ps->all->base->ctx[fn].levels & 1 << level)
		return &ps->all->base->origin[level][fn];
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

/* What a scope opens that may be open, and may not, leads in a circle. */
static bool is_among(const struct hop *hops, uint32_t nr, uint32_t fn)
{
	for (uint32_t i = 0; i < nr; i++)
		if (hops[i].fn == fn)
			return true;
	return false;
}

struct way way_from_entry(const struct pass *ps, struct arena *a, uint32_t fn,
			  uint32_t event, enum level level)
{
	struct hop hops[WAY_MAX] = { { fn, event } };
	uint32_t nr = 1;

	while (nr < WAY_MAX) {
		const struct origin *o = origin_of(ps, hops[nr - 1].fn, level);

		if (!o || o->fn == FN_NONE || is_among(hops, nr, o->fn))
			break;
		hops[nr++] = (struct hop){ o->fn, o->event };
	}
	return make_way(a, hops, nr);
}

/* Backward search: each node remembers who it was found from. */
struct node {
	struct hop hop;
	uint32_t below;		/* index + 1 of the next node down; 0: site */
};

struct search {
	struct pass *ps;
	ref_t ref;		/* 0: a scope of `level` is looked for, or .. */
	uint16_t waited;	/* .. code that ENTRY_WAITED_* stands for */
	uint32_t bit;
	enum level level;
	const struct live *how;	/* NULL: constant arguments do not matter */
	bool cut;		/* a call was left out that is not done */
	bool open;		/* not all ways were looked at */
	struct node *nodes;
	uint32_t nr, cap;
	struct map seen;
};

/* Does the function of @hop hold the lock whoever calls it, at @hop? */
static bool takes(const struct search *s, const struct hop *hop)
{
	const struct contexts *c = s->ps->all;
	const struct point *pt = point_at(c->pts, hop->fn, hop->event);

	return points_has(c->pts, pt->held, s->ref) ||
	       (points_has(c->pts, c->imposed->held[hop->fn], s->ref) &&
		!points_has(c->pts, pt->released, s->ref));
}

/* May the function of @hop be entered at the level in @ps, with the lock? */
static bool enters(const struct search *s, const struct pass *ps, uint32_t fn)
{
	return ps && ps->ctx[fn].levels & 1 << s->level &&
	       pass_locks(ps, fn, s->level)[s->bit / 64] >> s->bit % 64 & 1;
}

static bool is_at_level(const struct search *s, uint32_t fn)
{
	const struct pass *base = s->ps->all->base;

	return (s->ps->ctx[fn].levels |
		(base ? base->ctx[fn].levels : 0)) & 1 << s->level;
}

/* Does @hop run for what reclaim waits for? 2: it is that itself. */
static int is_waited(const struct search *s, const struct hop *hop)
{
	const struct contexts *c = s->ps->all;
	const struct pass *base = c->base;
	unsigned int entries = s->ps->ctx[hop->fn].entries |
			       (base ? base->ctx[hop->fn].entries : 0);

	if (point_at(c->pts, hop->fn, hop->event)->open_must >= LEVEL_NOIO)
		return 0;
	if (c->imposed->waited[hop->fn] & s->waited)
		return 2;
	return (entries & s->waited) != 0;
}

/* May @hop run below the level with the lock held? 2: and takes it itself.
 * Likewise for a scope, and for what is waited for. */
static int holds(struct search *s, const struct hop *hop)
{
	const struct contexts *c = s->ps->all;
	const struct point *pt = point_at(c->pts, hop->fn, hop->event);

	if (s->waited)
		return is_waited(s, hop);
	if (!s->ref)
		return pt->open_must >= s->level ? 2 :
		       s->ps->ctx[hop->fn].levels != 0;
	if (!is_at_level(s, hop->fn) || pt->open_must > s->level)
		return 0;
	if (takes(s, hop))
		return 2;
	if (points_has(c->pts, pt->released, s->ref))
		return 0;
	if (points_has(c->pts, doors_held(&c->doors, hop->fn, s->level), s->ref))
		return 2;
	return enters(s, s->ps, hop->fn) || enters(s, c->base, hop->fn);
}

/* Does the pass, or the one of the shared code before it, follow the call? */
static bool is_followed(const struct search *s, const struct hop *hop,
			uint32_t to, uint8_t how, bool indirect)
{
	const struct walk *w = s->ps->all->walk;

	return walk_context(w, hop->fn, to, how, indirect, s->ps->colour) ||
	       (!walk_is_leaf(w, hop->fn) &&
		walk_context(w, hop->fn, to, how, indirect, COLOUR_NONE));
}

/* May the lock come in where the search does not see it: held by what a
 * function is handed to, or below a scope that the caller closes? */
static bool may_come_in(const struct search *s, const struct caller *from)
{
	const struct contexts *c = s->ps->all;
	size_t nr = 0;
	const struct target *t = NULL;

	if (from->how == TARGET_ARGUMENT && !s->waited)
		t = program_targets(c->p, from->fn, from->event, &nr);
	for (size_t i = 0; i < nr; i++)
		if (points_has(c->pts, c->handed->held[t[i].fn], s->ref))
			return true;
	return point_at(c->pts, from->fn, from->event)->closes;
}

/* Is the call of @to left out, for the constants that @from gives? What is
 * handed over gets others. */
static bool is_undone(const struct search *s, const struct caller *from,
		      const struct hop *to)
{
	struct hop hop = { from->fn, from->event };

	return s->how && from->how != TARGET_ARGUMENT &&
	       !live_call(s->how, s->ps->all->pts->s->deciding, &hop, to);
}

static void add_callers(struct search *s, uint32_t index)
{
	const struct contexts *c = s->ps->all;
	const struct node n = s->nodes[index];
	size_t nr;
	const struct caller *callers = program_callers(c->p, n.hop.fn, &nr);

	for (size_t i = 0; i < nr; i++) {
		struct hop hop = { callers[i].fn, callers[i].event };
		const struct facts *facts =
			program_fn_file(c->p, hop.fn)->facts;
		bool is_new;

		s->open |= s->how && may_come_in(s, &callers[i]);
		/* Most do not hold it: the caller's facts come after that. */
		if (!holds(s, &hop) ||
		    !is_followed(s, &hop, n.hop.fn, callers[i].how,
				 facts->events[hop.event].kind == EV_ICALL) ||
		    walk_is_handed(c->walk, hop.fn, hop.event))
			continue;
		if (is_undone(s, &callers[i], &n.hop)) {
			s->cut = true;
			continue;
		}
		map_at(&s->seen, map_pair(hop.fn, hop.event), &is_new);
		if (!is_new)
			continue;
		GROW(s->nodes, s->nr, s->cap);
		s->nodes[s->nr++] = (struct node){ hop, index + 1 };
	}
}

static struct way way_down(const struct search *s, struct arena *a,
			   uint32_t index)
{
	struct way w = { 0 };
	uint32_t i;

	for (i = index + 1; i; i = s->nodes[i - 1].below)
		w.nr++;
	w.v = ARENA_ARRAY(a, struct hop, w.nr);
	w.nr = 0;
	for (i = index + 1; i; i = s->nodes[i - 1].below)
		w.v[w.nr++] = s->nodes[i - 1].hop;
	return w;
}

static struct way find(struct search *s, struct arena *a, struct hop last,
		       uint32_t bound)
{
	struct way w = { 0 };
	uint32_t i;

	map_init(&s->seen);
	GROW(s->nodes, s->nr, s->cap);
	s->nodes[s->nr++] = (struct node){ last, 0 };
	for (i = 0; i < s->nr && s->nr < bound; i++) {
		if (holds(s, &s->nodes[i].hop) == 2) {
			w = way_down(s, a, i);
			break;
		}
		add_callers(s, i);
	}
	s->open |= i < s->nr;
	map_release(&s->seen);
	free(s->nodes);
	return w;
}

/* Where somebody from elsewhere comes in with the lock: the calls that lead
 * from who took it to @w. */
static struct way way_to_door(const struct search *s, struct arena *a,
			      struct way w)
{
	const struct contexts *c = s->ps->all;
	struct hop hops[DOOR_WAY];
	struct way to = { 0 };
	uint32_t nr;

	if (!w.nr || takes(s, &w.v[0]))
		return w;
	nr = doors_way(&c->doors, w.v[0].fn, s->ref, hops);
	to.v = ARENA_ARRAY(a, struct hop, nr + w.nr);
	while (nr)
		to.v[to.nr++] = hops[--nr];
	memcpy(to.v + to.nr, w.v, w.nr * sizeof(*w.v));
	to.nr += w.nr;
	return to;
}

struct way way_from_holder(struct pass *ps, struct arena *a, uint32_t fn,
			   uint32_t event, ref_t ref, enum level level,
			   uint32_t bound)
{
	struct search s = {
		.ps = ps, .ref = ref, .level = level,
		.bit = ps->all->reclaim->ref_bit[ref] - 1,
	};

	return way_to_door(&s, a, find(&s, a, (struct hop){ fn, event },
				       bound));
}

/* Likewise over calls only that are surely done. @none: out, see way_done() */
static struct way find_done(struct search *s, struct arena *a, struct hop at,
			    uint32_t bound, bool *none)
{
	const struct contexts *c = s->ps->all;
	const struct live how = { .p = c->p, .lasts = &c->reclaim->lasts,
				  .sure = true };
	struct way w;

	s->how = &how;
	s->open = point_at(c->pts, at.fn, at.event)->closes;
	w = find(s, a, at, bound);
	*none = !w.nr && s->cut && !s->open;
	return w;
}

struct way way_done(struct pass *ps, struct arena *a, struct hop at, ref_t ref,
		    uint32_t bound, bool *none)
{
	struct search s = {
		.ps = ps, .ref = ref, .level = LEVEL_NONE,
		.bit = ps->all->reclaim->ref_bit[ref] - 1,
	};

	return way_to_door(&s, a, find_done(&s, a, at, bound, none));
}

struct way way_from_waited(struct pass *ps, struct arena *a, struct hop at,
			   uint16_t waited, uint32_t bound, bool *none)
{
	struct search s = { .ps = ps, .waited = waited };

	return find_done(&s, a, at, bound, none);
}

struct way way_from_scope(struct pass *ps, struct arena *a, uint32_t fn,
			  uint32_t event, enum level level, uint32_t bound)
{
	struct search s = { .ps = ps, .level = level };

	return find(&s, a, (struct hop){ fn, event }, bound);
}
