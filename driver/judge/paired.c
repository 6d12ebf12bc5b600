// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pairs (see paired.h). Only plain chains of members are compared; a result of
 * a call, a cast or an index may be anything, and then nothing is said.
 */
#include "judge/paired.h"

#include <string.h>

#include "base/mem.h"

static const struct know_api *lock_api(const struct program *p, uint32_t fn,
				       const struct event *ev)
{
	const struct know_api *api;

	if (ev->kind != EV_CALL)
		return NULL;
	api = program_api(p, program_fn_file(p, fn)->atoms[ev->name]);
	return api && api->lock_arg >= 0 && api->lock_arg < ev->nr_args ?
	       api : NULL;
}

static const struct expr *lock_of(const struct facts *f,
				  const struct event *ev,
				  const struct know_api *api)
{
	return &f->exprs[ev->args + api->lock_arg];
}

static bool is_comparable(const struct expr *e)
{
	return e->kind == EXPR_NAME && e->nr_parts && e->ops == EXPR_ADDR;
}

static bool same_member(const struct facts *f, const struct expr *x,
			const struct expr *y)
{
	return f->words[x->parts + x->nr_parts - 1] ==
	       f->words[y->parts + y->nr_parts - 1];
}

static bool same_lock(const struct facts *f, const struct expr *x,
		      const struct expr *y)
{
	return x->base == y->base && x->nr_parts == y->nr_parts &&
	       !memcmp(f->words + x->parts, f->words + y->parts,
		       x->nr_parts * sizeof(*f->words));
}

static bool takes(const struct know_api *api)
{
	return api->op == API_LOCK || api->op == API_LOCK_TRY ||
	       api->op == API_LOCK_WAIT;
}

/* Has the lock @e an unlock in the function? */
static bool has_unlock(const struct program *p, uint32_t fn,
		       const struct expr *e)
{
	const struct func *f = program_func(p, fn);
	const struct facts *facts = program_fn_file(p, fn)->facts;

	for (uint32_t i = 0; i < f->nr_events; i++) {
		const struct event *ev = &facts->events[f->first_event + i];
		const struct know_api *api = lock_api(p, fn, ev);

		if (api && api->op == API_UNLOCK &&
		    is_comparable(lock_of(facts, ev, api)) &&
		    same_lock(facts, lock_of(facts, ev, api), e))
			return true;
	}
	return false;
}

bool paired_elsewhere(const struct program *p, uint32_t fn, uint32_t event)
{
	const struct func *f = program_func(p, fn);
	const struct facts *facts = program_fn_file(p, fn)->facts;
	const struct event *own = &facts->events[event];
	const struct know_api *api = lock_api(p, fn, own);
	const struct expr *let_go;
	bool any = false;

	if (!api || !is_comparable(lock_of(facts, own, api)))
		return false;
	let_go = lock_of(facts, own, api);
	for (uint32_t i = 0; i < f->nr_events; i++) {
		const struct event *ev = &facts->events[f->first_event + i];
		const struct expr *e;

		api = lock_api(p, fn, ev);
		if (!api || !takes(api))
			continue;
		e = lock_of(facts, ev, api);
		if (e->nr_parts && e->kind == EXPR_NAME &&
		    !same_member(facts, e, let_go))
			continue;
		if (!is_comparable(e) || same_lock(facts, e, let_go) ||
		    !has_unlock(p, fn, e))
			return false;
		any = true;
	}
	return any;
}
