// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hazards (see hazard.h).
 */
#include "judge/hazard.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/fresh.h"
#include "judge/live.h"
#include "judge/wait.h"
#include "judge/way.h"

enum {
	WAYS = 6,	/* hazards of a site, per colour, that get a way */
	NEAR = 200,	/* calls looked at for each of them */
	FAR = 20000,	/* .. and for the first when none is near */
};

unsigned int place_restriction(const struct views *vs, const struct place *pl)
{
	if (pl->site == UINT32_MAX)
		return RESTRICT_NONE;
	return vs->sites[pl->site].site->restriction;
}

/* The function in which the mask acts. */
static uint32_t last_fn(const struct place *pl)
{
	return pl->way.nr ? pl->way.v[pl->way.nr - 1].fn : pl->fn;
}

/* Does lifting the restriction of @pl also let block I/O recurse into code
 * that is in its way? Then both sides of reclaim count. */
static bool both_sides(const struct views *vs, const struct place *pl,
		       uint32_t colour)
{
	const struct reclaim *r = vs->all->reclaim;

	return place_restriction(vs, pl) != RESTRICT_NOFS ||
	       reclaim_has_side(r, SIDE_IO, colour) ||
	       reclaim_has_side(r, SIDE_IO,
				vs->all->walk->component[pl->fn]) ||
	       reclaim_has_side(r, SIDE_IO,
				vs->all->walk->component[last_fn(pl)]);
}

static unsigned int how_bad(const struct views *vs, const struct place *pl,
			    const struct reclaim_set *set,
			    const struct wait *w)
{
	return w->grade + (wait_is_odd(vs->all->walk, set, w, pl->fn) ? 8 : 0) +
	       (w->kswapd ? 16 : 0);
}

static const struct wait *wait_for(const struct views *vs,
				   const struct place *pl, ref_t ref,
				   uint32_t colour, bool both,
				   struct hazard *h)
{
	const struct reclaim *r = vs->all->reclaim;
	uint32_t home = vs->all->walk->component[pl->fn];
	uint32_t there = vs->all->walk->component[last_fn(pl)];
	int first = ref_is_for_io(r->refs, ref) ? SIDE_IO : SIDE_FS;

	/* A file system that reclaim enters does I/O in the end. */
	both |= ref_is_for_io(r->refs, ref);
	for (int i = 0; i <= both; i++) {
		int side = (first + i) % SIDE_NR;
		const struct reclaim_set *set = NULL;
		const struct wait *w = reclaim_wait(r, ref, side, colour, &set);

		if (!w && home != colour)
			w = reclaim_wait(r, ref, side, home, &set);
		if (!w && there != home && there != colour)
			w = reclaim_wait(r, ref, side, there, &set);
		if (!w || (h->wait && how_bad(vs, pl, h->set, h->wait) <=
			   how_bad(vs, pl, set, w)))
			continue;
		h->wait = w;
		h->side = side;
		h->set = set;
		if (pl->site != UINT32_MAX && !w->kswapd)
			break;	/* what lifting its restriction does first */
	}
	return h->wait;
}

/* May @fn be entered with @ref held and below the strongest scope? */
static bool enters_with(const struct pass *ps, uint32_t fn, ref_t ref)
{
	const struct contexts *c = ps->all;
	uint32_t bit = c->reclaim->ref_bit[ref] - 1;

	for (int l = 0; l < LEVEL_NOIO; l++)
		if (pass_locks(ps, fn, l)[bit / 64] >> bit % 64 & 1)
			return true;
	return false;
}

/* Is a mask to go though reclaim seems to wait for an object in use, too? Not
 * where the knowledge says of the subsystem that it does not, nor where what
 * is held is an object that was just made. A finding needs more than this
 * doubt. */
static bool doubts_unused(const struct views *vs, const struct place *pl,
			  const struct hazard *h)
{
	const struct walk *w = vs->all->walk;
	const struct know_subsystem *s;

	if (!h->wait->elsewhere || pl->site == UINT32_MAX)
		return false;
	if (!h->outside && fresh_locks(vs->all->pts, pl->fn, h->ref))
		return false;
	s = knowledge_subsystem(w->k, program_fn_file(w->p, pl->fn)->path);
	return !s || !s->nolockdep;
}

static void add_hazard(const struct views *vs, struct pass *ps,
		       const struct place *pl, struct view *v, ref_t ref,
		       bool both)
{
	struct hazard h = { .ref = ref, .colour = ps->colour };

	if (!wait_for(vs, pl, ref, ps->colour, both, &h))
		return;
	h.outside = enters_with(ps, pl->fn, ref);
	h.foreign = !both && ref_is_for_io(vs->all->reclaim->refs, ref);
	h.instance = h.wait->kswapd ||
		     (!h.wait->via &&
		      ref_is_instance(vs->all->reclaim->refs, ref) &&
		      !doubts_unused(vs, pl, &h));
	GROW(v->hazards, v->nr_hazards, v->cap_hazards);
	v->hazards[v->nr_hazards++] = h;
}

void hazards_add_own(const struct views *vs, struct pass *ps, struct arena *a,
		     const struct place *pl, struct view *v)
{
	const struct contexts *c = vs->all;
	bool both = both_sides(vs, pl, ps->colour);
	const ref_t *refs;
	uint32_t nr;

	refs = points_set(c->pts, point_at(c->pts, pl->fn, pl->event)->held,
			  &nr);
	for (uint32_t i = 0; i < nr; i++)
		add_hazard(vs, ps, pl, v, refs[i], both);
	for (uint32_t i = 0; i < v->nr_hazards; i++)
		v->hazards[i].way = way_from_holder(ps, a, pl->fn,
						    pl->event,
						    v->hazards[i].ref,
						    LEVEL_NONE, 1 + 1);
}

/* Which hazards are looked at first: those that are no instance, of the site's
 * own making, in code that reclaim itself waits in. */
static int rank_of(const struct hazard *h)
{
	return h->instance * 8 + h->foreign * 4 + h->wait->own * 2 +
	       !!h->wait->via;
}

static int hazard_order(const void *x, const void *y)
{
	const struct hazard *a = x, *b = y;
	int ka = rank_of(a), kb = rank_of(b);

	if (ka != kb)
		return ka - kb;
	return a->ref < b->ref ? -1 : a->ref > b->ref;
}

/* @top, which ends where @down begins, and @down. */
static struct way join_ways(struct arena *a, struct way top,
			    const struct way *down)
{
	struct way to = { .nr = top.nr + down->nr - 1 };

	if (!top.nr || down->nr < 2)
		return top;
	to.v = ARENA_ARRAY(a, struct hop, to.nr);
	memcpy(to.v, top.v, top.nr * sizeof(*to.v));
	memcpy(to.v + top.nr, down->v + 1, (down->nr - 1) * sizeof(*to.v));
	return to;
}

/* From whoever took @ref last to where the mask acts. */
static struct way way_holding(struct pass *ps, struct arena *a,
			      const struct place *pl, ref_t ref,
			      enum level level, uint32_t bound)
{
	const struct points *pts = ps->all->pts;
	const struct way *w = &pl->way;

	for (uint32_t i = w->nr; i-- > 1; )
		if (points_has(pts, point_at(pts, w->v[i].fn,
					     w->v[i].event)->held, ref))
			return (struct way){ w->v + i, w->nr - i };
	return join_ways(a, way_from_holder(ps, a, pl->fn, pl->event, ref,
					    level, bound), w);
}

/* Does @w begin where the mask is handed down @down already? */
static bool is_within(const struct way *w, const struct way *down)
{
	return down->nr && w->v > down->v && w->v < down->v + down->nr;
}

/* Is no scope open at any call of @way? */
static bool is_unscoped(const struct points *pts, const struct way *way)
{
	for (uint32_t i = 0; i < way->nr; i++)
		if (point_at(pts, way->v[i].fn, way->v[i].event)->open_must)
			return false;
	return way->nr;
}

void hazards_waited(struct pass *ps, struct arena *a, const struct place *pl,
		    struct view *v)
{
	uint16_t waited = v->entries & (ENTRY_WAITED_FS | ENTRY_WAITED_IO);
	struct hop at = { pl->fn, pl->event };
	struct way way;
	bool none;

	if (!waited || v->nr_hazards)
		return;
	way = way_from_waited(ps, a, at, waited, FAR, &none);
	if (none && pl->way.nr < 2)
		v->entries &= ~waited;
	else if (is_unscoped(ps->all->pts, &way))
		v->free_way = join_ways(a, way, &pl->way);
}

struct way hazard_way_in(struct pass *ps, struct arena *a,
			 const struct place *pl, enum level level)
{
	const struct way *w = &pl->way;
	struct way in = { 0 };

	for (uint32_t i = w->nr; level && i-- > 1; )
		if (point_at(ps->all->pts, w->v[i].fn,
			     w->v[i].event)->open_must >= level)
			return (struct way){ w->v + i, w->nr - i };
	if (level)
		in = way_from_scope(ps, a, pl->fn, pl->event, level, FAR);
	if (!in.nr)
		in = way_from_entry(ps, a, pl->fn, pl->event, level);
	return join_ways(a, in, w);
}

/* Does @way come in through a door with @ref? */
static bool is_foreign(const struct pass *ps, const struct way *way, ref_t ref)
{
	const struct contexts *c = ps->all;

	for (uint32_t i = 1; i < way->nr; i++)
		if (doors_bring(&c->doors, way->v[i].fn, ref))
			return true;
	return false;
}

/* Where the way of @h is made of calls that are not all done with the constants
 * they get, take another. Return: is there none, so that it is not held? What
 * the functions hold that the mask is handed down to is not looked at: then
 * there may be some. */
static bool look_again(struct pass *ps, struct arena *a,
		       const struct place *pl, struct hazard *h)
{
	const struct contexts *c = ps->all;
	const struct live how = { .p = c->p, .lasts = &c->reclaim->lasts };
	struct hop at = { pl->fn, pl->event };
	struct way done;
	bool none;

	if (!h->way.nr || is_within(&h->way, &pl->way) ||
	    live_way(&how, c->pts->s->deciding, &h->way))
		return false;
	done = way_done(ps, a, at, h->ref, FAR, &none);
	if (done.nr)
		h->way = join_ways(a, done, &pl->way);
	return none && pl->way.nr < 2;
}

static void find_way(struct pass *ps, struct arena *a, const struct place *pl,
		     struct hazard *h, enum level level, uint32_t bound)
{
	h->way = way_holding(ps, a, pl, h->ref, level, bound);
	h->nowhere = level == LEVEL_NONE && look_again(ps, a, pl, h);
	h->foreign |= is_foreign(ps, &h->way, h->ref);
}

/* Ways for the first hazards: near holders for a few of them, and one at any
 * distance when none is near of the kind that is told. */
static void find_ways(struct pass *ps, struct arena *a,
		      const struct place *pl, struct hazard *h, uint32_t nr,
		      enum level level)
{
	bool any = false;

	qsort(h, nr, sizeof(*h), hazard_order);
	for (uint32_t i = 0; i < nr && i < WAYS; i++) {
		find_way(ps, a, pl, &h[i], level, NEAR);
		any |= h[i].way.nr && h[i].instance == h[0].instance;
	}
	if (nr && !any)
		find_way(ps, a, pl, &h[0], level, FAR);
}

void hazards_add(const struct views *vs, struct pass *ps, struct arena *a,
		 const struct place *pl, struct view *v, const uint64_t *locks,
		 enum level level)
{
	const struct contexts *c = vs->all;
	bool both = both_sides(vs, pl, ps->colour);
	uint32_t first = v->nr_hazards, kept;

	for (uint32_t w = 0; w < c->words; w++)
		for (uint64_t m = locks[w]; m; m &= m - 1)
			add_hazard(vs, ps, pl, v, c->reclaim->bit_ref[w * 64 +
				   __builtin_ctzll(m)], both);
	if (v->nr_hazards > first)
		find_ways(ps, a, pl, v->hazards + first,
			  v->nr_hazards - first, level);
	for (uint32_t i = kept = first; i < v->nr_hazards; i++)
		if (!v->hazards[i].nowhere)
			v->hazards[kept++] = v->hazards[i];
	v->nr_hazards = kept;
}

bool hazard_is_last(const struct refs *refs, const struct hazard *h)
{
	return h->foreign ||
	       (h->wait->fn == FN_NONE && ref_is_doubtful(refs, h->ref));
}

bool hazard_is_better(const struct refs *refs, const struct hazard *a,
		      const struct hazard *b)
{
	bool a_last = hazard_is_last(refs, a), b_last = hazard_is_last(refs, b);
	bool a_own = a->wait->own, b_own = b->wait->own;

	if (a->instance != b->instance)
		return !a->instance;
	if (a_last != b_last)
		return !a_last;
	if (a_own != b_own)
		return !a_own;
	if (!a->way.nr != !b->way.nr)
		return a->way.nr;
	if (a->way.nr != b->way.nr)
		return a->way.nr < b->way.nr;
	return false;
}

const struct hazard *hazard_worst(const struct refs *refs,
				  const struct view *v, bool instances)
{
	const struct hazard *worst = NULL;

	for (uint32_t i = 0; i < v->nr_hazards; i++) {
		const struct hazard *h = &v->hazards[i];

		if ((h->instance || !instances) &&
		    (!worst || hazard_is_better(refs, h, worst)))
			worst = h;
	}
	return worst;
}

bool hazard_is_left_alone(const struct contexts *c, const struct hazard *h,
			  uint32_t fn)
{
	return c->imposed->apart[fn] &&
	       wait_is_super(h->set, h->wait, c->walk->k);
}
