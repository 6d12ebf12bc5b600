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
#include "judge/hazard.h"
#include "judge/quiet.h"
#include "judge/way.h"

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
	struct points *pts;
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

/* Where a scope covers the place in all contexts of this pass: how. */
static void add_scoped_way(const struct run *run, struct pass *ps,
			   struct sights *out, const struct place *pl,
			   struct view *v)
{
	enum level level = level_of(place_restriction(run->vs, pl));

	if (v->levels & ((1u << level) - 1))
		return;
	for (int l = level; l < LEVEL_NR && !v->scoped_way.nr; l++)
		if (v->levels & 1 << l)
			v->scoped_way = hazard_way_in(ps, &out->arena, pl, l);
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
			hazards_add_own(run->vs, ps, &out->arena, pl, &v);
		free(locks);
		keep(out, place, &v);
		return;
	}
	if (v.levels & 1 << LEVEL_NONE) {
		hazards_add(run->vs, ps, &out->arena, pl, &v, locks,
			    LEVEL_NONE);
		hazards_waited(ps, &out->arena, pl, &v);
		if (!v.free_way.nr)
			v.free_way = hazard_way_in(ps, &out->arena, pl,
						   LEVEL_NONE);
	}
	if (place_restriction(run->vs, pl) == RESTRICT_NOIO &&
	    v.levels & 1 << LEVEL_NOFS)
		hazards_add(run->vs, ps, &out->arena, pl, &v, locks + c->words,
			    LEVEL_NOFS);
	add_scoped_way(run, ps, out, pl, &v);
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
	if (!to->scoped_way.nr ||
	    (from->scoped_way.nr && from->scoped_way.nr < to->scoped_way.nr)) {
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
	leads_make(&run->all->leads, run->all->walk, run->all->pts, fns, nr);
	doors_make(&run->all->doors, run->pts, run->all->reclaim,
		   &run->all->leads);
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

void views_make(struct views *vs, struct contexts *c, struct points *pts,
		const struct allocs *a, unsigned int threads)
{
	struct run run = { .vs = vs, .all = c, .pts = pts };
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
