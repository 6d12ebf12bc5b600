// SPDX-License-Identifier: GPL-2.0-only
/*
 * Signatures of macros that are called with arguments. What a call of one
 * means is looked up in the macro's body (types.c, paste.c): its variables,
 * its events and what these are made of. Takes a body; gives a number that is
 * equal for equal bodies, wherever they stand in their files.
 */
#include "link/link.h"

struct sig {
	const struct pfile *pf;
	const struct func *func;
	uint64_t sum;
};

static void add(struct sig *s, uint64_t v)
{
	__uint128_t m = (__uint128_t)(s->sum ^ v) * 0x9e3779b97f4a7c15ULL;

	s->sum = (uint64_t)m ^ (uint64_t)(m >> 64) ^ 0x8c5f3b1d2e6a4997ULL;
}

static void add_str(struct sig *s, str_t str)
{
	add(s, s->pf->atoms[str]);
}

/* An expression and its operands, which are a chain. */
static void add_expr(struct sig *s, opt_t at)
{
	const struct facts *f = s->pf->facts;

	for (; at; at = f->exprs[at - 1].sub) {
		const struct expr *e = &f->exprs[at - 1];

		add(s, (uint64_t)e->kind << 48 | (uint64_t)e->ops << 32 |
		       (uint64_t)e->mask << 16 | (uint64_t)e->classes << 8 |
		       e->nr_parts);
		if (e->kind == EXPR_NAME || e->kind == EXPR_CAST)
			add_str(s, e->base);
		else if (e->kind == EXPR_CALL)
			add(s, e->base - s->func->first_event);
		else
			add(s, e->base);
		for (uint32_t i = 0; i < e->nr_parts; i++)
			add_str(s, f->words[e->parts + i]);
	}
	add(s, 0);
}

static void add_event(struct sig *s, const struct event *ev)
{
	add(s, (uint64_t)ev->kind << 32 | (uint64_t)ev->op << 24 |
	       (uint64_t)ev->flags << 16 | ev->nr_args);
	add_str(s, ev->name);
	add_expr(s, ev->target);
	add_expr(s, ev->value);
	for (uint32_t i = 0; i < ev->nr_args; i++)
		add_expr(s, ev->args + i + 1);
}

uint64_t macro_sig(const struct pfile *pf, const struct func *func)
{
	const struct facts *f = pf->facts;
	struct sig s = { pf, func, func->nr_params };
	uint32_t i;

	for (i = 0; i < func->nr_vars; i++) {
		const struct var *v = &f->vars[func->first_var + i];

		add_str(&s, v->name);
		add_str(&s, v->type);
		add(&s, (uint64_t)v->pointers << 8 | v->flags);
	}
	add(&s, func->nr_events);
	for (i = 0; i < func->nr_events; i++)
		add_event(&s, &f->events[func->first_event + i]);
	/* Such events are referred to by their number. */
	if (makes_callee(f, func))
		add(&s, func->first_event);
	return s.sum;
}
