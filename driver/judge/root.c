// SPDX-License-Identifier: GPL-2.0-only
/*
 * Roots (see root.h). The mending belongs to the helper: to the one that takes
 * a lock it can be the scope, to the one that allocates the mask.
 */
#include "judge/root.h"

#include <stdlib.h>

#include "base/mem.h"

enum {			/* sections that one finding is made for: */
	TAKEN_MANY = 4,		/* at the helper that takes the lock */
	ALLOCATED_MANY = 3,	/* at the helper that allocates */
};

/* The helper that takes the lock for the section of @c; FN_NONE. */
static uint32_t taker(const struct decision *d, const struct candidate *c)
{
	struct deed deeds[ACQUIRE_MAX];
	const struct target *t;
	size_t nr;

	if (ref_is_doubtful(&d->s->refs, c->hazard->ref) ||
	    rank_is_coarse(d, c->hazard->ref) ||
	    !acquire_events(d->s, c->fn, c->hazard->ref, false, deeds))
		return FN_NONE;
	t = program_targets(d->s->p, c->fn, deeds[0].event, &nr);
	return nr == 1 && t->how == TARGET_DIRECT ? t->fn : FN_NONE;
}

/* The helper that allocates in the section of @c; FN_NONE. */
static uint32_t allocator(const struct decision *d, const struct candidate *c)
{
	uint32_t fn = c->hops[c->nr_hops - 1].fn;

	(void)d;
	return fn == c->fn ? FN_NONE : fn;
}

static void report_taker(struct decision *d, const struct views *vs,
			 struct candidate *c, uint32_t fn, unsigned int nr)
{
	const struct func *func = program_func(d->s->p, fn);
	const struct ref *r = ref_get(&d->s->refs, c->hazard->ref);
	bool io = c->level != LEVEL_NONE ||
		  (r->kind == REF_RESOURCE && d->k->resources[r->a].io);
	struct result_finding *f;

	f = finding_add(d, RULE_MISSING_SCOPE, fn, func->line, func->column);
	f->message = arena_printf(&d->r->arena, "%u functions allocate with "
		"%s, which this one takes and reclaim waits for; a %s scope "
		"that it opens would serve all", nr,
		story_ref(&d->story, c->hazard->ref), io ? "NOIO" : "NOFS");
	finding_tell(d, vs, c, f);
}

static void report_allocator(struct decision *d, const struct views *vs,
			     struct candidate *c, uint32_t fn, unsigned int nr)
{
	const struct facts *facts = program_fn_file(d->s->p, fn)->facts;
	const struct event *ev =
		&facts->events[c->hops[c->nr_hops - 1].event];
	struct result_finding *f;

	f = finding_add(d, RULE_MISSING_SCOPE, fn, ev->line, ev->column);
	f->message = arena_printf(&d->r->arena, "%s() may enter reclaim, and "
		"%u functions come here with %s, which reclaim waits for",
		facts_str(facts, ev->name), nr,
		story_ref(&d->story, c->hazard->ref));
	finding_tell(d, vs, c, f);
	if (f->confidence == CONF_HIGH)
		f->confidence = CONF_MODERATE;
}

typedef uint32_t root_fn(const struct decision *d, const struct candidate *c);
typedef void report_fn(struct decision *d, const struct views *vs,
		       struct candidate *c, uint32_t fn, unsigned int nr);

static void find(struct decision *d, const struct views *vs,
		 struct candidate *list, size_t nr, root_fn *root,
		 report_fn *report, uint32_t many)
{
	uint32_t *of = xcalloc(nr + 1, sizeof(*of));
	struct map count;	/* function, ref -> sections */

	map_init(&count);
	for (size_t i = 0; i < nr; i++) {
		of[i] = root(d, &list[i]);
		if (of[i] != FN_NONE)
			++*map_at(&count, map_pair(of[i], list[i].hazard->ref),
				  NULL);
	}
	for (size_t i = 0; i < nr; i++) {
		uint32_t *n;

		if (of[i] == FN_NONE)
			continue;
		n = map_at(&count, map_pair(of[i], list[i].hazard->ref), NULL);
		if (*n >= many)
			report(d, vs, &list[i], of[i], *n);
		*n = 0;
	}
	map_release(&count);
	free(of);
}

void find_roots(struct decision *d, const struct views *vs,
		struct candidate *list, size_t nr)
{
	find(d, vs, list, nr, taker, report_taker, TAKEN_MANY);
	find(d, vs, list, nr, allocator, report_allocator, ALLOCATED_MANY);
}
