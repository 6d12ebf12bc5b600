// SPDX-License-Identifier: GPL-2.0-only
/*
 * Missing scopes: a function takes what reclaim waits for and, before it lets
 * go, something below it allocates with a mask that lets reclaim come back.
 *
 * One finding for each (function, resource): the one with the shortest way to
 * an allocation. It is placed where the scope should be: at the acquire.
 */
#include "judge/finding.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/habit.h"

enum { TAKEN_MANY = 4 };	/* sections that one finding is made for */

enum {			/* calls that a finding of high confidence may have */
	HIGH_ALLOC = 2,		/* from the section to the allocation */
	HIGH_WAIT = 6,		/* from reclaim to where it waits */
};

struct result_finding *finding_add(struct decision *d, enum rule rule,
				   uint32_t fn, uint32_t line,
				   uint32_t column)
{
	struct result *r = d->r;
	struct result_finding *f;

	GROW(d->findings, d->nr_findings, d->cap_findings);
	f = &d->findings[d->nr_findings++];
	memset(f, 0, sizeof(*f));
	f->rule = rule;
	f->path = arena_strdup(&r->arena,
			       program_fn_file(d->s->p, fn)->path);
	f->function = arena_strdup(&r->arena,
				   atom_str(program_atoms(d->s->p),
					    program_fn(d->s->p, fn)->name));
	f->line = line;
	f->column = column;
	return f;
}

void findings_done(struct decision *d)
{
	d->r->findings = arena_memdup(&d->r->arena, d->findings,
				      d->nr_findings * sizeof(*d->findings));
	d->r->nr_findings = d->nr_findings;
}

struct candidate {
	uint32_t place;
	const struct hazard *hazard;
	struct alloc alloc;
	uint8_t level;
};

/* Is the hazard one that a scope would cure, and held by this function? */
static bool is_candidate(const struct view *v, const struct hazard *h)
{
	return v->levels & 1 << LEVEL_NONE && h->way.nr == 1 &&
	       !h->instance && !h->wait->own;
}

static int candidate_order(const struct candidate *a,
			   const struct candidate *b)
{
	if (a->alloc.depth != b->alloc.depth)
		return a->alloc.depth < b->alloc.depth ? -1 : 1;
	return a->place < b->place ? -1 : a->place > b->place;
}

/* Where the chain of @w starts; NULL: it has none, or another task stands in
 * between, who waits and whom reclaim waits for. */
static const struct visit *root_of(const struct reclaim_set *set,
				   const struct wait *w)
{
	const struct visit *v = NULL;
	uint32_t fn = w->fn;

	if (w->via)
		return NULL;
	for (uint32_t n = 0; fn != FN_NONE && n <= set->nr_visits; n++) {
		uint64_t i = map_get(&set->fns, fn, 0);

		if (!i || set->visits[i - 1].via)
			return NULL;
		v = &set->visits[i - 1];
		fn = v->from;
	}
	return v;
}

/* Does reclaim itself, and as a rule, come to the wait? */
static bool is_usual(const struct decision *d, const struct hazard *h)
{
	const struct visit *root = root_of(h->set, h->wait);

	return root && !root->worker && !d->k->reclaim[root->root].seldom;
}

/* Is the whole story one of a single component? What a library does for many
 * it seldom does for all of them. */
static bool is_local(const struct decision *d, const struct hazard *h,
		     const struct way *w)
{
	const struct visit *root = root_of(h->set, h->wait);
	const struct program *p = d->s->p;
	uint32_t comp = program_fn_file(p, w->v[0].fn)->component;

	for (uint32_t i = 1; i < w->nr; i++)
		if (program_fn_file(p, w->v[i].fn)->component != comp)
			return false;
	return program_fn_file(p, root->fn)->component == comp &&
	       program_fn_file(p, h->wait->fn)->component == comp;
}

/* Nothing on the way from the section to the allocation is left to believe:
 * direct calls down to an allocator that is handed the mask as a constant. */
static bool is_plain(const struct decision *d, const struct way *w)
{
	const struct hop *last = &w->v[w->nr - 1];
	const struct pfile *file = program_fn_file(d->s->p, last->fn);
	const struct event *ev = &file->facts->events[last->event];
	const struct know_allocator *k = NULL;

	for (uint32_t i = 0; i < w->nr; i++)
		if (program_fn_file(d->s->p, w->v[i].fn)->facts->
		    events[w->v[i].event].kind != EV_CALL)
			return false;
	k = program_allocator(d->s->p, file->atoms[ev->name]);
	return k && k->gfp_arg >= 0 && k->gfp_arg < ev->nr_args &&
	       file->facts->exprs[ev->args + k->gfp_arg].mask & MASK_PRESENT;
}

static bool is_coarse(const struct decision *d, ref_t ref)
{
	const struct ref *r = ref_get(&d->s->refs, ref);

	return r->kind == REF_RESOURCE && d->k->resources[r->a].coarse;
}

/* Runs before others can see the object, as far as can be told. */
static bool is_setup(const struct decision *d, const struct view *v,
		     uint32_t fn)
{
	return v->entries == 1 << ENTRY_INIT ||
	       program_func(d->s->p, fn)->flags & FUNC_INIT;
}

static enum confidence rank(const struct decision *d, const struct view *v,
			    const struct candidate *c, const struct way *way)
{
	const struct wait *w = c->hazard->wait;
	const struct refs *refs = &d->s->refs;
	unsigned int mild = DOUBT_POINTER | DOUBT_FAR;

	if (v->doubts & ~mild || w->by_name || ref_is_doubtful(refs, c->hazard->ref) ||
	    is_setup(d, v, way->v[0].fn))
		return CONF_LOW;
	if (c->alloc.depth > 4)
		return CONF_LOW;
	if (v->doubts || !is_usual(d, c->hazard) || is_coarse(d, c->hazard->ref))
		return c->alloc.depth <= 2 ? CONF_MODERATE : CONF_LOW;
	if (c->alloc.depth <= HIGH_ALLOC && w->depth <= HIGH_WAIT &&
	    is_plain(d, way) && is_local(d, c->hazard, way))
		return CONF_HIGH;
	return CONF_MODERATE;
}

/* The chain from the acquire down to the allocation. */
static void tell(struct decision *d, const struct views *vs,
		 const struct allocs *a, const struct candidate *c,
		 struct result_finding *f)
{
	const struct place *pl = &vs->places[c->place];
	struct alloc x = c->alloc;
	struct hop hops[32] = { { pl->fn, pl->event } };
	struct way w = { hops, 1 };
	const struct event *ev;
	const struct facts *facts;

	while (x.next != FN_NONE && w.nr < ARRAY_SIZE(hops)) {
		uint32_t fn = x.next;

		x = a->of[c->level][fn];
		hops[w.nr++] = (struct hop){ fn, x.event };
	}
	f->confidence = rank(d, &vs->v[c->place], c, &w);
	facts = program_fn_file(d->s->p, hops[w.nr - 1].fn)->facts;
	ev = &facts->events[hops[w.nr - 1].event];
	story_acquire(&d->story, &w, c->hazard->ref);
	story_way(&d->story, &w);
	story_site(&d->story, &hops[w.nr - 1],
		   arena_printf(&d->r->arena, "%s() may enter reclaim",
				facts_str(facts, ev->name)));
	f->evidence = story_take(&d->story);
	story_wait(&d->story, c->hazard->set, c->hazard->wait,
		   c->hazard->ref);
	f->reclaim = story_take(&d->story);
}

static void report(struct decision *d, const struct views *vs,
		   const struct allocs *a, const struct candidate *c,
		   const struct habit *habit)
{
	const struct place *pl = &vs->places[c->place];
	const struct facts *facts = program_fn_file(d->s->p, pl->fn)->facts;
	const struct event *ev = &facts->events[pl->event];
	struct deed deeds[ACQUIRE_MAX];
	struct result_finding *f;
	unsigned int nr;

	nr = acquire_events(d->s, pl->fn, c->hazard->ref, false, deeds);
	if (nr)
		ev = &facts->events[deeds[0].event];
	f = finding_add(d, habit_has_scope(habit) ? RULE_UNPAIRED_LOCK :
			RULE_MISSING_SCOPE, pl->fn, ev->line, ev->column);
	f->message = arena_printf(&d->r->arena, "%s is held over an "
		"allocation that may enter reclaim, which waits for it; no %s "
		"scope is open", story_ref(&d->story, c->hazard->ref),
		c->level == LEVEL_NONE ? "NOFS" : "NOIO");
	tell(d, vs, a, c, f);
}

/* The function that takes a pseudo-lock for the section of @c; FN_NONE. */
static uint32_t taker(const struct decision *d, const struct views *vs,
		      const struct candidate *c)
{
	uint32_t fn = vs->places[c->place].fn;
	struct deed deeds[ACQUIRE_MAX];
	const struct target *t;
	size_t nr;

	if (ref_get(&d->s->refs, c->hazard->ref)->kind != REF_RESOURCE ||
	    ref_is_doubtful(&d->s->refs, c->hazard->ref) ||
	    is_coarse(d, c->hazard->ref) ||
	    !acquire_events(d->s, fn, c->hazard->ref, false, deeds))
		return FN_NONE;
	t = program_targets(d->s->p, fn, deeds[0].event, &nr);
	return nr == 1 && t->how == TARGET_DIRECT ? t->fn : FN_NONE;
}

static void report_taker(struct decision *d, const struct views *vs,
			 const struct allocs *a, const struct candidate *c,
			 uint32_t fn, unsigned int nr)
{
	const struct func *func = program_func(d->s->p, fn);
	bool io = d->k->resources[ref_get(&d->s->refs, c->hazard->ref)->a].io;
	struct result_finding *f;

	f = finding_add(d, RULE_MISSING_SCOPE, fn, func->line, func->column);
	f->message = arena_printf(&d->r->arena, "%u functions allocate with "
		"%s, which this one takes and reclaim waits for; a %s scope "
		"that it opens would serve all", nr,
		story_ref(&d->story, c->hazard->ref),
		io || c->level != LEVEL_NONE ? "NOIO" : "NOFS");
	tell(d, vs, a, c, f);
	if (f->confidence == CONF_HIGH)
		f->confidence = CONF_MODERATE;
}

/* Where many sections of a pseudo-lock lack the scope, it belongs to what
 * takes it: one finding there, besides those of the sections. */
static void report_takers(struct decision *d, const struct views *vs,
			  const struct allocs *a, const struct candidate *best,
			  size_t nr)
{
	uint32_t *of = xcalloc(nr + 1, sizeof(*of));
	struct map count;	/* function -> sections */

	map_init(&count);
	for (size_t i = 0; i < nr; i++) {
		of[i] = taker(d, vs, &best[i]);
		if (of[i] != FN_NONE)
			++*map_at(&count, of[i], NULL);
	}
	for (size_t i = 0; i < nr; i++) {
		uint32_t *n;

		if (of[i] == FN_NONE)
			continue;
		n = map_at(&count, of[i], NULL);
		if (*n >= TAKEN_MANY)
			report_taker(d, vs, a, &best[i], of[i], *n);
		*n = 0;
	}
	map_release(&count);
	free(of);
}

void find_missing(struct decision *d, const struct views *vs,
		  const struct allocs *a)
{
	struct candidate *best = NULL;
	size_t nr = 0, cap = 0;
	struct habit *habits = habits_count(vs->all->pts);
	struct map index;

	map_init(&index);
	for (uint32_t i = 0; i < vs->nr; i++) {
		const struct place *pl = &vs->places[i];
		const struct view *v = &vs->v[i];

		if (pl->site != UINT32_MAX)
			continue;
		for (uint32_t j = 0; j < v->nr_hazards; j++) {
			const struct hazard *h = &v->hazards[j];
			enum level level = h->side == SIDE_FS ? LEVEL_NONE :
					   LEVEL_NOFS;
			struct candidate c = { .place = i, .hazard = h,
					       .level = level };
			uint32_t *slot;

			if (!is_candidate(v, h))
				continue;
			c.alloc = alloc_at(a, pl->fn, pl->event, level);
			if (c.alloc.depth == ALLOC_NONE)
				continue;
			slot = map_at(&index, map_pair(pl->fn, h->ref), NULL);
			if (!*slot) {
				GROW(best, nr, cap);
				best[nr++] = c;
				*slot = nr;
			} else if (candidate_order(&c, &best[*slot - 1]) < 0) {
				best[*slot - 1] = c;
			}
		}
	}
	for (size_t i = 0; i < nr; i++)
		report(d, vs, a, &best[i], &habits[best[i].hazard->ref]);
	report_takers(d, vs, a, best, nr);
	find_unpaired(d, habits);
	free(habits);
	map_release(&index);
	free(best);
}
