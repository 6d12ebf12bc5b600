// SPDX-License-Identifier: GPL-2.0-only
/*
 * Setters (see setter.h).
 */
#include "judge/setter.h"

enum {
	MACROS = 3,		/* within macros */
	SEVERAL = UINT16_MAX,	/* settings of a variable */
};

static bool is_name(const struct expr *e, str_t name, uint8_t ops)
{
	return e->kind == EXPR_NAME && !e->nr_parts && e->base == name &&
	       (e->ops & EXPR_ADDR) == ops;
}

static bool is_address(const struct facts *facts, const struct expr *e,
		       str_t name)
{
	while (e->kind == EXPR_CAST && !e->nr_parts && e->sub)
		e = &facts->exprs[e->sub - 1];
	return is_name(e, name, EXPR_ADDR);
}

/* Who has its address may set it, too. */
static bool has_address(const struct facts *facts, const struct event *ev,
			str_t name)
{
	if (ev->value && is_address(facts, &facts->exprs[ev->value - 1], name))
		return true;
	for (unsigned int i = 0; i < ev->nr_args; i++)
		if (is_address(facts, &facts->exprs[ev->args + i], name))
			return true;
	return false;
}

/* .. or has it from an initialiser of the function. */
static bool is_stored(const struct program *p, uint32_t fn, str_t name)
{
	const struct facts *facts = program_fn_file(p, fn)->facts;
	const struct func *f = program_func(p, fn);

	for (uint32_t i = 0; i < facts->nr_inits; i++) {
		const struct init *in = &facts->inits[i];

		if (in->func && &facts->funcs[in->func - 1] == f &&
		    is_address(facts, &facts->exprs[in->value], name))
			return true;
	}
	return false;
}

static bool macro_sets(const struct program *p, uint32_t fn, uint32_t event,
		       str_t name, int depth);

/* Does the macro @fn assign to its parameter @arg, or make use of its address?
 * What lies too deep does. */
static bool sets_param(const struct program *p, uint32_t fn, uint32_t arg,
		       int depth)
{
	const struct func *f = program_func(p, fn);
	const struct facts *facts = program_fn_file(p, fn)->facts;
	str_t name;

	if (!depth || arg >= f->nr_params)
		return true;
	name = facts->vars[f->first_var + arg].name;
	for (uint32_t i = 0; i < f->nr_events; i++) {
		uint32_t e = f->first_event + i;
		const struct event *ev = &facts->events[e];

		if (has_address(facts, ev, name) ||
		    (ev->kind == EV_ASSIGN && ev->target &&
		     is_name(&facts->exprs[ev->target - 1], name, 0)) ||
		    macro_sets(p, fn, e, name, depth - 1))
			return true;
	}
	return false;
}

/* Is the call @event of @fn one of a macro that sets its argument @name? */
static bool macro_sets(const struct program *p, uint32_t fn, uint32_t event,
		       str_t name, int depth)
{
	const struct facts *facts = program_fn_file(p, fn)->facts;
	const struct event *ev = &facts->events[event];
	const struct target *t;
	size_t nr;

	for (unsigned int i = 0; i < ev->nr_args && ev->kind == EV_CALL; i++) {
		if (!is_name(&facts->exprs[ev->args + i], name, 0))
			continue;
		t = program_targets(p, fn, event, &nr);
		for (size_t j = 0; j < nr; j++)
			if (program_func(p, t[j].fn)->flags & FUNC_MACRO &&
			    sets_param(p, t[j].fn, i, depth))
				return true;
	}
	return false;
}

static bool is_local(const struct program *p, uint32_t fn, str_t name)
{
	int param = -1;
	const struct var *v = program_var(p, fn, name, &param);

	return v && param < 0 && !(v->flags & (VAR_STATIC | VAR_EXTERN));
}

/* Does a macro that is called at @event assign to a name that is none of its
 * own, and is @name where it is used? */
static bool macro_sets_by_name(const struct program *p, uint32_t fn,
			       uint32_t event, str_t name)
{
	atom_t atom = program_fn_file(p, fn)->atoms[name];
	size_t nr;
	const struct target *t = program_targets(p, fn, event, &nr);

	for (size_t i = 0; i < nr; i++) {
		const struct func *f = program_func(p, t[i].fn);
		const struct pfile *file = program_fn_file(p, t[i].fn);

		for (uint32_t e = 0; f->flags & FUNC_MACRO && e < f->nr_events;
		     e++) {
			const struct event *ev =
				&file->facts->events[f->first_event + e];
			const struct expr *to = ev->target ?
				&file->facts->exprs[ev->target - 1] : NULL;

			if (ev->kind == EV_ASSIGN && to &&
			    to->kind == EXPR_NAME && !to->nr_parts &&
			    file->atoms[to->base] == atom &&
			    !program_var(p, t[i].fn, to->base, NULL))
				return true;
		}
	}
	return false;
}

/* How often @name of @fn is set, and where last; SEVERAL when somebody may set
 * it who is not seen. */
static unsigned int count_setters(const struct program *p, uint32_t fn,
				  str_t name, const struct event **last)
{
	const struct func *f = program_func(p, fn);
	const struct facts *facts = program_fn_file(p, fn)->facts;
	unsigned int nr = 0;

	for (uint32_t i = 0; i < f->nr_events; i++) {
		uint32_t e = f->first_event + i;
		const struct event *ev = &facts->events[e];
		opt_t to = ev->kind == EV_ASSIGN ? ev->target :
			   ev->kind == EV_CALL || ev->kind == EV_ICALL ?
			   ev->value : 0;

		if (has_address(facts, ev, name) ||
		    macro_sets(p, fn, e, name, MACROS) ||
		    (ev->kind == EV_CALL &&
		     macro_sets_by_name(p, fn, e, name)))
			return SEVERAL;
		if (!to || !is_name(&facts->exprs[to - 1], name, 0))
			continue;
		*last = ev;
		nr++;
	}
	return is_stored(p, fn, name) ? SEVERAL : nr;
}

bool setter_is_none(const struct program *p, uint32_t fn, str_t name)
{
	const struct event *last;

	return !count_setters(p, fn, name, &last);
}

const struct event *setter_of(const struct program *p, uint32_t fn, str_t name)
{
	const struct event *last = NULL;

	return is_local(p, fn, name) &&
	       count_setters(p, fn, name, &last) == 1 ? last : NULL;
}
