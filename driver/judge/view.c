// SPDX-License-Identifier: GPL-2.0-only
/*
 * Views (see view.h): the passes, one colour at a time on each thread, and
 * what they say of the places.
 *
 * Each colour writes a list of its own; the lists are joined in the order of
 * colours, so that threads do not show in the result.
 */
#include "judge/view.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/workers.h"
#include "judge/quiet.h"
#include "judge/wait.h"
#include "judge/way.h"

enum {
	WAYS = 6,	/* hazards of a site, per colour, that get a way */
	NEAR = 200,	/* calls looked at for each of them */
	FAR = 20000,	/* .. and for the first when none is near */
};

/* What one colour saw of one place. */
struct sight {
	uint32_t place;
	struct view view;
};

struct sights {
	struct sight *v;
	uint32_t nr, cap;
	struct arena arena;
};

struct run {
	struct views *vs;
	struct contexts *all;
	struct pass **passes;		/* by thread */
	struct sights *by_colour;
	uint32_t *place_of_fn;		/* first place of a function + 1 */
};

static void add_place(struct views *vs, uint32_t *cap, struct place pl)
{
	GROW(vs->places, vs->nr, *cap);
	vs->places[vs->nr++] = pl;
}

/* Is something held at the point that reclaim waits for? */
static bool holds_waited(const struct views *vs, const struct point *pt)
{
	uint32_t nr;
	const ref_t *refs = points_set(vs->all->pts, pt->held, &nr);

	for (uint32_t i = 0; i < nr; i++)
		if (vs->all->reclaim->ref_bit[refs[i]])
			return true;
	return false;
}

/* Calls that allocate while their function holds something, or in code for
 * whose progress reclaim waits. */
static void list_allocations(struct views *vs, const struct allocs *a,
			     uint32_t *cap)
{
	const struct program *p = vs->all->p;

	for (uint32_t fn = 0; fn < program_nr_fns(p); fn++) {
		const struct func *f = program_func(p, fn);

		if (!vs->all->pts->of[program_fn(p, fn)->file] &&
		    !vs->all->imposed->worker[fn])
			continue;
		for (uint32_t i = 0; i < f->nr_events; i++) {
			uint32_t e = f->first_event + i;
			const struct point *pt = point_at(vs->all->pts, fn, e);
			struct place pl = { program_fn(p, fn)->file, fn, e,
					    UINT32_MAX };

			if (((pt->held && holds_waited(vs, pt)) ||
			     vs->all->imposed->worker[fn]) &&
			    alloc_at(a, fn, e, LEVEL_NOFS).depth != ALLOC_NONE)
				add_place(vs, cap, pl);
		}
	}
}

/* A site, and a place for each way its mask takes. */
static void add_site(struct views *vs, uint32_t *cap, struct sited *to,
		     const struct site *s)
{
	to->site = s;
	to->fn = FN_NONE;
	to->event = UINT32_MAX;
	if (s->func)
		to->fn = program_fn_at(vs->all->p, to->file, s->func - 1);
	if (s->event)
		to->event = s->event - 1;
	mask_acts(&vs->masks, to->file, s, &to->acts);
	for (uint32_t i = 0; i < to->acts.nr; i++) {
		const struct way *way = &to->acts.v[i];
		uint32_t fn = way->v[0].fn;

		add_place(vs, cap, (struct place){
			  program_fn(vs->all->p, fn)->file, fn,
			  way->v[0].event, to - vs->sites, *way });
	}
}

static void list_places(struct views *vs, const struct allocs *a)
{
	const struct program *p = vs->all->p;
	uint32_t cap = 0, nr = 0;

	for (uint32_t fi = 0; fi < program_nr_files(p); fi++)
		nr += program_file(p, fi)->facts->nr_sites;
	vs->sites = xcalloc(nr + 1, sizeof(*vs->sites));
	for (uint32_t fi = 0; fi < program_nr_files(p); fi++) {
		const struct facts *f = program_file(p, fi)->facts;

		for (uint32_t i = 0; i < f->nr_sites; i++) {
			struct sited *to = &vs->sites[vs->nr_sites++];

			to->file = fi;
			add_site(vs, &cap, to, &f->sites[i]);
		}
	}
	list_allocations(vs, a, &cap);
}

static int way_order(const struct way *a, const struct way *b)
{
	for (uint32_t i = 0; i < a->nr && i < b->nr; i++) {
		if (a->v[i].fn != b->v[i].fn)
			return a->v[i].fn < b->v[i].fn ? -1 : 1;
		if (a->v[i].event != b->v[i].event)
			return a->v[i].event < b->v[i].event ? -1 : 1;
	}
	return a->nr < b->nr ? -1 : a->nr > b->nr;
}

static int place_order(const void *x, const void *y)
{
	const struct place *a = x, *b = y;

	if (a->fn != b->fn)
		return a->fn < b->fn ? -1 : 1;
	if (a->event != b->event)
		return a->event < b->event ? -1 : 1;
	if (a->site != b->site)
		return a->site < b->site ? -1 : 1;
	return way_order(&a->way, &b->way);
}

/* What the mask at @pl forbids. */
static unsigned int restriction_of(const struct views *vs,
				   const struct place *pl)
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

	return restriction_of(vs, pl) != RESTRICT_NOFS ||
	       reclaim_has_side(r, SIDE_IO, colour) ||
	       reclaim_has_side(r, SIDE_IO,
				vs->all->walk->component[pl->fn]) ||
	       reclaim_has_side(r, SIDE_IO,
				vs->all->walk->component[last_fn(pl)]);
}

/* Is @ref what block I/O waits for, whoever starts it? Then that side says
 * more than a file system that may come to start some. */
static bool is_for_io(const struct reclaim *r, ref_t ref)
{
	const struct ref *x = ref_get(r->refs, ref);

	return x->kind == REF_RESOURCE && r->walk->k->resources[x->a].io &&
	       !r->walk->k->resources[x->a].fs;
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
	int first = both && is_for_io(r, ref) ? SIDE_IO : SIDE_FS;

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
 * where the knowledge says of the subsystem that it does not. A finding needs
 * more than this doubt. */
static bool doubts_unused(const struct views *vs, const struct place *pl,
			  const struct wait *wait)
{
	const struct walk *w = vs->all->walk;
	const struct know_subsystem *s;

	if (!wait->elsewhere || pl->site == UINT32_MAX)
		return false;
	s = knowledge_subsystem(w->k, program_fn_file(w->p, pl->fn)->path);
	return !s || !s->nolockdep;
}

static void add_hazard(struct run *run, struct pass *ps,
		       const struct place *pl, struct view *v, ref_t ref,
		       bool both)
{
	struct hazard h = { .ref = ref, .colour = ps->colour };

	if (!wait_for(run->vs, pl, ref, ps->colour, both, &h))
		return;
	h.instance = h.wait->kswapd ||
		     (!h.wait->via &&
		      ref_is_instance(run->all->reclaim->refs, ref) &&
		      !doubts_unused(run->vs, pl, h.wait));
	h.outside = enters_with(ps, pl->fn, ref);
	GROW(v->hazards, v->nr_hazards, v->cap_hazards);
	v->hazards[v->nr_hazards++] = h;
}

/* What the function itself took: enough for an allocation that is no site. */
static void add_own_hazards(struct run *run, struct pass *ps,
			    struct sights *out, const struct place *pl,
			    struct view *v)
{
	const struct contexts *c = run->all;
	bool both = both_sides(run->vs, pl, ps->colour);
	const ref_t *refs;
	uint32_t nr;

	refs = points_set(c->pts, point_at(c->pts, pl->fn, pl->event)->held,
			  &nr);
	for (uint32_t i = 0; i < nr; i++)
		add_hazard(run, ps, pl, v, refs[i], both);
	for (uint32_t i = 0; i < v->nr_hazards; i++)
		v->hazards[i].way = way_from_holder(ps, &out->arena, pl->fn,
						    pl->event,
						    v->hazards[i].ref,
						    LEVEL_NONE, 1 + 1);
}

/* Which hazards are looked at first: those that are no instance, in code that
 * reclaim itself waits in. */
static int hazard_order(const void *x, const void *y)
{
	const struct hazard *a = x, *b = y;
	int ka = a->instance * 4 + a->wait->own * 2 + !!a->wait->via;
	int kb = b->instance * 4 + b->wait->own * 2 + !!b->wait->via;

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

static bool is_held_at(const struct points *pts, const struct hop *hop,
		       ref_t ref)
{
	uint32_t nr;
	const ref_t *refs = points_set(pts, point_at(pts, hop->fn,
						     hop->event)->held, &nr);

	for (uint32_t i = 0; i < nr; i++)
		if (refs[i] == ref)
			return true;
	return false;
}

/* From whoever took @ref last to where the mask acts. */
static struct way way_holding(struct pass *ps, struct arena *a,
			      const struct place *pl, ref_t ref,
			      enum level level, uint32_t bound)
{
	const struct way *w = &pl->way;

	for (uint32_t i = w->nr; i-- > 1; )
		if (is_held_at(ps->all->pts, &w->v[i], ref))
			return (struct way){ w->v + i, w->nr - i };
	return join_ways(a, way_from_holder(ps, a, pl->fn, pl->event, ref,
					    level, bound), w);
}

/* From an entry, or from whoever opened the scope of @level. */
static struct way way_entering(struct pass *ps, struct arena *a,
			       const struct place *pl, enum level level)
{
	const struct way *w = &pl->way;

	for (uint32_t i = w->nr; level && i-- > 1; )
		if (point_at(ps->all->pts, w->v[i].fn,
			     w->v[i].event)->open_must >= level)
			return (struct way){ w->v + i, w->nr - i };
	return join_ways(a, way_from_entry(ps, a, pl->fn, pl->event, level),
			 w);
}

/* Ways for the first hazards: near holders for a few of them, and one at any
 * distance when none is near. */
static void find_ways(struct pass *ps, struct sights *out,
		      const struct place *pl, struct hazard *h, uint32_t nr,
		      enum level level)
{
	bool any = false;

	qsort(h, nr, sizeof(*h), hazard_order);
	for (uint32_t i = 0; i < nr && i < WAYS; i++) {
		h[i].way = way_holding(ps, &out->arena, pl, h[i].ref, level,
				       NEAR);
		any |= h[i].way.nr > 0;
	}
	if (nr && !any)
		h[0].way = way_holding(ps, &out->arena, pl, h[0].ref, level,
				       FAR);
}

static void add_hazards(struct run *run, struct pass *ps, struct sights *out,
			const struct place *pl, struct view *v,
			const uint64_t *locks, enum level level)
{
	const struct contexts *c = run->all;
	bool both = both_sides(run->vs, pl, ps->colour);
	uint32_t first = v->nr_hazards;

	for (uint32_t w = 0; w < c->words; w++)
		for (uint64_t m = locks[w]; m; m &= m - 1)
			add_hazard(run, ps, pl, v, c->reclaim->bit_ref[w * 64 +
				   __builtin_ctzll(m)], both);
	if (v->nr_hazards > first)
		find_ways(ps, out, pl, v->hazards + first,
			  v->nr_hazards - first, level);
}

static void keep(struct sights *out, uint32_t place, const struct view *v)
{
	GROW(out->v, out->nr, out->cap);
	out->v[out->nr++] = (struct sight){ place, *v };
}

/* What can hold where the mask acts. */
static const struct situation *situation_at(struct pass *ps,
					    const struct place *pl)
{
	const struct situation *at = context_at(ps, pl->fn, pl->event);

	for (uint32_t i = 1; i < pl->way.nr; i++)
		at = context_into(ps, pl->way.v[i].fn, pl->way.v[i].event);
	return at;
}

static void see(struct run *run, struct pass *ps, struct sights *out,
		uint32_t place)
{
	const struct contexts *c = run->all;
	const struct place *pl = &run->vs->places[place];
	const struct situation *at = situation_at(ps, pl);
	struct view v = {
		.levels = at->levels, .doubts = at->doubts,
		.entries = at->entries, .colours = 1,
		.free_colour = ps->colour, .scoped_colour = ps->colour,
	};
	uint64_t *locks;

	locks = xcalloc(c->words * 2, sizeof(*locks));
	memcpy(locks, at->locks[LEVEL_NONE], c->words * sizeof(*locks));
	memcpy(locks + c->words, at->locks[LEVEL_NOFS],
	       c->words * sizeof(*locks));
	if (pl->site == UINT32_MAX) {
		if (v.levels & 1 << LEVEL_NONE)
			add_own_hazards(run, ps, out, pl, &v);
		free(locks);
		keep(out, place, &v);
		return;
	}
	if (v.levels & 1 << LEVEL_NONE) {
		add_hazards(run, ps, out, pl, &v, locks, LEVEL_NONE);
		v.free_way = way_entering(ps, &out->arena, pl, LEVEL_NONE);
	}
	if (restriction_of(run->vs, pl) == RESTRICT_NOIO &&
	    v.levels & 1 << LEVEL_NOFS)
		add_hazards(run, ps, out, pl, &v, locks + c->words,
			    LEVEL_NOFS);
	for (int l = LEVEL_NOIO; l > LEVEL_NONE && !v.scoped_way.nr; l--)
		if (v.levels & 1 << l)
			v.scoped_way = way_entering(ps, &out->arena, pl, l);
	free(locks);
	keep(out, place, &v);
}

static void collect(struct run *run, struct pass *ps, struct sights *out)
{
	for (uint32_t i = 0; i < ps->nr_touched; i++) {
		uint32_t fn = ps->touched[i];
		uint32_t pl = run->place_of_fn[fn];

		if (!pl)
			continue;
		for (pl--; pl < run->vs->nr &&
		     run->vs->places[pl].fn == fn; pl++)
			if (run->vs->places[pl].event != UINT32_MAX)
				see(run, ps, out, pl);
	}
}

static void one_colour(void *ctx, unsigned int thread, size_t first,
		       size_t end)
{
	struct run *run = ctx;

	for (size_t i = first; i < end; i++) {
		pass_run(run->passes[thread], run->all->walk->colours[i]);
		collect(run, run->passes[thread], &run->by_colour[i + 1]);
		if (run->vs->quiet[run->all->walk->colours[i]])
			run->vs->quiet[run->all->walk->colours[i]] =
				quiet_colour(run->passes[thread]);
	}
}

static void merge_view(struct views *vs, const struct sight *s)
{
	uint32_t site = vs->places[s->place].site;
	struct view *to = site == UINT32_MAX ? &vs->v[s->place] :
					       &vs->sites[site].view;
	const struct view *from = &s->view;

	to->levels |= from->levels;
	vs->places[s->place].seen = true;
	to->doubts |= from->doubts;
	to->entries |= from->entries;
	to->colours++;
	if (!to->free_way.nr) {
		to->free_way = from->free_way;
		to->free_colour = from->free_colour;
	}
	if (!to->scoped_way.nr) {
		to->scoped_way = from->scoped_way;
		to->scoped_colour = from->scoped_colour;
	}
	for (uint32_t i = 0; i < from->nr_hazards; i++) {
		GROW(to->hazards, to->nr_hazards, to->cap_hazards);
		to->hazards[to->nr_hazards++] = from->hazards[i];
	}
}

/* Those that keep masks which only they use, and may be quiet. */
static void find_quiet(struct run *run)
{
	struct views *vs = run->vs;

	for (uint32_t i = 0; i < vs->nr_sites; i++) {
		const struct sited *s = &vs->sites[i];
		uint32_t comp = program_file(run->all->p, s->file)->component;

		if (s->acts.stored && !s->acts.far && !vs->quiet[comp])
			vs->quiet[comp] = quiet_candidate(run->all, comp);
	}
}

/* Places, and all code of what may be quiet. */
static void look_at_places(struct run *run)
{
	const struct walk *w = run->all->walk;
	uint32_t nr_fns = program_nr_fns(w->p);
	uint32_t *fns = xcalloc(run->vs->nr + nr_fns + 1, sizeof(*fns));
	size_t nr = 0;

	find_quiet(run);
	for (uint32_t fn = 0; fn < nr_fns; fn++)
		if (run->vs->quiet[w->component[fn]])
			fns[nr++] = fn;

	for (uint32_t i = 0; i < run->vs->nr; i++)
		if (run->vs->places[i].fn != FN_NONE)
			fns[nr++] = run->vs->places[i].fn;
	leads_make(&run->all->leads, run->all->walk, fns, nr);
	free(fns);
}

static void run_passes(struct run *run, unsigned int threads)
{
	struct contexts *c = run->all;
	uint32_t nr = c->walk->nr_colours;

	look_at_places(run);
	run->passes = xcalloc(threads, sizeof(*run->passes));
	run->by_colour = xcalloc(nr + 1, sizeof(*run->by_colour));
	for (uint32_t i = 0; i <= nr; i++)
		arena_init(&run->by_colour[i].arena);
	for (unsigned int t = 0; t < threads; t++)
		run->passes[t] = pass_new(c);
	pass_run(run->passes[0], COLOUR_NONE);
	collect(run, run->passes[0], &run->by_colour[0]);
	contexts_take_base(c, run->passes[0]);
	run->passes[0] = pass_new(c);
	workers_run(threads, nr, 1, one_colour, run);
	for (unsigned int t = 0; t < threads; t++)
		pass_free(run->passes[t]);
	free(run->passes);
}

/* What is not known of the places of each site is a doubt. */
static void add_lost(struct views *vs)
{
	for (uint32_t i = 0; i < vs->nr_sites; i++)
		vs->sites[i].view.lost = vs->sites[i].acts.lost;
	for (uint32_t i = 0; i < vs->nr; i++) {
		const struct place *pl = &vs->places[i];

		if (pl->site != UINT32_MAX && !pl->seen &&
		    vs->sites[pl->site].view.levels)
			vs->sites[pl->site].view.lost =
				"no entry leads to one of its uses";
	}
	for (uint32_t i = 0; i < vs->nr_sites; i++)
		if (vs->sites[i].view.lost)
			vs->sites[i].view.doubts |= DOUBT_MASK;
}

void views_make(struct views *vs, struct contexts *c, const struct allocs *a,
		unsigned int threads)
{
	struct run run = { .vs = vs, .all = c };
	uint32_t nr = c->walk->nr_colours;

	memset(vs, 0, sizeof(*vs));
	vs->all = c;
	masks_init(&vs->masks, c->walk);
	vs->quiet = xcalloc(program_nr_components(c->p), sizeof(*vs->quiet));
	list_places(vs, a);
	qsort(vs->places, vs->nr, sizeof(*vs->places), place_order);
	vs->v = xcalloc(vs->nr + 1, sizeof(*vs->v));
	run.place_of_fn = xcalloc(program_nr_fns(c->p),
				  sizeof(*run.place_of_fn));
	for (uint32_t i = vs->nr; i-- > 0; )
		if (vs->places[i].fn != FN_NONE)
			run.place_of_fn[vs->places[i].fn] = i + 1;
	run_passes(&run, threads ? threads : workers_default());
	vs->colour_arenas = xcalloc(nr + 1, sizeof(*vs->colour_arenas));
	vs->nr_arenas = nr + 1;
	for (uint32_t i = 0; i <= nr; i++) {
		struct sights *s = &run.by_colour[i];

		for (uint32_t j = 0; j < s->nr; j++) {
			merge_view(vs, &s->v[j]);
			free(s->v[j].view.hazards);
		}
		vs->colour_arenas[i] = s->arena;
		free(s->v);
	}
	add_lost(vs);
	free(run.by_colour);
	free(run.place_of_fn);
}

void views_release(struct views *vs)
{
	for (uint32_t i = 0; i < vs->nr; i++)
		free(vs->v[i].hazards);
	for (uint32_t i = 0; i < vs->nr_sites; i++)
		free(vs->sites[i].view.hazards);
	for (uint32_t i = 0; i < vs->nr_arenas; i++)
		arena_release(&vs->colour_arenas[i]);
	free(vs->colour_arenas);
	free(vs->quiet);
	free(vs->v);
	free(vs->places);
	free(vs->sites);
	masks_release(&vs->masks);
}
