// SPDX-License-Identifier: GPL-2.0-only
/*
 * Cookies (see cookie.h).
 *
 * A call that is no primitive is tried on a state in which everything is held
 * and on an empty one: what it takes away it closes, what it leaves it opens.
 * A cookie that is returned, stored, passed on to one who does not close it,
 * or whose address is taken belongs to others too; nothing is said of it.
 */
#include "judge/cookie.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/transfer.h"

static const struct know_api *scope_api(const struct flow *w,
					const struct event *ev)
{
	const struct know_api *api;

	if (ev->kind != EV_CALL)
		return NULL;
	api = program_api(w->s->p, w->file->atoms[ev->name]);
	if (!api || (api->op != API_SCOPE_SAVE && api->op != API_SCOPE_RESTORE))
		return NULL;
	return api;
}

/* Is @e the place where the cookie @r is kept? */
static bool is_cookie(struct flow *w, const struct expr *e,
		      const struct ref *r)
{
	const struct ref *x;

	if (e->kind != EXPR_NAME)
		return false;
	if (r->cookie == COOKIE_LOCAL)
		return !e->nr_parts && w->file->atoms[e->base] == r->a;
	x = ref_get(&w->s->refs, ref_of_cookie(&w->s->refs, w->fn, e,
					       r->restriction));
	return x->cookie == COOKIE_FIELD && x->a == r->a && x->b == r->b;
}

static enum cookie_act primitive_act(struct flow *w, const struct event *ev,
				     const struct know_api *api,
				     const struct ref *r)
{
	bool any = api->flags_arg >= 0;	/* the words say which */
	int arg = api->lock_arg;

	if (api->op == API_SCOPE_SAVE)
		return ev->value && is_cookie(w, &w->facts->exprs[ev->value - 1],
					      r) ?
		       COOKIE_SAVES : COOKIE_NOTHING;
	if (arg < 0 || arg >= ev->nr_args ||
	    !is_cookie(w, &w->facts->exprs[ev->args + arg], r))
		return COOKIE_NOTHING;
	any |= ref_api_restriction(api) == RESTRICT_NONE;
	return any || ref_api_restriction(api) == r->restriction ?
	       COOKIE_RESTORES : COOKIE_MISTAKEN;
}

/* A restore of a scope that is not named closes one that is kept somewhere. */
static bool closes_any(const struct flow *w, uint64_t left,
		       const struct ref *r)
{
	for (unsigned int i = 0; i < w->nr_refs; i++) {
		const struct ref *x = ref_get(&w->s->refs, w->refs[i]);

		if (!(left >> i & 1) && x->kind == REF_SCOPE &&
		    x->cookie == COOKIE_ANY && r->cookie == COOKIE_FIELD &&
		    x->restriction == r->restriction)
			return true;
	}
	return false;
}

static enum cookie_act call_act(struct flow *w, uint32_t event,
				const struct cookie_use *c)
{
	struct flow_state full = { .may = ~0ull, .must = ~0ull, .live = true };
	struct flow_state none = { .live = true };

	transfer_event(w, event, &full);
	if (!(full.must & c->bit) ||
	    closes_any(w, full.must, &c->kept))
		return COOKIE_RESTORES;
	transfer_event(w, event, &none);
	return none.may & c->bit ? COOKIE_SAVES : COOKIE_NOTHING;
}

static bool names(const struct flow *w, uint32_t expr, atom_t var)
{
	const struct expr *e = &w->facts->exprs[expr];

	while (e->kind == EXPR_CAST && e->sub)
		e = &w->facts->exprs[e->sub - 1];
	return e->kind == EXPR_NAME && !e->nr_parts &&
	       w->file->atoms[e->base] == var;
}

/* Does this event, which is none of opening or closing, hand @var on? */
static bool hands_on(const struct flow *w, const struct event *ev, atom_t var,
		     bool object)
{
	if (ev->value && names(w, ev->value - 1, var) &&
	    w->facts->exprs[ev->value - 1].classes != CLASS_ERR &&
	    (ev->kind == EV_RETURN || ev->kind == EV_ASSIGN))
		return true;
	for (unsigned int i = 0; i < ev->nr_args; i++) {
		const struct expr *e = &w->facts->exprs[ev->args + i];

		if (names(w, ev->args + i, var) &&
		    (!object || e->ops & EXPR_ADDR))
			return true;
	}
	return false;
}

static bool in_initialiser(const struct flow *w, atom_t var)
{
	uint32_t func = program_fn(w->s->p, w->fn)->index + 1;

	for (uint32_t i = 0; i < w->facts->nr_inits; i++)
		if (w->facts->inits[i].func == func &&
		    names(w, w->facts->inits[i].value, var))
			return true;
	return false;
}

static void look_for_escapes(struct flow *w, struct cookie_use *c, atom_t var)
{
	c->escapes |= in_initialiser(w, var);
	for (uint32_t i = 0; i < w->func->nr_events; i++) {
		const struct event *ev =
			&w->facts->events[w->func->first_event + i];
		const struct expr *e;

		if (c->act[i] == COOKIE_NOTHING || !c->local)
			c->escapes |= hands_on(w, ev, var, !c->local);
		if (!c->local || c->act[i] != COOKIE_NOTHING)
			continue;
		e = ev->kind == EV_ASSIGN && ev->target ?
		    &w->facts->exprs[ev->target - 1] :
		    ev->kind == EV_CALL && ev->value ?
		    &w->facts->exprs[ev->value - 1] : NULL;
		if (e && is_cookie(w, e, &c->kept))
			c->set_otherwise = true;
	}
}

/* Is the variable @var a cookie indeed: set by a save, or given back? The
 * result of any call that opens a scope might be one. */
static bool is_given_back(const struct flow *w, const struct cookie_use *c,
			  atom_t var)
{
	for (uint32_t i = 0; i < w->func->nr_events; i++) {
		const struct event *ev =
			&w->facts->events[w->func->first_event + i];

		if (c->act[i] == COOKIE_SAVES && scope_api(w, ev))
			return true;
		for (int j = 0; c->act[i] == COOKIE_RESTORES &&
		     j < ev->nr_args; j++)
			if (names(w, ev->args + j, var))
				return true;
	}
	return false;
}

/* The variable that takes the object in which the opened scope's value is. */
static atom_t object_of(const struct flow *w, const struct cookie_use *c)
{
	for (uint32_t i = 0; i < w->func->nr_events; i++) {
		const struct event *ev =
			&w->facts->events[w->func->first_event + i];
		const struct expr *e;
		int param = -1;

		if (c->act[i] != COOKIE_SAVES || !ev->value)
			continue;
		e = &w->facts->exprs[ev->value - 1];
		if (e->kind == EXPR_NAME && !e->nr_parts && !e->ops &&
		    program_var(w->s->p, w->fn, e->base, &param) && param < 0)
			return w->file->atoms[e->base];
	}
	return 0;
}

static bool returns_pointer(const struct flow *w, const struct cookie_use *c)
{
	for (uint32_t i = 0; i < w->func->nr_events; i++) {
		const struct target *t;
		size_t nr;

		if (c->act[i] != COOKIE_SAVES)
			continue;
		t = program_targets(w->s->p, w->fn, w->func->first_event + i,
				    &nr);
		if (nr)
			return program_func(w->s->p, t->fn)->flags &
			       FUNC_POINTER;
	}
	return false;
}

/* The first thing that variable @name is made of. */
static const struct expr *made_of(const struct flow *w, str_t name)
{
	for (uint32_t i = 0; i < w->func->nr_events; i++) {
		const struct event *ev =
			&w->facts->events[w->func->first_event + i];
		const struct expr *to;

		if (ev->kind != EV_ASSIGN || !ev->target || !ev->value)
			continue;
		to = &w->facts->exprs[ev->target - 1];
		if (to->kind == EXPR_NAME && !to->nr_parts && to->base == name)
			return &w->facts->exprs[ev->value - 1];
	}
	return NULL;
}

/* Is @e a parameter, or what a member of one points to? */
static bool is_given(const struct flow *w, const struct expr *e)
{
	int param = -1;

	if (e->kind == EXPR_NAME && !e->nr_parts &&
	    program_var(w->s->p, w->fn, e->base, &param) && param < 0)
		e = made_of(w, e->base);
	return e && e->kind == EXPR_NAME &&
	       program_var(w->s->p, w->fn, e->base, &param) && param >= 0;
}

/* Does a call that opens the scope get an object of our own caller's, who
 * can close it when we are gone? */
static bool is_callers(const struct flow *w, const struct cookie_use *c)
{
	for (uint32_t i = 0; i < w->func->nr_events; i++) {
		const struct event *ev =
			&w->facts->events[w->func->first_event + i];

		for (int j = 0; c->act[i] == COOKIE_SAVES &&
		     j < ev->nr_args; j++)
			if (is_given(w, &w->facts->exprs[ev->args + j]))
				return true;
	}
	return false;
}

/* A helper may return the cookie: the variable that takes its result. */
static void find_kept(struct flow *w, struct cookie_use *c)
{
	for (uint32_t i = 0; i < w->func->nr_events; i++) {
		uint32_t event = w->func->first_event + i;
		const struct event *ev = &w->facts->events[event];
		const struct expr *e;
		int param = -1;

		if (ev->kind != EV_CALL || !ev->value || scope_api(w, ev) ||
		    call_act(w, event, c) != COOKIE_SAVES)
			continue;
		e = &w->facts->exprs[ev->value - 1];
		if (e->kind != EXPR_NAME || e->nr_parts || e->ops ||
		    !program_var(w->s->p, w->fn, e->base, &param) || param >= 0)
			continue;
		c->kept.cookie = COOKIE_LOCAL;
		c->kept.a = w->file->atoms[e->base];
		c->set_otherwise = true;	/* others close what has no
						 * name, too */
		return;
	}
}

static void fill(struct flow *w, struct cookie_use *c)
{
	struct ref r;
	atom_t object;

	c->kept = *ref_get(&w->s->refs, c->ref);
	if (c->kept.cookie == COOKIE_ANY)
		find_kept(w, c);
	r = c->kept;

	c->local = r.cookie == COOKIE_LOCAL;
	c->act = xcalloc(w->func->nr_events + 1, 1);
	if (r.cookie == COOKIE_ANY)
		return;
	for (uint32_t i = 0; i < w->func->nr_events; i++) {
		uint32_t event = w->func->first_event + i;
		const struct event *ev = &w->facts->events[event];
		const struct know_api *api = scope_api(w, ev);

		if (api && !api->adds)
			c->act[i] = primitive_act(w, ev, api, &r);
		else if (ev->kind == EV_CALL || ev->kind == EV_ICALL)
			c->act[i] = call_act(w, event, c);
		c->nr_saves += c->act[i] == COOKIE_SAVES;
		c->nr_restores += c->act[i] >= COOKIE_RESTORES;
	}
	if (c->local) {
		c->escapes = !is_given_back(w, c, r.a);
		look_for_escapes(w, c, r.a);
		return;
	}
	object = returns_pointer(w, c) ? object_of(w, c) : 0;
	c->owned = object != 0;
	if (object)
		look_for_escapes(w, c, object);
	else
		c->escapes = is_callers(w, c);
}

unsigned int cookie_uses(struct flow *w, struct cookie_use *out,
			 unsigned int max)
{
	unsigned int nr = 0;

	for (unsigned int i = 0; i < w->nr_refs && nr < max; i++) {
		const struct ref *r = ref_get(&w->s->refs, w->refs[i]);

		if (!(w->acquired >> i & 1) || r->kind != REF_SCOPE ||
		    r->cookie == COOKIE_PARAM)
			continue;
		memset(&out[nr], 0, sizeof(out[nr]));
		out[nr].ref = w->refs[i];
		out[nr].bit = 1ull << i;
		fill(w, &out[nr++]);
	}
	return nr;
}

void cookie_release(struct cookie_use *c)
{
	free(c->act);
	c->act = NULL;
}

static bool uses_result(const struct facts *facts, opt_t index, uint32_t event)
{
	while (index) {
		const struct expr *e = &facts->exprs[index - 1];

		if (e->kind == EXPR_CALL && e->base == event)
			return true;
		index = e->kind == EXPR_CAST || e->kind == EXPR_FLAGS ?
			e->sub : 0;
	}
	return false;
}

static bool is_used(const struct facts *facts, const struct func *f,
		    uint32_t func, uint32_t event)
{
	for (uint32_t i = 0; i < f->nr_events; i++) {
		const struct event *ev = &facts->events[f->first_event + i];

		if (uses_result(facts, ev->value, event) ||
		    uses_result(facts, ev->target, event))
			return true;
		for (unsigned int j = 0; j < ev->nr_args; j++)
			if (uses_result(facts, ev->args + j + 1, event))
				return true;
	}
	for (uint32_t i = 0; i < facts->nr_inits; i++)
		if (facts->inits[i].func == func &&
		    uses_result(facts, facts->inits[i].value + 1, event))
			return true;
	return false;
}

bool cookie_dropped(const struct program *p, uint32_t fn, uint32_t event)
{
	const struct pfile *file = program_fn_file(p, fn);
	const struct event *ev = &file->facts->events[event];
	const struct know_api *api;

	if (ev->kind != EV_CALL || ev->value || ev->flags & EVENT_TENTATIVE)
		return false;
	api = program_api(p, file->atoms[ev->name]);
	if (!api || api->op != API_SCOPE_SAVE || api->flags_arg > 0)
		return false;
	return !is_used(file->facts, program_func(p, fn),
			program_fn(p, fn)->index + 1, event);
}
