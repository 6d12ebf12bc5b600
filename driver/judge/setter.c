// SPDX-License-Identifier: GPL-2.0-only
/*
 * Setters (see setter.h).
 */
#include "judge/setter.h"

const struct event *setter_of(const struct program *p, uint32_t fn, str_t name)
{
	const struct func *f = program_func(p, fn);
	const struct facts *facts = program_fn_file(p, fn)->facts;
	const struct event *found = NULL;

	for (uint32_t i = 0; i < f->nr_events; i++) {
		const struct event *ev = &facts->events[f->first_event + i];
		opt_t to = ev->kind == EV_ASSIGN ? ev->target :
			   ev->kind == EV_CALL ? ev->value : 0;
		const struct expr *e;

		if (!to)
			continue;
		e = &facts->exprs[to - 1];
		if (e->kind != EXPR_NAME || e->nr_parts || e->base != name)
			continue;
		if (found)
			return NULL;
		found = ev;
	}
	return found;
}
