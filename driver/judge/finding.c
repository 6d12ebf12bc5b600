// SPDX-License-Identifier: GPL-2.0-only
/*
 * Missing scopes: a function takes what reclaim waits for and, before it lets
 * go, something below it allocates with a mask that lets reclaim come back.
 *
 * One finding for each (function, resource): the one that reclaim waits for
 * most surely, with the shortest way to an allocation. It is placed where the
 * scope should be: at the acquire.
 */
#include "judge/finding.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/habit.h"
#include "judge/hazard.h"
#include "judge/rank.h"
#include "judge/root.h"
#include "judge/wait.h"

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

/* Is the hazard one that a scope would cure, and held by this function? */
static bool is_candidate(const struct views *vs, uint32_t place,
			 const struct hazard *h)
{
	const struct place *pl = &vs->places[place];
	enum level needed = h->side == SIDE_FS ? LEVEL_NOFS : LEVEL_NOIO;

	if (pl->site != UINT32_MAX || h->way.nr != 1 || h->instance ||
	    h->wait->own || !(vs->v[place].levels & 1 << LEVEL_NONE) ||
	    hazard_is_left_alone(vs->all, h, pl->fn))
		return false;
	/* One that is opened on some paths only goes with something that is
	 * not seen from here. */
	return point_at(vs->all->pts, pl->fn, pl->event)->open_may < needed;
}

#define DIFFER(a, b) if ((a) != (b)) return (a) < (b) ? -1 : 1

/* Those of one section together, what proves most first. */
static int candidate_order(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;

	DIFFER(a->fn, b->fn);
	DIFFER(a->hazard->ref, b->hazard->ref);
	DIFFER(a->hazard->wait->grade, b->hazard->wait->grade);
	DIFFER(a->depth, b->depth);
	DIFFER(a->place, b->place);
	DIFFER(a->hazard->side, b->hazard->side);
	DIFFER(a->hazard->colour, b->hazard->colour);
	return 0;
}

#undef DIFFER

/* The chain from the acquire down to the allocation. */
void finding_tell(struct decision *d, const struct views *vs,
		  struct candidate *c, struct result_finding *f)
{
	struct way w = { c->hops, c->nr_hops };
	const struct hop *last = &c->hops[c->nr_hops - 1];
	const struct facts *facts = program_fn_file(d->s->p, last->fn)->facts;
	const struct event *ev = &facts->events[last->event];

	f->confidence = rank(d, vs, c);
	story_acquire(&d->story, &w, c->hazard->ref);
	story_way(&d->story, &w);
	story_site(&d->story, last,
		   arena_printf(&d->r->arena, "%s() may enter reclaim",
				facts_str(facts, ev->name)));
	f->evidence = story_take(&d->story);
	story_wait(&d->story, c->hazard->set, c->hazard->wait,
		   c->hazard->ref);
	f->reclaim = story_take(&d->story);
}

static const char *fn_name(const struct decision *d, uint32_t fn)
{
	return atom_str(program_atoms(d->s->p), program_fn(d->s->p, fn)->name);
}

/* Who waits, in a few words. */
static const char *waiter(const struct decision *d, const struct hazard *h)
{
	const struct wait *w = h->wait;
	struct arena *a = &d->r->arena;
	const struct visit *root;

	if (w->fn == FN_NONE)
		return "reclaim waits for it";
	root = wait_root(h->set, w);
	if (!root || root->via)
		return arena_printf(a, "reclaim waits for a task that waits "
				    "for it in %s()", fn_name(d, w->fn));
	if (root->fn == w->fn)
		return arena_printf(a, "reclaim waits for it in %s()",
				    fn_name(d, w->fn));
	return arena_printf(a, "reclaim waits for it in %s(), from %s()",
			    fn_name(d, w->fn), fn_name(d, root->fn));
}

/* The acquire that the section of @c begins with. */
static const struct event *section_start(const struct decision *d,
					 const struct candidate *c)
{
	const struct facts *facts = program_fn_file(d->s->p, c->fn)->facts;
	uint32_t at = c->hops[0].event;
	struct deed deeds[ACQUIRE_MAX];
	unsigned int nr = acquire_events(d->s, c->fn, c->hazard->ref, false,
					 deeds);

	if (nr)
		at = deeds[0].event;
	for (unsigned int i = 1; i < nr; i++)
		if (deeds[i].event <= c->hops[0].event)
			at = deeds[i].event;
	return &facts->events[at];
}

static void report(struct decision *d, const struct views *vs,
		   struct candidate *c, const struct habit *habit)
{
	const struct hop *last = &c->hops[c->nr_hops - 1];
	const struct facts *facts = program_fn_file(d->s->p, last->fn)->facts;
	const struct event *ev = section_start(d, c);
	struct arena *a = &d->r->arena;
	struct result_finding *f;

	f = finding_add(d, habit_has_scope(habit) ? RULE_UNPAIRED_LOCK :
			RULE_MISSING_SCOPE, c->fn, ev->line, ev->column);
	f->message = arena_printf(a, "%s is held over %s()%s with no %s "
		"scope; %s%s", story_ref(&d->story, c->hazard->ref),
		facts_str(facts, facts->events[last->event].name),
		last->fn == c->fn ? "" : arena_printf(a, " in %s()",
		fn_name(d, last->fn)),
		c->level == LEVEL_NONE ? "NOFS" : "NOIO",
		waiter(d, c->hazard), c->more ? arena_printf(a,
		"; so do %u more functions", c->more) : "");
	finding_tell(d, vs, c, f);
}

/* All that may be one, nearest allocation unknown yet. */
static struct candidate *list_candidates(const struct views *vs,
					 const struct allocs *a, size_t *nr)
{
	struct candidate *list = NULL;
	size_t cap = 0;

	*nr = 0;
	for (uint32_t i = 0; i < vs->nr; i++) {
		const struct place *pl = &vs->places[i];
		const struct view *v = &vs->v[i];

		for (uint32_t j = 0; j < v->nr_hazards; j++) {
			const struct hazard *h = &v->hazards[j];
			struct candidate c = { .place = i, .fn = pl->fn,
					       .hazard = h };

			if (!is_candidate(vs, i, h))
				continue;
			c.level = h->side == SIDE_FS ? LEVEL_NONE : LEVEL_NOFS;
			c.depth = alloc_at(a, pl->fn, pl->event,
					   c.level).depth;
			if (c.depth >= DESCENT_MAX)
				continue;
			GROW(list, *nr, cap);
			list[(*nr)++] = c;
		}
	}
	if (*nr)
		qsort(list, *nr, sizeof(*list), candidate_order);
	return list;
}

/* Of each section the first that has an allocation: in front of @list. */
static size_t choose(struct candidate *list, size_t nr,
		     const struct views *vs, const struct allocs *a)
{
	struct descent ds;
	size_t kept = 0;

	descent_init(&ds, a);
	for (size_t i = 0; i < nr; i++) {
		struct candidate *c = &list[i];
		const struct place *pl = &vs->places[c->place];

		if (kept && list[kept - 1].fn == c->fn &&
		    list[kept - 1].hazard->ref == c->hazard->ref)
			continue;
		c->nr_hops = descent_find(&ds, (struct hop){ pl->fn,
					  pl->event }, c->hazard->ref,
					  c->level, c->hazard->colour,
					  c->hops);
		if (c->nr_hops)
			list[kept++] = *c;
	}
	descent_release(&ds);
	return kept;
}

void find_missing(struct decision *d, const struct views *vs,
		  const struct allocs *a)
{
	struct habit *habits = habits_count(vs->all->pts);
	size_t nr;
	struct candidate *list = list_candidates(vs, a, &nr);

	nr = choose(list, nr, vs, a);
	nr = rank_gather(d, vs, list, nr);
	for (size_t i = 0; i < nr; i++)
		report(d, vs, &list[i], &habits[list[i].hazard->ref]);
	find_roots(d, vs, list, nr);
	find_unpaired(d, habits);
	free(habits);
	free(list);
}
