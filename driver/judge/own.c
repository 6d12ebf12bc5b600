// SPDX-License-Identifier: GPL-2.0-only
/*
 * The dying object (see own.h).
 *
 * A pointer is the object when it is a parameter known to be, a cast or
 * container_of of it, the result of a helper that maps it to a struct that
 * embeds it (or the reverse), or a local variable set from one of these. A
 * lock is inside the object when the struct that holds it embeds the object's
 * struct or is embedded in it.
 */
#include "judge/own.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/setter.h"

enum { OWN_HOPS = 4 };	/* local variables followed back */

static bool same_object(const struct program *p, atom_t a, atom_t b)
{
	return a && b && (program_embeds(p, a, b) || program_embeds(p, b, a));
}

/* Is it an object that points to others of which somebody has a reference
 * (knowledge: instances)? */
static bool is_leading(const struct owns *o, atom_t type)
{
	const struct atoms *atoms = program_atoms(o->p);

	for (size_t i = 0; type && i < o->k->nr_instances; i++) {
		atom_t x;

		if (!o->k->instances[i].leads)
			continue;
		x = atom_find(atoms, o->k->instances[i].type);
		if (x && program_embeds(o->p, type, x))
			return true;
	}
	return false;
}

/* Is the object that the first @nr_parts members of @e lead to another one
 * than the first is, or is part of? A pointer from an inode to an inode leads
 * to another one, whatever embeds them. */
static bool is_loaded(const struct owns *o, uint32_t fn, const struct expr *e,
		      unsigned int nr_parts)
{
	const struct pfile *file = program_fn_file(o->p, fn);
	atom_t first = program_expr_type(o->p, fn, e, 0), from = first, to;

	for (unsigned int n = 1; n <= nr_parts && from; n++, from = to) {
		str_t name = file->facts->words[e->parts + n - 1];

		to = program_expr_type(o->p, fn, e, n);
		if (to && !same_object(o->p, to, first))
			return true;
		if (is_leading(o, from) && is_leading(o, to) &&
		    program_member_points(o->p, from, file->atoms[name]))
			return true;
	}
	return false;
}

/* What the local variable @name is, or what a helper that maps it is given. */
static const struct expr *value_of_local(const struct program *p, uint32_t fn,
					 str_t name)
{
	const struct facts *facts = program_fn_file(p, fn)->facts;
	const struct event *ev = setter_of(p, fn, name);

	if (ev && ev->kind == EV_ASSIGN && ev->value)
		return &facts->exprs[ev->value - 1];
	if (ev && ev->kind == EV_CALL && ev->nr_args == 1)
		return &facts->exprs[ev->args];
	return NULL;
}

/* The parameter of @own that @e is derived from, else -1. */
static int derived_from(const struct program *p, uint32_t fn, uint32_t own,
			const struct expr *e)
{
	const struct facts *facts = program_fn_file(p, fn)->facts;

	for (int hop = 0; e && hop < OWN_HOPS; hop++) {
		int param = -1;

		if (e->kind == EXPR_CALL) {
			const struct event *ev = &facts->events[e->base];

			e = ev->nr_args == 1 ? &facts->exprs[ev->args] : NULL;
			if (e && e->nr_parts && !(e->ops & EXPR_ADDR))
				return -1;
			continue;
		}
		if (e->kind == EXPR_CAST) {
			e = e->sub ? &facts->exprs[e->sub - 1] : NULL;
			if (e && e->nr_parts && !(e->ops & EXPR_ADDR))
				return -1;
			continue;
		}
		if (e->kind != EXPR_NAME)
			return -1;
		if (program_var(p, fn, e->base, &param) && param >= 0)
			return param < 16 && own >> param & 1 ? param : -1;
		e = value_of_local(p, fn, e->base);
		if (e && e->nr_parts && !(e->ops & EXPR_ADDR))
			return -1;
	}
	return -1;
}

/* What a helper or a cast that maps @e to a struct around it is given. */
static const struct expr *unwrapped(const struct facts *facts,
				    const struct expr *e)
{
	if (e->kind == EXPR_CALL && !e->nr_parts) {
		const struct event *ev = &facts->events[e->base];

		return ev->nr_args == 1 ? &facts->exprs[ev->args] : NULL;
	}
	if (e->kind == EXPR_CAST && !e->nr_parts && e->sub)
		return &facts->exprs[e->sub - 1];
	return NULL;
}

static bool is_global(const struct program *p, uint32_t fn,
		      const struct expr *e)
{
	return e->kind == EXPR_NAME && !program_var(p, fn, e->base, NULL) &&
	       program_is_global(p, program_fn(p, fn)->file,
				 program_fn_file(p, fn)->atoms[e->base]);
}

/* Does @e, or a pointer on its way, lead to an object whose members point to
 * others that are in use? What an argument block points to may be anything. */
static bool passes_leading(const struct owns *o, uint32_t fn,
			   const struct expr *e, unsigned int nr_parts)
{
	for (unsigned int n = 0; n <= nr_parts; n++)
		if (is_leading(o, program_expr_type(o->p, fn, e, n)))
			return true;
	return false;
}

bool own_elsewhere(const struct owns *o, uint32_t fn, uint32_t elsewhere,
		   const struct expr *e, bool lock)
{
	const struct program *p = o->p;
	const struct facts *facts = program_fn_file(p, fn)->facts;
	bool loaded = false;

	for (int hop = 0; e && hop < OWN_HOPS; hop++) {
		unsigned int nr = e->nr_parts;
		struct expr top = *e;
		int param = -1;

		if (nr && (lock || e->ops & EXPR_ADDR))
			nr--;
		lock = false;
		if (is_global(p, fn, e))
			return true;
		loaded |= is_loaded(o, fn, e, nr);
		if (loaded && passes_leading(o, fn, e, nr ? nr - 1 : 0))
			return true;
		top.nr_parts = 0;
		if (e->kind != EXPR_NAME) {
			e = unwrapped(facts, &top);
			continue;
		}
		if (program_var(p, fn, e->base, &param) && param >= 0)
			return param < 16 && elsewhere >> param & 1;
		e = value_of_local(p, fn, e->base);
	}
	return false;
}

uint32_t own_args_elsewhere(const struct owns *o, uint32_t fn,
			    uint32_t elsewhere, const struct event *ev)
{
	const struct facts *facts = program_fn_file(o->p, fn)->facts;
	uint32_t set = 0;

	for (unsigned int i = 0; i < ev->nr_args && i < 16; i++)
		if (own_elsewhere(o, fn, elsewhere,
				  &facts->exprs[ev->args + i], false))
			set |= 1u << i;
	return set;
}

static atom_t param_type(const struct program *p, uint32_t fn, int param)
{
	const struct func *f = program_func(p, fn);
	const struct pfile *file = program_fn_file(p, fn);
	const struct var *v = &file->facts->vars[f->first_var + param];

	return file->atoms[v->type];
}

bool own_lock(const struct owns *o, uint32_t fn, uint32_t own,
	      const struct expr *e)
{
	int param;

	if (!own || !e->nr_parts)
		return own && derived_from(o->p, fn, own, e) >= 0;
	param = derived_from(o->p, fn, own, e);
	if (param < 0 || is_loaded(o, fn, e, e->nr_parts - 1))
		return false;
	return same_object(o->p,
			   program_expr_type(o->p, fn, e, e->nr_parts - 1),
			   param_type(o->p, fn, param));
}

uint32_t own_arguments(const struct owns *o, uint32_t fn, uint32_t own,
		       const struct event *ev)
{
	const struct facts *facts = program_fn_file(o->p, fn)->facts;
	uint32_t set = 0;

	if (!own)
		return 0;
	for (unsigned int i = 0; i < ev->nr_args && i < 16; i++) {
		const struct expr *e = &facts->exprs[ev->args + i];
		int param = derived_from(o->p, fn, own, e);

		if (param < 0 || is_loaded(o, fn, e, e->nr_parts))
			continue;
		if (!e->nr_parts ||
		    same_object(o->p, param_type(o->p, fn, param),
				program_expr_type(o->p, fn, e, e->nr_parts)))
			set |= 1u << i;
	}
	return set;
}
