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

enum { ARGS = 16 };	/* arguments and parameters that are looked at */

/* What an expression is; not below 0: as that parameter is. */
enum { IN_USE = -2, NOT_IN_USE = -1 };

void owns_init(struct owns *o, const struct program *p,
	       const struct knowledge *k)
{
	memset(o, 0, sizeof(*o));
	o->p = p;
	o->k = k;
	o->leading = xcalloc(atoms_count(program_atoms(p)) + 1,
			     sizeof(*o->leading));
	o->given_at = xcalloc(program_nr_fns(p) + 1, sizeof(*o->given_at));
	GROW(o->given, o->nr_given, o->cap_given);
	o->given_next = xcalloc(o->cap_given, sizeof(*o->given_next));
	o->nr_given = 1;
	map_init(&o->given_index);
}

void owns_release(struct owns *o)
{
	for (uint32_t fn = 0; fn < program_nr_fns(o->p); fn++)
		free(o->given_at[fn]);
	free(o->given_at);
	free(o->leading);
	free(o->given);
	free(o->given_next);
	map_release(&o->given_index);
}

static bool same_object(const struct program *p, atom_t a, atom_t b)
{
	return a && b && (program_embeds(p, a, b) || program_embeds(p, b, a));
}

/* Is it an object that points to others of which somebody has a reference
 * (knowledge: instances)? */
static bool finds_leading(const struct owns *o, atom_t type)
{
	const struct atoms *atoms = program_atoms(o->p);

	for (size_t i = 0; i < o->k->nr_instances; i++) {
		atom_t x;

		if (!o->k->instances[i].leads)
			continue;
		x = atom_find(atoms, o->k->instances[i].type);
		if (x && program_embeds(o->p, type, x))
			return true;
	}
	return false;
}

static bool is_leading(struct owns *o, atom_t type)
{
	if (!type)
		return false;
	if (!o->leading[type])
		o->leading[type] = finds_leading(o, type) ? 2 : 1;
	return o->leading[type] == 2;
}

/* Is the object that the first @nr_parts members of @e lead to another one
 * than the first is, or is part of? A pointer from an inode to an inode leads
 * to another one, whatever embeds them. */
static bool is_loaded(struct owns *o, uint32_t fn, const struct expr *e,
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
			return param < ARGS && own >> param & 1 ? param : -1;
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
static bool passes_leading(struct owns *o, uint32_t fn,
			   const struct expr *e, unsigned int nr_parts)
{
	for (unsigned int n = 0; n <= nr_parts; n++)
		if (is_leading(o, program_expr_type(o->p, fn, e, n)))
			return true;
	return false;
}

/* What @e is, the lock or the object: IN_USE, NOT_IN_USE, or a parameter. */
static int find_use(struct owns *o, uint32_t fn, const struct expr *e,
		    bool lock)
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
			return IN_USE;
		loaded |= is_loaded(o, fn, e, nr);
		if (loaded && passes_leading(o, fn, e, nr ? nr - 1 : 0))
			return IN_USE;
		top.nr_parts = 0;
		if (e->kind != EXPR_NAME) {
			e = unwrapped(facts, &top);
			continue;
		}
		if (program_var(p, fn, e->base, &param) && param >= 0)
			return param < ARGS ? param : NOT_IN_USE;
		e = value_of_local(p, fn, e->base);
	}
	return NOT_IN_USE;
}

bool own_elsewhere(struct owns *o, uint32_t fn, uint32_t elsewhere,
		   const struct expr *e, bool lock)
{
	int use = find_use(o, fn, e, lock);

	return use == IN_USE || (use >= 0 && elsewhere >> use & 1);
}

static struct own_given find_given(struct owns *o, uint32_t fn,
				   const struct event *ev)
{
	const struct facts *facts = program_fn_file(o->p, fn)->facts;
	struct own_given g = { 0, 0, 0 };

	for (unsigned int i = 0; i < ev->nr_args && i < ARGS; i++) {
		int use = find_use(o, fn, &facts->exprs[ev->args + i], false);

		if (use == IN_USE)
			g.always |= 1u << i;
		if (use < 0)
			continue;
		g.as |= 1u << i;
		g.params |= (uint64_t)use << 4 * i;
	}
	return g;
}

/* The number of what is equal to @g. */
static uint32_t intern_given(struct owns *o, const struct own_given *g)
{
	uint64_t hash = map_pair(g->always, g->as) ^
			g->params * 0x9e3779b97f4a7c15ull;
	uint32_t *slot = map_at(&o->given_index, hash, NULL), i;

	for (i = *slot; i; i = o->given_next[i])
		if (o->given[i].always == g->always && o->given[i].as == g->as &&
		    o->given[i].params == g->params)
			return i;
	if (o->nr_given == o->cap_given) {
		GROW(o->given, o->nr_given, o->cap_given);
		o->given_next = xreallocarray(o->given_next, o->cap_given,
					      sizeof(*o->given_next));
	}
	o->given[o->nr_given] = *g;
	o->given_next[o->nr_given] = *slot;
	*slot = o->nr_given;
	return o->nr_given++;
}

/* The same code is walked from many entries: what its calls give is found
 * once. */
static const struct own_given *given_at(struct owns *o, uint32_t fn,
					uint32_t event)
{
	const struct func *f = program_func(o->p, fn);
	const struct facts *facts = program_fn_file(o->p, fn)->facts;
	uint32_t *at;

	if (!o->given_at[fn])
		o->given_at[fn] = xcalloc(f->nr_events,
					  sizeof(**o->given_at));
	at = &o->given_at[fn][event - f->first_event];
	if (!*at) {
		struct own_given g = find_given(o, fn, &facts->events[event]);

		*at = intern_given(o, &g);
	}
	return &o->given[*at];
}

uint32_t own_args_elsewhere(struct owns *o, uint32_t fn, uint32_t elsewhere,
			    uint32_t event)
{
	const struct own_given *g = given_at(o, fn, event);
	uint32_t set = g->always;

	for (uint32_t as = elsewhere ? g->as : 0; as; as &= as - 1) {
		int i = __builtin_ctz(as);

		if (elsewhere >> (g->params >> 4 * i & 15) & 1)
			set |= 1u << i;
	}
	return set;
}

static atom_t param_type(const struct program *p, uint32_t fn, int param)
{
	const struct func *f = program_func(p, fn);
	const struct pfile *file = program_fn_file(p, fn);
	const struct var *v = &file->facts->vars[f->first_var + param];

	return file->atoms[v->type];
}

bool own_lock(struct owns *o, uint32_t fn, uint32_t own,
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

uint32_t own_arguments(struct owns *o, uint32_t fn, uint32_t own,
		       const struct event *ev)
{
	const struct facts *facts = program_fn_file(o->p, fn)->facts;
	uint32_t set = 0;

	if (!own)
		return 0;
	for (unsigned int i = 0; i < ev->nr_args && i < ARGS; i++) {
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
