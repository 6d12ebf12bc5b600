// SPDX-License-Identifier: GPL-2.0-only
/*
 * Critical sections: where the scope that a site needs should be.
 *
 * A section has both of its ends in one function. A lock that one function
 * takes and another drops is a section of the function that calls both.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/decide.h"
#include "judge/extent.h"
#include "judge/through.h"

static struct section_point *points_of(struct decision *d, uint32_t fn,
				       const struct deed *deeds,
				       unsigned int nr)
{
	const struct facts *facts = program_fn_file(d->s->p, fn)->facts;
	struct section_point *v;

	v = ARENA_ARRAY(&d->r->arena, struct section_point, nr);
	for (unsigned int i = 0; i < nr; i++) {
		const struct event *ev = &facts->events[deeds[i].event];
		const char *result = "";

		if (ev->value) {
			const struct expr *e = &facts->exprs[ev->value - 1];

			if (e->kind == EXPR_NAME && !e->nr_parts)
				result = facts_str(facts, e->base);
		}
		v[i] = (struct section_point){
			.line = ev->line, .column = ev->column,
			.callee = arena_strdup(&d->r->arena,
					       facts_str(facts, ev->name)),
			.result = arena_strdup(&d->r->arena, result),
			.success = deeds[i].success,
		};
	}
	return v;
}

/* Whoever waits for @ref may be about to swap, which a NOFS mask allows. */
static unsigned int restriction_for(const struct decision *d, ref_t ref,
				    unsigned int restriction)
{
	return ref_is_for_io(&d->s->refs, ref) ? RESTRICT_NOIO : restriction;
}

static bool save_after(const struct decision *d, const char *path)
{
	const struct know_subsystem *s = knowledge_subsystem(d->k, path);

	return s && s->save_after_lock;
}

static struct section *known_section(const struct decision *d, uint32_t fn,
				     ref_t ref, unsigned int restriction,
				     bool whole)
{
	for (size_t i = 0; i < d->nr_sections; i++)
		if (d->section_fns[i] == fn && d->section_refs[i] == ref &&
		    d->sections[i]->restriction == restriction &&
		    d->sections[i]->whole_function == whole)
			return d->sections[i];
	return NULL;
}

/* What sentences say of @ref. */
static void set_words(struct decision *d, ref_t ref, struct section *s)
{
	const struct ref *r = ref_get(&d->s->refs, ref);
	const struct know_resource *k;

	s->resource = story_ref(&d->story, ref);
	if (r->kind != REF_RESOURCE)
		return;
	k = &d->k->resources[r->a];
	s->transaction = k->transaction;
	s->any_way = ref_is_for_io(&d->s->refs, ref);
	if (k->phrase)
		s->phrase = arena_strdup(&d->r->arena, k->phrase);
}

static struct section *new_section(struct decision *d, uint32_t fn, ref_t ref,
				   unsigned int restriction)
{
	struct section *s = ARENA_NEW(&d->r->arena, struct section);

	s->path = arena_strdup(&d->r->arena,
			       program_fn_file(d->s->p, fn)->path);
	s->function = arena_strdup(&d->r->arena,
				   atom_str(program_atoms(d->s->p),
					    program_fn(d->s->p, fn)->name));
	set_words(d, ref, s);
	s->restriction = restriction;
	s->line = program_func(d->s->p, fn)->line;
	if (d->nr_sections == d->cap_sections) {
		GROW(d->sections, d->nr_sections, d->cap_sections);
		d->section_fns = xreallocarray(d->section_fns,
					       d->cap_sections,
					       sizeof(*d->section_fns));
		d->section_refs = xreallocarray(d->section_refs,
						d->cap_sections,
						sizeof(*d->section_refs));
	}
	d->section_fns[d->nr_sections] = fn;
	d->section_refs[d->nr_sections] = ref;
	d->sections[d->nr_sections++] = s;
	return s;
}

/* Is @ref still held when @fn has done what it is for, or is it one that its
 * callers hold, and that it lets go of for a while? Then the section is
 * theirs. */
static bool hands_over(const struct decision *d, uint32_t fn, ref_t ref)
{
	const struct summary *s = &d->s->of[fn];

	for (unsigned int i = 0; i < s->nr; i++)
		if (s->v[i].ref == ref && (s->v[i].must || s->v[i].rel_must))
			return true;
	return false;
}

/* A call that lets go and takes again, or the reverse, is no end of a section:
 * what holds before it holds behind it. */
static void drop_relocks(struct deed *acq, unsigned int *nr_acq,
			 struct deed *rel, unsigned int *nr_rel)
{
	unsigned int i, k, a = 0, r = *nr_rel;

	for (i = 0; i < *nr_acq; i++) {
		for (k = 0; k < r && rel[k].event != acq[i].event; k++)
			;
		if (k == r) {
			acq[a++] = acq[i];
			continue;
		}
		memmove(rel + k, rel + k + 1, (r - k - 1) * sizeof(*rel));
		r--;
	}
	*nr_acq = a;
	*nr_rel = r;
}

/* A call that may let go, where nothing is held on any way, is no end either;
 * what is said of the others holds with or without it. */
static void drop_strangers(const struct decision *d, uint32_t fn,
			   struct section *s, const struct deed *rel)
{
	const struct facts *facts = program_fn_file(d->s->p, fn)->facts;
	const struct func *f = program_func(d->s->p, fn);
	size_t left = 0;

	for (size_t i = 0; i < s->nr_releases; i++)
		if (!extent_misses(facts, f, s, rel[i].event))
			s->releases[left++] = s->releases[i];
	s->nr_releases = left;
}

/* Do the ends pair? If not, a scope from the first on has to hold little else
 * than the section. */
static bool is_one_piece(const struct decision *d, uint32_t fn,
			 const struct section *s)
{
	const struct facts *facts = program_fn_file(d->s->p, fn)->facts;
	const struct func *f = program_func(d->s->p, fn);

	return extent_pairs(facts, f, s) || extent_is_near(facts, f, s, true);
}

struct section *section_for(struct decision *d, uint32_t fn, ref_t ref,
			    unsigned int restriction)
{
	struct deed acq[ACQUIRE_MAX], rel[ACQUIRE_MAX];
	unsigned int nr_acq, nr_rel;
	struct section *s, ends;

	restriction = restriction_for(d, ref, restriction);
	s = known_section(d, fn, ref, restriction, false);
	if (s)
		return s;
	if (hands_over(d, fn, ref))
		return NULL;
	nr_acq = acquire_events(d->s, fn, ref, false, acq);
	nr_rel = acquire_events(d->s, fn, ref, true, rel);
	if (nr_acq == ACQUIRE_MAX || nr_rel == ACQUIRE_MAX)
		return NULL;	/* there may be more */
	drop_relocks(acq, &nr_acq, rel, &nr_rel);
	if (!nr_acq || !nr_rel)
		return NULL;
	ends = (struct section){
		.acquires = points_of(d, fn, acq, nr_acq),
		.releases = points_of(d, fn, rel, nr_rel),
		.nr_acquires = nr_acq, .nr_releases = nr_rel,
	};
	drop_strangers(d, fn, &ends, rel);
	if (!ends.nr_releases || !is_one_piece(d, fn, &ends))
		return NULL;
	s = new_section(d, fn, ref, restriction);
	s->save_after = save_after(d, s->path);
	s->acquires = ends.acquires;
	s->nr_acquires = nr_acq;
	s->releases = ends.releases;
	s->nr_releases = ends.nr_releases;
	s->line = s->acquires[0].line;
	return s;
}

struct section *section_whole(struct decision *d, uint32_t fn, ref_t ref,
			      unsigned int restriction)
{
	struct section *s;

	restriction = restriction_for(d, ref, restriction);
	s = known_section(d, fn, ref, restriction, true);
	if (s)
		return s;
	s = new_section(d, fn, ref, restriction);
	s->whole_function = true;
	return s;
}

uint32_t section_fn(const struct decision *d, const struct section *s)
{
	for (size_t i = 0; i < d->nr_sections; i++)
		if (d->sections[i] == s)
			return d->section_fns[i];
	return FN_NONE;
}

/* The calls of @w as steps; none where it begins in the site's function. */
static struct chain tell_beside(struct decision *d, const struct way *w,
				const struct sited *at)
{
	if (!w->nr || w->v[0].fn == at->fn)
		return (struct chain){ 0 };
	story_way(&d->story, w);
	return story_take(&d->story);
}

void section_through(struct decision *d, const struct sited *at,
		     struct result_site *out)
{
	uint32_t fn = section_fn(d, out->scope_at);
	struct through t;
	struct deed deeds[THROUGH_MAX];

	if (at->view.doubts & (DOUBT_BOUND | DOUBT_BROKEN | DOUBT_MASK) ||
	    at->acts.lost)
		return;
	if (!through_find(d->contexts, &d->r->arena, &at->acts, fn,
			  level_of(out->restriction), &t)) {
		out->beside = tell_beside(d, &t.beside, at);
		return;
	}
	for (uint32_t i = 0; i < t.nr; i++)
		deeds[i] = (struct deed){ .event = t.events[i] };
	out->through = points_of(d, fn, deeds, t.nr);
	out->nr_through = t.nr;
}
