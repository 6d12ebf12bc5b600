// SPDX-License-Identifier: GPL-2.0-only
/*
 * Points (see points.h): the data flow's state frozen where it matters.
 *
 * A lock that came in as a parameter is named by the arguments of the callers
 * that are known; all of them are counted as held.
 */
#include "judge/points.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/flow.h"

enum { PARAM_CALLERS = 256 };	/* callers looked at to name a parameter */

uint32_t points_intern(struct points *pts, const ref_t *refs, uint32_t nr)
{
	uint64_t h = nr;
	uint32_t *slot, id;

	if (!nr)
		return 0;
	for (uint32_t i = 0; i < nr; i++)
		h = (h ^ refs[i]) * 0x9e3779b97f4a7c15ull + (h >> 31);
	for (;; h += 0x51ed27ull) {
		bool is_new;

		slot = map_at(&pts->set_index, h, &is_new);
		if (is_new)
			break;
		id = *slot;
		if (pts->sets[id] == nr &&
		    !memcmp(pts->sets + id + 1, refs, nr * sizeof(*refs)))
			return id;
	}
	GROW_BY(pts->sets, pts->sets_len, pts->sets_cap, nr + 1);
	id = pts->sets_len;
	pts->sets[id] = nr;
	memcpy(pts->sets + id + 1, refs, nr * sizeof(*refs));
	pts->sets_len += nr + 1;
	*slot = id;
	return id;
}

uint32_t points_add(struct points *pts, uint32_t id, ref_t ref)
{
	uint32_t nr, at;
	const ref_t *old = points_set(pts, id, &nr);
	ref_t *refs;

	for (at = 0; at < nr && old[at] < ref; at++)
		;
	if (at < nr && old[at] == ref)
		return id;
	refs = xcalloc(nr + 1, sizeof(*refs));
	memcpy(refs, old, at * sizeof(*refs));
	refs[at] = ref;
	memcpy(refs + at + 1, old + at, (nr - at) * sizeof(*refs));
	id = points_intern(pts, refs, nr + 1);
	free(refs);
	return id;
}

/* A set that is full hits a bound. */
static uint32_t add_ref(struct flow *w, ref_t *refs, uint32_t nr, ref_t ref)
{
	uint32_t i = nr;

	for (uint32_t j = 0; j < nr; j++)
		if (refs[j] == ref)
			return nr;
	if (nr == FLOW_REFS) {
		w->overflow = true;
		return nr;
	}
	for (; i && refs[i - 1] > ref; i--)
		refs[i] = refs[i - 1];
	refs[i] = ref;
	return nr + 1;
}

/* The locks that callers of the function pass for its parameter @ref. */
static uint32_t add_from_callers(struct points *pts, struct flow *w, ref_t ref,
				 ref_t *refs, uint32_t nr)
{
	struct summaries *s = pts->s;
	size_t nr_callers;
	const struct caller *c = program_callers(s->p, w->fn, &nr_callers);
	ref_t plain = ref_unbound(&s->refs, ref);

	if (plain)
		nr = add_ref(w, refs, nr, plain);
	if (nr_callers > PARAM_CALLERS)
		w->overflow = true;
	for (size_t i = 0; i < nr_callers && i < PARAM_CALLERS; i++) {
		const struct pfile *file = program_fn_file(s->p, c[i].fn);
		ref_t r;

		if (c[i].how == TARGET_ARGUMENT)
			continue;
		r = ref_at_call(&s->refs, c[i].fn,
				&file->facts->events[c[i].event], ref);
		if (r && ref_is_shared(&s->refs, r))
			nr = add_ref(w, refs, nr, r);
	}
	return nr;
}

static uint32_t make_set(struct points *pts, struct flow *w, uint64_t bits)
{
	ref_t refs[FLOW_REFS];
	uint32_t nr = 0;

	for (; bits; bits &= bits - 1) {
		ref_t r = w->refs[__builtin_ctzll(bits)];

		if (ref_is_shared(&pts->s->refs, r))
			nr = add_ref(w, refs, nr, r);
		else if (ref_get(&pts->s->refs, r)->kind == REF_PARAM)
			nr = add_from_callers(pts, w, r, refs, nr);
	}
	return points_intern(pts, refs, nr);
}

static bool wants_point(const struct flow *w, uint32_t event)
{
	uint8_t kind = w->facts->events[event].kind;

	return kind == EV_CALL || kind == EV_ICALL || kind == EV_MASK ||
	       kind == EV_RETURN || kind == EV_ASSIGN;
}

static bool same_point(const struct point *a, const struct point *b)
{
	return a->held == b->held && a->released == b->released &&
	       a->open_must == b->open_must && a->open_may == b->open_may &&
	       a->closes == b->closes;
}

static void visit(struct flow *w, uint32_t event, const struct flow_state *st,
		  void *ctx)
{
	struct points *pts = ctx;
	struct point pt = { 0 };
	uint32_t file = program_fn(w->s->p, w->fn)->file;
	uint64_t scopes = 0;

	if (!wants_point(w, event))
		return;
	for (unsigned int b = 0; b < w->nr_refs; b++) {
		const struct ref *r = ref_get(&w->s->refs, w->refs[b]);
		uint64_t m = 1ull << b;
		uint8_t level;

		if (r->kind != REF_SCOPE)
			continue;
		scopes |= m;
		level = level_of(r->restriction);
		if (st->must & m && level > pt.open_must)
			pt.open_must = level;
		if (st->may & m && level > pt.open_may)
			pt.open_may = level;
		if (st->rmay & m)
			pt.closes = true;
	}
	pt.held = make_set(pts, w, st->may & ~scopes);
	pt.released = make_set(pts, w, st->rmust & ~scopes & ~st->may);
	if (!pt.held && !pt.released && !pt.open_may && !pt.closes)
		return;
	if (!same_point(&pt, &pts->v[pts->nr - 1])) {
		GROW(pts->v, pts->nr, pts->cap);
		pts->v[pts->nr++] = pt;
	}
	pts->of[file][event] = pts->nr - 1;
}

/* The kernel's own lock functions: the whole tree calls them. */
static bool is_primitive(const struct program *p, uint32_t fn)
{
	const struct know_api *api = program_api(p, program_fn(p, fn)->name);

	return api && !api->adds && api->lock_arg >= 0;
}

void points_make(struct points *pts, struct summaries *s)
{
	uint32_t nr_files = program_nr_files(s->p);
	uint32_t nr_fns = program_nr_fns(s->p);
	struct flow *w = flow_new(s);

	memset(pts, 0, sizeof(*pts));
	pts->s = s;
	map_init(&pts->set_index);
	GROW(pts->v, pts->nr, pts->cap);
	memset(&pts->v[pts->nr++], 0, sizeof(*pts->v));
	GROW(pts->sets, pts->sets_len, pts->sets_cap);
	pts->sets[pts->sets_len++] = 0;
	pts->of = xcalloc(nr_files, sizeof(*pts->of));
	pts->overflow = xcalloc(nr_fns, sizeof(*pts->overflow));
	for (uint32_t fn = 0; fn < nr_fns; fn++) {
		uint32_t file = program_fn(s->p, fn)->file;

		if (is_primitive(s->p, fn) || !summary_needs_flow(s, fn))
			continue;
		if (!pts->of[file])
			pts->of[file] = xcalloc(
				program_file(s->p, file)->facts->nr_events,
				sizeof(**pts->of));
		flow_run(w, fn, NULL, visit, pts);
		s->of[fn].hit |= w->overflow;
		pts->overflow[fn] = s->of[fn].hit || s->of[fn].bound;
	}
	flow_free(w);
}

void points_release(struct points *pts)
{
	for (uint32_t i = 0; i < program_nr_files(pts->s->p); i++)
		free(pts->of[i]);
	free(pts->of);
	free(pts->v);
	free(pts->sets);
	free(pts->overflow);
	map_release(&pts->set_index);
}

uint32_t point_index(const struct points *pts, uint32_t fn, uint32_t event)
{
	const uint32_t *of = pts->of[program_fn(pts->s->p, fn)->file];

	return of ? of[event] : 0;
}

const struct point *point_at(const struct points *pts, uint32_t fn,
			     uint32_t event)
{
	return &pts->v[point_index(pts, fn, event)];
}

const ref_t *points_set(const struct points *pts, uint32_t id, uint32_t *nr)
{
	*nr = pts->sets[id];
	return pts->sets + id + 1;
}

bool points_has(const struct points *pts, uint32_t id, ref_t ref)
{
	uint32_t nr;
	const ref_t *refs = points_set(pts, id, &nr);

	for (uint32_t i = 0; i < nr; i++)
		if (refs[i] == ref)
			return true;
	return false;
}
