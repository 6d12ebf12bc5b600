// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reclaim sets (see reclaim.h).
 *
 * From each entry of the knowledge (shrinkers, super and address space
 * operations, submit_bio, ..) all code that it can run is walked breadth
 * first, so that the chain kept for each lock is a shortest one. Trylocks do
 * not wait and are left out. Blocks that are not run under PF_MEMALLOC are
 * left out. "own" follows the dying object: a lock inside it is held by
 * nobody else once reclaim has it.
 */
#include "judge/reclaim.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/holders.h"
#include "judge/own.h"
#include "judge/wait.h"

struct work {
	struct reclaim *r;
	struct reclaim_set *set;
	uint32_t home;
	struct visit *roots;	/* that are not visited yet */
	uint32_t nr, cap;
	bool last;		/* looks at what runs only when some last
				 * reference goes */
};

static int how_bad(const struct wait *w)
{
	return 2 * (w->own ? 0 : w->kswapd ? 1 : w->elsewhere ? 3 : 2) +
	       !w->last;
}

/* @e: the lock, NULL: a pseudo-lock. The chain that is kept is one that is no
 * excuse, if there is any. */
static void add_wait(struct work *w, ref_t ref, const struct visit *v,
		     uint32_t event, const struct expr *e)
{
	struct owns *o = &w->r->owns;
	struct reclaim_set *set = w->set;
	struct wait new = {
		.ref = ref, .fn = v->fn, .event = event,
		.own = e && own_lock(o, v->fn, v->own, e),
		.via = v->from == FN_NONE ? v->via : 0,
		.kswapd = v->kswapd, .by_name = v->by_name,
		.worker = v->worker, .depth = v->depth,
		.last = v->last || w->last,
	};
	uint32_t *slot;

	if (!ref || !ref_is_shared(w->r->refs, ref))
		return;
	slot = map_at(&set->waits, ref, NULL);
	new.elsewhere = !new.own && e && ref_is_instance(w->r->refs, ref) &&
			own_elsewhere(o, v->fn, v->elsewhere, e, true);
	if (!*slot) {
		GROW(set->wait, set->nr_waits, set->cap_waits);
		set->wait[set->nr_waits++] = new;
		*slot = set->nr_waits;
	} else if (how_bad(&new) > how_bad(&set->wait[*slot - 1])) {
		set->wait[*slot - 1] = new;
	}
}

/* A lock that @v got from its caller: named by the argument there, and there,
 * as far up as the chain goes. */
static ref_t bind(const struct work *w, const struct visit *v, ref_t ref)
{
	const struct program *p = w->r->walk->p;

	while (ref && ref_get(w->r->refs, ref)->kind == REF_PARAM &&
	       v->from != FN_NONE) {
		const struct facts *facts = program_fn_file(p, v->from)->facts;
		uint32_t up = w->r->visiting.slot[v->from];

		ref = ref_at_call(w->r->refs, v->from,
				  &facts->events[v->event], ref);
		if (!up)
			break;
		v = &w->set->visits.v[up - 1];
	}
	return ref ? ref_unbound(w->r->refs, ref) : 0;
}

/* Does the call to @api wait for others who hold what it names? */
static bool api_waits(const struct refs *refs, const struct know_api *api,
		      ref_t ref)
{
	const struct ref *r = ref_get(refs, ref);

	if (api->op == API_WAIT)
		return true;
	return (api->op == API_LOCK || api->op == API_LOCK_WAIT) &&
	       !(r->kind == REF_RESOURCE && refs->k->resources[r->a].counted);
}

static void wait_for_api(struct work *w, const struct visit *v, uint32_t event,
			 const struct know_api *api)
{
	const struct pfile *file = program_fn_file(w->r->walk->p, v->fn);
	const struct event *ev = &file->facts->events[event];
	const struct expr *e = NULL;
	ref_t ref;

	if (api->op != API_LOCK && api->op != API_LOCK_WAIT &&
	    api->op != API_WAIT)
		return;
	if (api->lock_arg < 0) {
		ref = api->resource ? ref_resource(w->r->refs, api->resource) :
				      0;
		if (ref && api_waits(w->r->refs, api, ref))
			add_wait(w, ref, v, event, NULL);
		return;
	}
	if (api->lock_arg >= ev->nr_args)
		return;
	e = &file->facts->exprs[ev->args + api->lock_arg];
	ref = bind(w, v, ref_of_lock(w->r->refs, v->fn, e));
	add_wait(w, ref, v, event, e);
}

/* A callee that takes the lock it is given waits for the caller's lock. */
static void wait_for_argument(struct work *w, const struct visit *v,
			      uint32_t event, const struct summary *sum)
{
	const struct pfile *file = program_fn_file(w->r->walk->p, v->fn);
	const struct event *ev = &file->facts->events[event];

	for (unsigned int i = 0; i < sum->nr; i++) {
		const struct ref r = *ref_get(w->r->refs, sum->v[i].ref);
		const struct expr *e;

		if (r.kind != REF_PARAM || !sum->v[i].waits ||
		    !sum->v[i].may || r.arg >= ev->nr_args)
			continue;
		e = &file->facts->exprs[ev->args + r.arg];
		add_wait(w, ref_at_call(w->r->refs, v->fn, ev, sum->v[i].ref),
			 v, event, e);
	}
}

/* The constant argument of the call @ev that decides in @fn, NULL. */
static const struct spec *spec_for(struct work *w, const struct visit *v,
				   const struct event *ev, uint32_t fn)
{
	struct spec spec, *kept;

	if (!spec_at_call(w->r->walk->p, w->r->pts->s->deciding, v->fn, ev, fn,
			  v->spec, &spec))
		return NULL;
	kept = ARENA_NEW(&w->r->arena, struct spec);
	*kept = spec;
	return kept;
}

static void follow(struct work *w, const struct visit *v, uint32_t event)
{
	const struct program *p = w->r->walk->p;
	const struct pfile *file = program_fn_file(p, v->fn);
	const struct event *ev = &file->facts->events[event];
	struct owns *o = &w->r->owns;
	size_t nr;
	const struct target *t = program_targets(p, v->fn, event, &nr);

	for (size_t i = 0; i < nr; i++) {
		struct visit next = {
			.fn = t[i].fn, .from = v->fn, .event = event,
			.via = v->from == FN_NONE ? v->via : 0,
			.root = v->root, .depth = v->depth + 1,
			.kswapd = v->kswapd, .worker = v->worker,
			.bare = v->bare,
			.by_name = v->by_name || t[i].how == TARGET_BY_NAME,
			.last = v->last || w->last ||
				(t[i].how == TARGET_ARGUMENT &&
				 map_has(&w->r->lasts, file->atoms[ev->name])),
		};

		if (t[i].how != TARGET_ARGUMENT)
			wait_for_argument(w, v, event,
					  &w->r->pts->s->of[t[i].fn]);
		if (!walk_reclaim(w->r->walk, v->fn, t[i].fn, t[i].how,
				  ev->kind == EV_ICALL, w->home))
			continue;
		if (t[i].how != TARGET_ARGUMENT) {
			next.own = own_arguments(o, v->fn, v->own, ev);
			next.elsewhere = own_args_elsewhere(o, v->fn,
							    v->elsewhere,
							    event);
			next.spec = spec_for(w, v, ev, next.fn);
		}
		visit_reach(&w->r->visiting, &next);
	}
}

/* Who waits for a work item waits for what its function does. Of the tasks
 * that reclaim waits for (via) this is not asked: they hold what they hold on
 * few of their ways. */
static void follow_flush(struct work *w, const struct visit *v, uint32_t event)
{
	const struct flushes *fl = &w->r->flushes;
	const struct facts *facts = program_fn_file(fl->p, v->fn)->facts;
	struct flush_iter it = flush_start(fl, v->fn, &facts->events[event]);
	uint32_t fn;

	while (flush_next(fl, &it, &fn)) {
		struct visit next = {
			.fn = fn, .from = v->fn, .event = event,
			.root = v->root, .depth = v->depth + 1,
			.kswapd = v->kswapd, .by_name = v->by_name,
			.last = v->last || w->last, .worker = true,
			.bare = true,
		};

		if (walk_reclaim(w->r->walk, v->fn, fn, TARGET_DIRECT, false,
				 w->home))
			visit_reach(&w->r->visiting, &next);
	}
}

static void take_step(struct work *w, const struct visit *v,
		      const struct look_step *s)
{
	const struct pfile *file = program_fn_file(w->r->walk->p, v->fn);

	if (s->api) {
		bool last = w->last;

		w->last |= program_call_tries(file,
					      &file->facts->events[s->event],
					      s->api);
		wait_for_api(w, v, s->event, s->api);
		w->last = last;
	}
	if (s->flushes && !v->via)
		follow_flush(w, v, s->event);
	if (!s->api || s->api->adds)
		follow(w, v, s->event);
}

static void look_at(struct work *w, uint32_t index)
{
	const struct visit v = w->set->visits.v[index];
	const struct live how = { .p = w->r->walk->p, .spec = v.spec,
				  .lasts = &w->r->lasts,
				  .reclaim = !v.bare };
	struct look *l = looks_of(&w->r->looks, v.fn);
	uint8_t *special = v.spec ? live_blocks(&how, v.fn) : NULL;
	const uint8_t *live = special ? special :
			      looks_live(&w->r->looks, l, v.fn, v.bare);

	for (uint32_t i = 0; i < l->nr; i++) {
		if (live[l->v[i].block] == BLOCK_DEAD)
			continue;
		w->last = live[l->v[i].block] == BLOCK_LAST;
		take_step(w, &v, &l->v[i]);
	}
	w->last = false;
	free(special);
}

static void add_root_visit(struct work *w, const struct visit *v)
{
	GROW(w->roots, w->nr, w->cap);
	w->roots[w->nr++] = *v;
}

static void add_root(struct reclaim *r, uint32_t fn, uint32_t root,
		     struct work *works)
{
	const struct know_reclaim *k = &r->walk->k->reclaim[root];
	struct visit v = { .fn = fn, .from = FN_NONE, .root = root };
	uint32_t home = r->walk->component[fn];

	v.kswapd = k->kswapd_only;
	if (k->per_object && k->object_arg >= 0 && k->object_arg < 16)
		v.own = 1u << k->object_arg;
	for (int side = 0; side < SIDE_NR; side++) {
		struct work *w = &works[home * SIDE_NR + side];

		/* who may enter a file system waits for kswapd, too
		 * (mm/vmscan.c: throttle_direct_reclaim) */
		if (k->kswapd_only && side != SIDE_FS)
			continue;
		if (!(side == SIDE_FS ? k->fs : k->io) && !k->any)
			continue;
		w->r = r;
		w->home = home;
		w->set = &r->sets[side][home];
		if (side == SIDE_FS || !k->any)
			w->set->any_root = true;
		add_root_visit(w, &v);
	}
}

static void add_entry(struct reclaim *r, uint32_t i, const bool *homes,
		      struct work *works)
{
	const struct know_reclaim *e = &r->walk->k->reclaim[i];
	const struct program *p = r->walk->p;
	struct atoms *atoms = program_atoms(p);
	const uint32_t *fns;
	size_t nr;

	if (e->function) {
		atom_t name = atom_find(atoms, e->function);

		for (uint32_t fn = 0; name && fn < program_nr_fns(p); fn++)
			if (program_fn(p, fn)->name == name)
				add_root(r, fn, i, works);
		return;
	}
	fns = program_ops(p, atom_find(atoms, e->type),
			  atom_find(atoms, e->member), &nr);
	for (size_t j = 0; j < nr; j++) {
		if (homes && !homes[r->walk->component[fns[j]]])
			continue;
		if (!(r->walk->bounds[fns[j]] & BOUND_RECLAIM))
			add_root(r, fns[j], i, works);
	}
}

/* What reclaim runs as a rule (@usual), or what it runs seldom or not in the
 * task that allocates. */
static void add_roots(struct reclaim *r, struct work *works, bool usual)
{
	const struct knowledge *k = r->walk->k;

	for (uint32_t i = 0; i < k->nr_reclaim; i++) {
		const struct know_reclaim *e = &k->reclaim[i];
		bool *homes;

		if (usual == (e->seldom || e->kswapd_only))
			continue;
		homes = walk_homes_calling(r->walk, e->only_with);
		add_entry(r, i, homes, works);
		free(homes);
	}
}

/* A block driver's workers and threads do its I/O: who submits waits for them
 * and for their locks. */
static void add_workers(struct reclaim *r, struct work *works)
{
	const struct program *p = r->walk->p;
	const unsigned int kinds = 1 << ENTRY_WORK | 1 << ENTRY_THREAD;

	for (uint32_t fn = 0; fn < program_nr_fns(p); fn++) {
		uint32_t home = r->walk->component[fn];
		struct work *w = &works[home * SIDE_NR + SIDE_IO];
		struct visit v = { .fn = fn, .from = FN_NONE, .worker = true,
				   .bare = true };

		if (!w->set || !w->set->any_root || !walk_is_leaf(r->walk, fn) ||
		    !(program_fn(p, fn)->entries & kinds))
			continue;
		v.root = w->set->visits.nr ? w->set->visits.v[0].root :
					     w->roots[0].root;
		add_root_visit(w, &v);
	}
}

/* What tasks wait for that hold @wait's lock, in @w's component. */
static void add_under(struct work *w, const struct wait *wait, ref_t ref)
{
	struct reclaim *r = w->r;
	uint32_t nr;
	const struct holder *h = holders_of(r, ref, &nr);

	if (wait->own || ref_is_instance(r->refs, ref))
		return;
	for (; nr; nr--, h++) {
		uint32_t c = r->walk->component[h->fn];
		struct look_step step;
		struct visit v = {
			.fn = h->fn, .from = FN_NONE, .via = h->ref,
			.depth = wait->depth, .by_name = wait->by_name,
			.kswapd = wait->kswapd,
		};

		if ((c == w->home || r->walk->kind[c] == COMP_LIBRARY) &&
		    looks_step(&r->looks, h->fn, h->event, &step))
			take_step(w, &v, &step);
	}
}

/* Does the knowledge say that reclaim on @side waits for it? */
static bool is_stated(const struct reclaim *r, ref_t ref,
		      enum reclaim_side side)
{
	const struct ref *x = ref_get(r->refs, ref);
	const struct know_resource *k = r->walk->k->resources;

	return x->kind == REF_RESOURCE &&
	       (side == SIDE_FS ? k[x->a].fs : k[x->a].io);
}

/*
 * Lock order: when reclaim waits for X, and a task that holds X waits for Y,
 * then who holds Y must not enter reclaim either. What is added here is not
 * followed further. Shared code holds its locks for too many reasons: there
 * only what the knowledge says counts as X.
 */
static void add_ordered(struct work *w, enum reclaim_side side)
{
	static const struct wait stated = { .fn = FN_NONE };
	uint32_t nr_refs = w->r->refs->nr, known = w->set->nr_waits;

	if (w->r->walk->kind[w->home] == COMP_GENERIC)
		known = 0;
	for (uint32_t at = 0; at < known; at++) {
		const struct wait wait = w->set->wait[at];

		add_under(w, &wait, wait.ref);
	}
	for (ref_t ref = 1; ref < nr_refs; ref++)
		if (is_stated(w->r, ref, side))
			add_under(w, &stated, ref);
}

static void run(struct work *w)
{
	uint32_t index;

	while (visit_next(&w->r->visiting, &index))
		look_at(w, index);
}

static void run_roots(struct work *w)
{
	for (uint32_t i = 0; i < w->nr; i++)
		visit_reach(&w->r->visiting, &w->roots[i]);
	w->nr = 0;
	run(w);
}

/* The usual first, so that the chains which are kept are those. */
static void run_usual(struct reclaim *r, struct work *works, uint32_t nr)
{
	add_roots(r, works, true);
	for (uint32_t i = 0; i < nr; i++) {
		if (!works[i].set)
			continue;
		visiting_begin(&r->visiting, &works[i].set->visits);
		run_roots(&works[i]);
		visiting_end(&r->visiting);
	}
}

static void run_rest(struct reclaim *r, struct work *works, uint32_t nr)
{
	add_roots(r, works, false);
	add_workers(r, works);
	holders_list(r);
	for (uint32_t i = 0; i < nr; i++) {
		struct work *w = &works[i];

		if (!w->set)
			continue;
		visiting_begin(&r->visiting, &w->set->visits);
		run_roots(w);
		add_ordered(w, i % SIDE_NR);
		run(w);
		visiting_end(&r->visiting);
		visits_done(&w->set->visits);
		wait_grades(w->set, r->walk->k);
		free(w->roots);
	}
}

static void number_refs(struct reclaim *r)
{
	r->ref_bit = xcalloc(r->refs->nr, sizeof(*r->ref_bit));
	r->bit_ref = xcalloc(r->refs->nr, sizeof(*r->bit_ref));
	for (int side = 0; side < SIDE_NR; side++) {
		for (uint32_t c = 0; c < r->nr_components; c++) {
			const struct map *m = &r->sets[side][c].waits;
			const struct map_slot *s;
			size_t pos = 0;

			while ((s = map_next(m, &pos)))
				r->ref_bit[s->key] = 1;
		}
	}
	for (ref_t ref = 1; ref < r->refs->nr; ref++) {
		if (!r->ref_bit[ref] && !is_stated(r, ref, SIDE_FS) &&
		    !is_stated(r, ref, SIDE_IO))
			continue;
		r->bit_ref[r->nr_bits++] = ref;
		r->ref_bit[ref] = r->nr_bits;
	}
}

void reclaim_make(struct reclaim *r, struct points *pts,
		  const struct walk *walk)
{
	uint32_t nr = program_nr_components(walk->p);
	struct work *works = xcalloc((size_t)nr * SIDE_NR, sizeof(*works));

	memset(r, 0, sizeof(*r));
	r->pts = pts;
	r->walk = walk;
	r->refs = &pts->s->refs;
	r->nr_components = nr;
	arena_init(&r->arena);
	for (int side = 0; side < SIDE_NR; side++)
		r->sets[side] = xcalloc(nr, sizeof(**r->sets));
	r->generic = xcalloc(nr, sizeof(*r->generic));
	map_init(&r->lasts);
	owns_init(&r->owns, walk->p, walk->k);
	flushes_make(&r->flushes, r->refs);
	for (size_t i = 0; i < walk->k->nr_lasts; i++)
		map_set(&r->lasts, atom_of(program_atoms(walk->p),
				walk->k->lasts[i].function), 1);
	looks_init(&r->looks, walk, &r->flushes, &r->lasts);
	visiting_init(&r->visiting, program_nr_fns(walk->p));
	run_usual(r, works, nr * SIDE_NR);
	run_rest(r, works, nr * SIDE_NR);
	visiting_release(&r->visiting);
	looks_release(&r->looks);
	free(works);
	for (uint32_t c = 0; c < nr; c++)
		if (walk->kind[c] == COMP_GENERIC &&
		    (r->sets[SIDE_FS][c].any_root ||
		     r->sets[SIDE_IO][c].any_root))
			r->generic[r->nr_generic++] = c;
	owns_release(&r->owns);
	number_refs(r);
}

void reclaim_release(struct reclaim *r)
{
	for (int side = 0; side < SIDE_NR; side++) {
		for (uint32_t c = 0; c < r->nr_components; c++) {
			struct reclaim_set *s = &r->sets[side][c];

			visits_release(&s->visits);
			map_release(&s->waits);
			free(s->wait);
		}
		free(r->sets[side]);
	}
	arena_release(&r->arena);
	flushes_release(&r->flushes);
	map_release(&r->lasts);
	free(r->ref_bit);
	free(r->bit_ref);
	free(r->generic);
	free(r->holders);
}

bool reclaim_has_side(const struct reclaim *r, enum reclaim_side side,
		      uint32_t comp)
{
	return comp != COLOUR_NONE && r->sets[side][comp].any_root;
}
