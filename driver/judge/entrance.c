// SPDX-License-Identifier: GPL-2.0-only
/*
 * Entrances (see entrance.h), found once for all passes.
 */
#include "judge/entrance.h"

#include <stdlib.h>

#include "base/mem.h"

/* By function: does an initialiser put it into a struct? Then whoever calls it
 * works on that struct; his locks are those of another subsystem. */
static bool *list_tables(const struct program *p)
{
	bool *in_table = xcalloc(program_nr_fns(p), sizeof(*in_table));

	for (uint32_t i = 0; i < program_nr_files(p); i++) {
		const struct pfile *f = program_file(p, i);

		for (uint32_t j = 0; j < f->facts->nr_inits; j++) {
			const struct init *in = &f->facts->inits[j];
			const struct expr *e = &f->facts->exprs[in->value];
			uint32_t fns[8];
			size_t nr;

			if (e->kind != EXPR_NAME || e->nr_parts || !in->nr_path)
				continue;
			nr = program_lookup(p, i, f->atoms[e->base], fns,
					    ARRAY_SIZE(fns));
			while (nr--)
				in_table[fns[nr]] = true;
		}
	}
	return in_table;
}

/* A pointer from one leaf into another is not followed: see walk_context(). */
static bool is_followed(const struct walk *w, const struct caller *c,
			uint32_t fn)
{
	return c->how != TARGET_DIRECT &&
	       (w->component[c->fn] == w->component[fn] ||
		!walk_is_leaf(w, c->fn) || !walk_is_leaf(w, fn));
}

/* By function: somebody has a pointer to it, and of those who call through
 * one nobody is followed, whoever else calls it by name. */
static bool *list_apart(const struct walk *w)
{
	bool *apart = xcalloc(program_nr_fns(w->p), sizeof(*apart));

	for (uint32_t fn = 0; fn < program_nr_fns(w->p); fn++) {
		const struct caller *c;
		size_t nr;

		if (!program_fn(w->p, fn)->addr_taken)
			continue;
		c = program_callers(w->p, fn, &nr);
		apart[fn] = true;
		for (size_t i = 0; i < nr && apart[fn]; i++)
			apart[fn] = !is_followed(w, &c[i], fn);
	}
	return apart;
}

static bool is_entrance(const struct walk *w, uint32_t fn, const bool *apart)
{
	const struct fn *f = program_fn(w->p, fn);

	if (program_func(w->p, fn)->flags & FUNC_MACRO)
		return false;
	return f->entries || f->escapes || apart[fn] ||
	       w->bounds[fn] & BOUND_FRONT_DOOR;
}

void entrances_make(struct entrances *e, const struct walk *w,
		    const struct points *pts)
{
	uint32_t nr = program_nr_fns(w->p);
	bool *in_table = list_tables(w->p), *apart = list_apart(w);

	e->is = xcalloc(nr + 1, sizeof(*e->is));
	e->doubts = xcalloc(nr + 1, sizeof(*e->doubts));
	e->inside = xcalloc(nr + 1, sizeof(*e->inside));
	for (uint32_t fn = 0; fn < nr; fn++) {
		const struct fn *f = program_fn(w->p, fn);

		e->is[fn] = is_entrance(w, fn, apart);
		if (apart[fn] && !f->entries)
			e->doubts[fn] = in_table[fn] ? DOUBT_FAR :
						       DOUBT_POINTER;
		if (f->escapes)
			e->doubts[fn] |= DOUBT_POINTER;
		if (pts->overflow[fn])
			e->inside[fn] |= DOUBT_BOUND;
		if (program_func(w->p, fn)->flags & FUNC_BROKEN)
			e->inside[fn] |= DOUBT_BROKEN;
	}
	free(in_table);
	free(apart);
}

void entrances_release(struct entrances *e)
{
	free(e->is);
	free(e->doubts);
	free(e->inside);
}
