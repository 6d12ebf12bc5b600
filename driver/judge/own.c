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

enum { OWN_HOPS = 4 };	/* local variables followed back */

static bool same_object(const struct program *p, atom_t a, atom_t b)
{
	return a && b && (program_embeds(p, a, b) || program_embeds(p, b, a));
}

static const struct expr *value_of_local(const struct program *p, uint32_t fn,
					 str_t name)
{
	const struct func *f = program_func(p, fn);
	const struct facts *facts = program_fn_file(p, fn)->facts;
	const struct expr *found = NULL;

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
			return NULL;	/* set more than once: not known */
		if (ev->kind == EV_ASSIGN && ev->value)
			found = &facts->exprs[ev->value - 1];
		else if (ev->kind == EV_CALL && ev->nr_args == 1)
			found = &facts->exprs[ev->args];
		else
			return NULL;
	}
	return found;
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

static atom_t param_type(const struct program *p, uint32_t fn, int param)
{
	const struct func *f = program_func(p, fn);
	const struct pfile *file = program_fn_file(p, fn);
	const struct var *v = &file->facts->vars[f->first_var + param];

	return file->atoms[v->type];
}

bool own_lock(const struct program *p, uint32_t fn, uint32_t own,
	      const struct expr *e)
{
	atom_t owner;
	int param;

	if (!own || !e->nr_parts)
		return own && derived_from(p, fn, own, e) >= 0;
	param = derived_from(p, fn, own, e);
	if (param < 0)
		return false;
	owner = program_expr_type(p, fn, e, e->nr_parts - 1);
	return same_object(p, owner, param_type(p, fn, param));
}

uint32_t own_arguments(const struct program *p, uint32_t fn, uint32_t own,
		       const struct event *ev)
{
	const struct facts *facts = program_fn_file(p, fn)->facts;
	uint32_t set = 0;

	if (!own)
		return 0;
	for (unsigned int i = 0; i < ev->nr_args && i < 16; i++) {
		const struct expr *e = &facts->exprs[ev->args + i];
		int param = derived_from(p, fn, own, e);

		if (param < 0)
			continue;
		if (!e->nr_parts || same_object(p, param_type(p, fn, param),
				program_expr_type(p, fn, e, e->nr_parts)))
			set |= 1u << i;
	}
	return set;
}

/* 1: the condition holds in reclaim; 0: it does not; -1: either. */
static int in_reclaim(const struct facts *facts, const struct cond *c)
{
	if (c->kind != COND_BITS || !c->operand)
		return -1;
	if (!facts->exprs[c->subject].nr_parts)
		return -1;
	return facts->exprs[c->operand - 1].mask & MASK_PF_NORECLAIM ? 1 : -1;
}

bool *own_live_blocks(const struct program *p, uint32_t fn)
{
	const struct func *f = program_func(p, fn);
	const struct facts *facts = program_fn_file(p, fn)->facts;
	const struct edge *edges = facts->edges + f->first_edge;
	bool *live = xcalloc(f->nr_blocks + 1, sizeof(*live));
	bool changed = true;

	live[0] = true;
	while (changed) {
		changed = false;
		for (uint32_t i = 0; i < f->nr_edges; i++) {
			const struct edge *e = &edges[i];
			int v = -1;

			if (!live[e->from] || live[e->to])
				continue;
			if (e->cond)
				v = in_reclaim(facts,
					       &facts->conds[e->cond - 1]);
			if (v >= 0 && v != (int)e->taken)
				continue;
			live[e->to] = true;
			changed = true;
		}
	}
	return live;
}
