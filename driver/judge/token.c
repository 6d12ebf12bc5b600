// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tokens (see token.h).
 *
 * A transaction pointer that is dereferenced without a test for NULL is a
 * running transaction. A parameter that is tested may be NULL, and then
 * nothing is proven.
 */
#include "judge/token.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A pure closer: releases a scope kept in an object, opens none. */
static uint8_t closer_level(const struct points *pts, uint32_t fn)
{
	const struct summary *sum = &pts->s->of[fn];
	uint8_t level = LEVEL_NONE;

	for (unsigned int i = 0; i < sum->nr; i++) {
		const struct effect *e = &sum->v[i];
		const struct ref *r = ref_get(&pts->s->refs, e->ref);

		if (r->kind == REF_SCOPE && r->cookie == COOKIE_FIELD &&
		    e->rel_may && !e->may &&
		    level_of(r->restriction) > level)
			level = level_of(r->restriction);
	}
	return level;
}

static bool is_tested(const struct facts *facts, const struct func *f,
		      str_t name)
{
	for (uint32_t i = 0; i < f->nr_edges; i++) {
		const struct edge *e = &facts->edges[f->first_edge + i];
		const struct expr *x;

		if (!e->cond)
			continue;
		x = &facts->exprs[facts->conds[e->cond - 1].subject];
		if (x->kind == EXPR_NAME && !x->nr_parts && x->base == name)
			return true;
	}
	return false;
}

static bool expr_derefs(const struct facts *facts, uint32_t index, str_t name)
{
	const struct expr *e = &facts->exprs[index];

	return e->kind == EXPR_NAME && e->base == name && e->nr_parts;
}

static bool is_dereferenced(const struct facts *facts, const struct func *f,
			    str_t name)
{
	for (uint32_t i = 0; i < f->nr_events; i++) {
		const struct event *ev = &facts->events[f->first_event + i];

		if (ev->target && expr_derefs(facts, ev->target - 1, name))
			return true;
		if (ev->value && expr_derefs(facts, ev->value - 1, name))
			return true;
		if (ev->flags & EVENT_TENTATIVE)
			continue;
		for (unsigned int a = 0; a < ev->nr_args; a++)
			if (expr_derefs(facts, ev->args + a, name))
				return true;
	}
	return false;
}

static uint8_t token_level(const struct points *pts,
			   const struct map *types, const struct knowledge *k,
			   uint32_t fn)
{
	const struct pfile *file = program_fn_file(pts->s->p, fn);
	const struct func *f = program_func(pts->s->p, fn);
	uint8_t level = LEVEL_NONE;

	if (f->flags & FUNC_MACRO)
		return level;
	for (uint32_t i = 0; i < f->nr_params; i++) {
		const struct var *v = &file->facts->vars[f->first_var + i];
		uint32_t t = map_get(types, file->atoms[v->type], 0);

		if (!t || v->pointers != 1 || !v->name ||
		    level_of(k->tokens[t - 1].restriction) <= level ||
		    is_tested(file->facts, f, v->name) ||
		    !is_dereferenced(file->facts, f, v->name))
			continue;
		level = level_of(k->tokens[t - 1].restriction);
	}
	return level;
}

uint8_t *token_levels(const struct points *pts, const struct knowledge *k)
{
	const struct program *p = pts->s->p;
	uint32_t nr = program_nr_fns(p);
	uint8_t *levels = xcalloc(nr, sizeof(*levels));
	struct map types;

	map_init(&types);
	for (size_t i = 0; i < k->nr_tokens; i++)
		if (k->tokens[i].restriction)
			map_set(&types, atom_of(program_atoms(p),
						k->tokens[i].type), i + 1);
	for (uint32_t fn = 0; fn < nr; fn++) {
		uint8_t a = closer_level(pts, fn);
		uint8_t b = token_level(pts, &types, k, fn);

		levels[fn] = a > b ? a : b;
	}
	map_release(&types);
	return levels;
}
