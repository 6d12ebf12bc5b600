// SPDX-License-Identifier: GPL-2.0-only
/*
 * Summaries (see summary.h): bottom-up over the SCCs of the call graph.
 *
 * A function's net effect is what its exits have in common. Most functions
 * leave locks as they found them, and correlated conditions ("if (x) lock ..
 * if (x) unlock") look as if they did not: an effect on some paths only is
 * exported by the function that calls the primitive itself, and not when it
 * also does the opposite. Within an SCC functions are redone until nothing
 * changes; one that does not settle is marked with `bound`.
 */
#include "judge/summary.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/eachfn.h"
#include "judge/flow.h"
#include "judge/spec.h"

enum {
	REDO_BOUND = 12,	/* times a function of an SCC is redone */
};

/* In summaries.notes, beside the classes that a function without effects can
 * return. */
enum {
	NOTE_FLOW = 8,		/* an event of its own needs data flow */
	NOTE_CALLS = 16,	/* calls what has effects, or had them while
				 * its SCC was not settled */
};

/* Does @ev need data flow, whatever it calls? */
static bool is_flow(const struct program *p, const struct pfile *file,
		    const struct event *ev)
{
	switch (ev->kind) {
	case EV_GUARD:
		return true;
	case EV_ASSIGN:
		return ev->value && file->facts->exprs[ev->value - 1].mask >=
				    MASK_PF_NOFS;
	case EV_CALL:
		return program_api(p, file->atoms[ev->name]) != NULL;
	}
	return false;
}

static bool calls_effects(const struct summaries *s, uint32_t fn)
{
	const struct func *f = program_func(s->p, fn);
	const struct facts *facts = program_fn_file(s->p, fn)->facts;

	for (uint32_t i = 0; i < f->nr_events; i++) {
		uint32_t e = f->first_event + i;
		const struct event *ev = &facts->events[e];
		const struct target *t;
		size_t nr;

		if (ev->kind != EV_CALL && ev->kind != EV_ICALL)
			continue;
		t = program_targets(s->p, fn, e, &nr);
		for (size_t j = 0; j < nr; j++)
			if (s->of[t[j].fn].nr || s->stated[t[j].fn])
				return true;
	}
	return false;
}

bool summary_needs_flow(const struct summaries *s, uint32_t fn)
{
	return s->notes[fn] & NOTE_FLOW ||
	       (s->notes[fn] & NOTE_CALLS && calls_effects(s, fn));
}

/* What the events of @fn say by themselves: the same for any order. */
static void note(void *ctx, uint32_t fn)
{
	struct summaries *s = ctx;
	const struct func *f = program_func(s->p, fn);
	const struct pfile *file = program_fn_file(s->p, fn);
	const struct event *ev = file->facts->events + f->first_event;
	const struct event *end = ev + f->nr_events;
	uint8_t classes = 0, flow = 0;

	for (; ev < end; ev++) {
		uint8_t c = CLASS_ANY;

		if (!flow && is_flow(s->p, file, ev))
			flow = NOTE_FLOW;
		if (ev->kind != EV_RETURN)
			continue;
		if (ev->value)
			c = file->facts->exprs[ev->value - 1].classes;
		classes |= c ? c : CLASS_ANY;
	}
	s->notes[fn] = flow | (classes ? classes : CLASS_ANY);
}

static void note_callers(struct summaries *s, uint32_t fn)
{
	size_t nr;
	const struct caller *c = program_callers(s->p, fn, &nr);

	for (size_t i = 0; i < nr; i++)
		s->notes[c[i].fn] |= NOTE_CALLS;
}

/* Pages and buffers are often unlocked by I/O completion, not by callers. */
static bool is_handed_over(const struct refs *t, ref_t ref)
{
	const struct ref *r = ref_get(t, ref);

	return r->kind == REF_RESOURCE && t->k->resources[r->a].instance;
}

static void keep_balanced(const struct flow *w, unsigned int bit,
			  struct effect *e)
{
	uint64_t m = 1ull << bit;

	if (w->released & m) {
		if (e->may && !e->must)
			e->may = 0;
		else if (e->must)
			e->may = e->must;
	}
	if (e->may && !e->must && !(w->prim_acquired & m))
		e->may = 0;
	if (e->rel_may && !e->rel_must &&
	    ((w->acquired & m) || !(w->prim_released & m)))
		e->rel_may = false;
	if (is_handed_over(&w->s->refs, e->ref) &&
	    !((w->prim_acquired | w->prim_released) & m))
		e->may = e->must = e->rel_may = e->rel_must = 0;
}

static struct effect effect_of(const struct flow *w, unsigned int bit)
{
	uint64_t m = 1ull << bit;
	struct effect e = { .ref = w->refs[bit], .rel_must = true };

	for (int c = 0; c < 3; c++) {
		const struct flow_state *st = &w->exit[c];

		if (!st->live)
			continue;
		if (st->may & m)
			e.may |= 1 << c;
		if (st->must & m)
			e.must |= 1 << c;
		if (st->rmay & m)
			e.rel_may = true;
		if (!(st->rmust & m))
			e.rel_must = false;
	}
	e.rel_must = e.rel_must && e.rel_may;
	e.waits = w->waited & m;
	keep_balanced(w, bit, &e);
	return e;
}

static void add_effect(struct effect *v, unsigned int *nr, struct effect e)
{
	for (unsigned int i = 0; i < *nr; i++) {
		if (v[i].ref != e.ref)
			continue;
		v[i].may |= e.may;
		v[i].must |= e.must;
		v[i].rel_may |= e.rel_may;
		v[i].rel_must |= e.rel_must;
		v[i].waits |= e.waits;
		return;
	}
	v[(*nr)++] = e;
}

static int effect_order(const void *x, const void *y)
{
	const struct effect *a = x, *b = y;

	return a->ref < b->ref ? -1 : a->ref > b->ref;
}

/* Member by member: what fills up a struct is not set. */
static bool is_same(const struct effect *a, const struct effect *b,
		    unsigned int nr)
{
	for (unsigned int i = 0; i < nr; i++)
		if (a[i].ref != b[i].ref || a[i].may != b[i].may ||
		    a[i].must != b[i].must || a[i].rel_may != b[i].rel_may ||
		    a[i].rel_must != b[i].rel_must || a[i].waits != b[i].waits)
			return false;
	return true;
}

/* Put the result of @w into @sum; true when it differs from what was there. */
static bool take_result(struct summaries *s, const struct flow *w,
			struct summary *sum)
{
	struct effect v[FLOW_REFS];
	unsigned int nr = 0;
	bool changed;

	for (unsigned int b = 0; b < w->nr_refs; b++) {
		struct effect e = effect_of(w, b);

		e.ref = ref_exported(&s->refs, e.ref);
		if (e.ref && (e.may || e.must || e.rel_may))
			add_effect(v, &nr, e);
	}
	qsort(v, nr, sizeof(*v), effect_order);
	changed = sum->nr != nr || sum->classes != w->exit_classes ||
		  !is_same(sum->v, v, nr);
	if (sum->nr < nr)
		sum->v = ARENA_ARRAY(&s->arena, struct effect, nr);
	if (nr)
		memcpy(sum->v, v, nr * sizeof(*v));
	sum->nr = nr;
	sum->classes = w->exit_classes;
	sum->bound |= w->overflow || w->tainted;
	sum->hit |= w->overflow;
	return changed;
}

static struct flow *flow_at_depth(struct summaries *s)
{
	if (!s->flows[s->depth])
		s->flows[s->depth] = flow_new(s);
	return s->flows[s->depth];
}

static bool summarise(struct summaries *s, uint32_t fn)
{
	struct summary *sum = &s->of[fn];
	bool changed;
	struct flow *w;

	if (!summary_needs_flow(s, fn)) {
		uint8_t classes = s->notes[fn] & CLASS_ANY;

		changed = sum->nr || sum->classes != classes;
		sum->nr = 0;
		sum->classes = classes;
		return changed;
	}
	w = flow_at_depth(s);
	flow_run(w, fn, NULL, NULL, NULL);
	changed = take_result(s, w, sum);
	if (changed && sum->nr)
		note_callers(s, fn);
	return changed;
}

/* The entry of @key, made if there is none; its index + 1, 0: too many. */
static uint32_t spec_entry(struct summaries *s, const struct spec *key)
{
	uint64_t h = map_pair(key->fn, key->param << 8 | key->classes);
	uint32_t *slot, i;

	for (i = 0; i < key->nr; i++)
		h = (h ^ key->names[i]) * 0x9e3779b97f4a7c15ull;
	slot = map_at(&s->spec_index, h, NULL);
	for (i = *slot; i; i = s->spec_next[i - 1])
		if (spec_equal(&s->spec_keys[i - 1], key))
			return i;
	if (s->nr_specs == s->cap_specs)
		return 0;
	i = s->nr_specs++;
	s->spec_keys[i] = *key;
	s->spec_keys[i].round = UINT32_MAX;
	s->spec_next[i] = *slot;
	*slot = i + 1;
	return i + 1;
}

/* One made while its function was not settled is made anew in the next pass
 * over the SCC. */
static const struct summary *specialise(struct summaries *s,
					const struct spec *key)
{
	uint32_t i = spec_entry(s, key);
	bool settled = program_fn(s->p, key->fn)->scc < s->scc;
	struct flow *w;

	if (!i--)
		return NULL;
	if (!s->spec_keys[i].round ||
	    (!settled && s->spec_keys[i].round == s->round))
		return &s->specs[i];
	s->spec_keys[i].round = settled ? 0 : s->round;
	s->depth++;
	w = flow_at_depth(s);
	flow_run(w, key->fn, &s->spec_keys[i], NULL, NULL);
	take_result(s, w, &s->specs[i]);
	s->of[key->fn].hit |= s->specs[i].hit;
	s->depth--;
	return &s->specs[i];
}

const struct summary *summary_at_call(struct summaries *s, uint32_t caller,
				      const struct event *ev, uint32_t fn,
				      const struct spec *outer)
{
	const struct summary *sum = &s->of[fn], *better = NULL;
	struct spec key;

	if (!sum->nr || s->depth + 1 >= ARRAY_SIZE(s->flows))
		return sum;
	if (spec_at_call(s->p, s->deciding, caller, ev, fn, outer, &key))
		better = specialise(s, &key);
	return better ? better : sum;
}

/* Callers are in the order of their numbers. */
static bool calls_itself(const struct program *p, uint32_t fn)
{
	size_t low = 0, high;
	const struct caller *callers = program_callers(p, fn, &high);

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (callers[mid].fn == fn)
			return true;
		if (callers[mid].fn < fn)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

static void settle_scc(struct summaries *s, const uint32_t *fns, uint32_t nr)
{
	bool changed = true;
	int round;

	if (nr == 1 && !calls_itself(s->p, fns[0])) {
		s->round++;
		summarise(s, fns[0]);
		return;
	}

	for (round = 0; changed && round < REDO_BOUND; round++) {
		changed = false;
		s->round++;
		for (uint32_t i = 0; i < nr; i++)
			changed |= summarise(s, fns[i]);
		if (nr == 1 && round)
			break;
	}
	if (!changed)
		return;
	for (uint32_t i = 0; i < nr; i++)
		s->of[fns[i]].bound = s->of[fns[i]].hit = true;
}

static void index_stated(struct summaries *s)
{
	struct map by_name;
	struct atoms *atoms = program_atoms(s->p);

	map_init(&by_name);
	for (size_t i = 0; i < s->k->nr_effects; i++)
		map_set(&by_name,
			atom_of(atoms, s->k->effects[i].function), i + 1);
	for (uint32_t fn = 0; fn < program_nr_fns(s->p); fn++) {
		uint32_t i = map_get(&by_name, program_fn(s->p, fn)->name, 0);

		if (!i)
			continue;
		s->stated[fn] = &s->k->effects[i - 1];
		note_callers(s, fn);
	}
	map_release(&by_name);
}

void summaries_make(struct summaries *s, const struct program *p,
		    const struct knowledge *k, const char *kernel,
		    unsigned int threads)
{
	uint32_t nr_fns = program_nr_fns(p);
	const uint32_t *order;
	size_t nr;

	memset(s, 0, sizeof(*s));
	s->p = p;
	s->k = k;
	s->zero_closes = !*kernel ||
			 knowledge_fact(k, "restore-zero-clears", kernel);
	arena_init(&s->arena);
	map_init(&s->spec_index);
	refs_init(&s->refs, p, k);
	s->of = xcalloc(nr_fns, sizeof(*s->of));
	s->stated = xcalloc(nr_fns, sizeof(*s->stated));
	s->notes = xcalloc(nr_fns, sizeof(*s->notes));
	eachfn_run(p, threads, note, s);
	s->deciding = spec_deciding(p, threads);
	s->cap_specs = 1u << 16;
	s->specs = xcalloc(s->cap_specs, sizeof(*s->specs));
	s->spec_keys = xcalloc(s->cap_specs, sizeof(*s->spec_keys));
	s->spec_next = xcalloc(s->cap_specs, sizeof(*s->spec_next));
	index_stated(s);
	order = program_scc_order(p, &nr);
	for (uint32_t scc = 0; scc < program_nr_sccs(p); scc++) {
		uint32_t size, first = program_scc(p, scc, &size);

		s->scc = scc;
		settle_scc(s, order + first, size);
	}
	s->scc = program_nr_sccs(p);
}

void summaries_release(struct summaries *s)
{
	for (size_t i = 0; i < ARRAY_SIZE(s->flows); i++)
		flow_free(s->flows[i]);
	free(s->of);
	free(s->stated);
	free(s->notes);
	free(s->deciding);
	free(s->specs);
	free(s->spec_keys);
	free(s->spec_next);
	map_release(&s->spec_index);
	refs_release(&s->refs);
	arena_release(&s->arena);
}
