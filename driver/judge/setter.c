// SPDX-License-Identifier: GPL-2.0-only
/*
 * Setters (see setter.h).
 */
#include "judge/setter.h"

static bool is_name(const struct expr *e, str_t name, uint8_t ops)
{
	return e->kind == EXPR_NAME && !e->nr_parts && e->base == name &&
	       (e->ops & EXPR_ADDR) == ops;
}

/* Who has its address may set it, too. */
static bool has_address(const struct facts *facts, const struct event *ev,
			str_t name)
{
	if (ev->value && is_name(&facts->exprs[ev->value - 1], name, EXPR_ADDR))
		return true;
	for (unsigned int i = 0; i < ev->nr_args; i++)
		if (is_name(&facts->exprs[ev->args + i], name, EXPR_ADDR))
			return true;
	return false;
}

static bool is_local(const struct program *p, uint32_t fn, str_t name)
{
	int param = -1;
	const struct var *v = program_var(p, fn, name, &param);

	return v && param < 0 && !(v->flags & (VAR_STATIC | VAR_EXTERN));
}

const struct event *setter_of(const struct program *p, uint32_t fn, str_t name)
{
	const struct func *f = program_func(p, fn);
	const struct facts *facts = program_fn_file(p, fn)->facts;
	const struct event *found = NULL;

	if (!is_local(p, fn, name))
		return NULL;
	for (uint32_t i = 0; i < f->nr_events; i++) {
		const struct event *ev = &facts->events[f->first_event + i];
		opt_t to = ev->kind == EV_ASSIGN ? ev->target :
			   ev->kind == EV_CALL || ev->kind == EV_ICALL ?
			   ev->value : 0;

		if (has_address(facts, ev, name))
			return NULL;
		if (!to || !is_name(&facts->exprs[to - 1], name, 0))
			continue;
		if (found)
			return NULL;
		found = ev;
	}
	return found;
}
