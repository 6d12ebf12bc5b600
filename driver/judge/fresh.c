// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fresh objects (see fresh.h). A variable counts that is set once, from a call
 * that makes an object, or from a helper that maps another such variable to
 * the struct around it. What a function makes and returns is fresh, too.
 */
#include "judge/fresh.h"

#include "judge/acquire.h"
#include "judge/setter.h"

enum {
	FRESH_HOPS = 4,		/* variables followed back */
	FRESH_DEPTH = 3,	/* functions that hand an object on */
};

static bool makes(const struct program *p, uint32_t fn, const struct event *ev,
		  int depth);

/* Is @e a variable of @fn that holds a fresh object? */
static bool is_fresh(const struct program *p, uint32_t fn,
		     const struct expr *e, int depth)
{
	const struct facts *facts = program_fn_file(p, fn)->facts;

	for (int hop = 0; hop < FRESH_HOPS; hop++) {
		const struct event *ev = NULL;

		if (e->kind == EXPR_CAST && e->sub) {
			e = &facts->exprs[e->sub - 1];
			continue;
		}
		if (e->kind == EXPR_CALL)
			ev = &facts->events[e->base];
		else if (e->kind == EXPR_NAME)
			ev = setter_of(p, fn, e->base);
		if (!ev)
			return false;
		if (ev->kind == EV_ASSIGN) {
			if (!ev->value)
				return false;
			e = &facts->exprs[ev->value - 1];
		} else if (makes(p, fn, ev, depth)) {
			return true;
		} else if (ev->nr_args == 1) {
			e = &facts->exprs[ev->args];
		} else {
			return false;
		}
		if (e->nr_parts && !(e->ops & EXPR_ADDR))
			return false;	/* another object */
	}
	return false;
}

/* Does @fn return a fresh object or none? */
static bool returns_fresh(const struct program *p, uint32_t fn, int depth)
{
	const struct func *f = program_func(p, fn);
	const struct facts *facts = program_fn_file(p, fn)->facts;
	bool any = false;

	for (uint32_t i = 0; i < f->nr_events; i++) {
		const struct event *ev = &facts->events[f->first_event + i];
		const struct expr *e;

		if (ev->kind != EV_RETURN || !ev->value)
			continue;
		e = &facts->exprs[ev->value - 1];
		if (e->classes && !(e->classes & CLASS_POS))
			continue;
		if (!is_fresh(p, fn, e, depth))
			return false;
		any = true;
	}
	return any;
}

/* Does the call @ev of @fn make a fresh object? */
static bool makes(const struct program *p, uint32_t fn, const struct event *ev,
		  int depth)
{
	const struct pfile *file = program_fn_file(p, fn);
	const struct know_allocator *k;
	const struct target *t;
	size_t nr;

	if (ev->kind != EV_CALL)
		return false;
	k = program_allocator(p, file->atoms[ev->name]);
	if (k)
		return k->fresh;
	t = program_targets(p, fn, (uint32_t)(ev - file->facts->events), &nr);
	for (size_t i = 0; i < nr; i++)
		if (!depth || !returns_fresh(p, t[i].fn, depth - 1))
			return false;
	return nr;
}

/* The lock that the call @ev takes stands in a fresh object. */
static bool takes_fresh(const struct program *p, uint32_t fn,
			const struct event *ev)
{
	const struct pfile *file = program_fn_file(p, fn);
	const struct know_api *api = program_call_api(p, file, ev);
	const struct expr *e;
	struct expr object;

	if (!api || api->lock_arg < 0 || api->lock_arg >= ev->nr_args)
		return false;
	e = &file->facts->exprs[ev->args + api->lock_arg];
	object = *e;
	object.nr_parts = 0;
	return e->nr_parts == 1 && is_fresh(p, fn, &object, FRESH_DEPTH);
}

bool fresh_locks(const struct points *pts, uint32_t fn, ref_t ref)
{
	const struct program *p = pts->s->p;
	const struct facts *facts = program_fn_file(p, fn)->facts;
	struct deed deeds[ACQUIRE_MAX];
	unsigned int nr = acquire_events(pts->s, fn, ref, false, deeds);

	for (unsigned int i = 0; i < nr; i++)
		if (deeds[i].callee != FN_NONE ||
		    !takes_fresh(p, fn, &facts->events[deeds[i].event]))
			return false;
	return nr && nr < ACQUIRE_MAX;
}
