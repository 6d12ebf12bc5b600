// SPDX-License-Identifier: GPL-2.0-only
/*
 * Imposed (see imposed.h).
 *
 * A transaction pointer that is dereferenced without a test for NULL is a
 * running transaction. A parameter that is tested may be NULL, and then
 * nothing is proven.
 */
#include "judge/imposed.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/apart.h"

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

/* Does the parameter @v of a token type prove anything in @fn? */
static bool is_token(const struct pfile *file, const struct func *f,
		     const struct var *v)
{
	return v->pointers == 1 && v->name &&
	       !is_tested(file->facts, f, v->name) &&
	       is_dereferenced(file->facts, f, v->name);
}

static void hold(struct imposed *im, struct points *pts, uint32_t fn,
		 const char *resource)
{
	ref_t ref = ref_resource(&pts->s->refs, resource);

	BUG_ON(!ref);
	im->held[fn] = points_add(pts, im->held[fn], ref);
}

static void raise_level(struct imposed *im, uint32_t fn, uint8_t restriction)
{
	if (level_of(restriction) > im->level[fn])
		im->level[fn] = level_of(restriction);
}

static void impose_tokens(struct imposed *im, struct points *pts,
			  const struct map *types, const struct knowledge *k,
			  uint32_t fn)
{
	const struct pfile *file = program_fn_file(pts->s->p, fn);
	const struct func *f = program_func(pts->s->p, fn);

	if (f->flags & FUNC_MACRO)
		return;
	for (uint32_t i = 0; i < f->nr_params; i++) {
		const struct var *v = &file->facts->vars[f->first_var + i];
		uint32_t t = map_get(types, file->atoms[v->type], 0);

		if (!t || !is_token(file, f, v))
			continue;
		raise_level(im, fn, k->tokens[t - 1].restriction);
		if (k->tokens[t - 1].resource)
			hold(im, pts, fn, k->tokens[t - 1].resource);
	}
}

static void impose_context(struct imposed *im, struct points *pts,
			   const struct know_context *c, uint32_t fn)
{
	raise_level(im, fn, c->restriction);
	if (c->resource)
		hold(im, pts, fn, c->resource);
	if (c->worker && c->fs)
		im->waited[fn] |= ENTRY_WAITED_FS;
	if (c->worker && c->io)
		im->waited[fn] |= ENTRY_WAITED_IO;
	if (c->worker && !c->guarded)
		im->worker[fn] = c;
	im->apart[fn] |= c->apart;
}

static void impose_contexts(struct imposed *im, struct points *pts,
			    const struct knowledge *k)
{
	const struct program *p = pts->s->p;
	const struct atoms *atoms = program_atoms(p);

	for (size_t i = 0; i < k->nr_contexts; i++) {
		const struct know_context *c = &k->contexts[i];
		const uint32_t *fns;
		atom_t name;
		size_t nr;

		if (!c->function) {
			fns = program_ops(p, atom_find(atoms, c->type),
					  atom_find(atoms, c->member), &nr);
			for (size_t j = 0; j < nr; j++)
				impose_context(im, pts, c, fns[j]);
			continue;
		}
		name = atom_find(atoms, c->function);
		for (uint32_t fn = 0; name && fn < program_nr_fns(p); fn++)
			if (program_fn(p, fn)->name == name)
				impose_context(im, pts, c, fn);
	}
}

void imposed_make(struct imposed *im, struct points *pts,
		  const struct knowledge *k)
{
	const struct program *p = pts->s->p;
	uint32_t nr = program_nr_fns(p);
	struct map types;

	im->level = xcalloc(nr, sizeof(*im->level));
	im->held = xcalloc(nr, sizeof(*im->held));
	im->waited = xcalloc(nr, sizeof(*im->waited));
	im->apart = xcalloc(nr, sizeof(*im->apart));
	im->worker = xcalloc(nr, sizeof(*im->worker));
	map_init(&types);
	for (size_t i = 0; i < k->nr_tokens; i++)
		map_set(&types, atom_of(program_atoms(p), k->tokens[i].type),
			i + 1);
	for (uint32_t fn = 0; fn < nr; fn++) {
		im->level[fn] = closer_level(pts, fn);
		impose_tokens(im, pts, &types, k, fn);
	}
	impose_contexts(im, pts, k);
	apart_spread(p, im->apart);
	map_release(&types);
}

void imposed_release(struct imposed *im)
{
	free(im->level);
	free(im->held);
	free(im->waited);
	free(im->apart);
	free(im->worker);
}
