// SPDX-License-Identifier: GPL-2.0-only
/*
 * One function per kind of record; each says whether the record is sound.
 */
#include "read/facts_check.h"

static bool is_str(const struct facts *f, str_t s)
{
	return s < f->nr_strings;
}

static bool is_opt(opt_t i, uint32_t nr)
{
	return i <= nr;
}

static bool is_run(uint32_t first, uint32_t nr, uint32_t of)
{
	return !nr || (first < of && nr <= of - first);
}

static bool check_text(const struct facts *f)
{
	if (!f->nr_strings || !f->text_len || f->text[f->text_len - 1] ||
	    f->strings[0] || f->text[0])
		return false;
	for (uint32_t i = 0; i < f->nr_strings; i++) {
		if (f->strings[i] >= f->text_len)
			return false;
	}
	return true;
}

/* An operand stands before what it is part of: no cycles. */
static bool check_expr(const struct facts *f, const struct expr *e)
{
	uint32_t i = e - f->exprs;

	if (e->sub > i || e->kind > EXPR_FLAGS)
		return false;
	if ((e->kind == EXPR_NAME || e->kind == EXPR_CAST) &&
	    !is_str(f, e->base))
		return false;
	if (e->kind == EXPR_CALL && e->base >= f->nr_events)
		return false;
	if (!is_run(e->parts, e->nr_parts, f->nr_words))
		return false;
	for (uint32_t k = 0; k < e->nr_parts; k++) {
		if (!is_str(f, f->words[e->parts + k]))
			return false;
	}
	return true;
}

/* What event @i is made from are results of earlier events only. */
static bool is_earlier(const struct facts *f, opt_t e, uint32_t i)
{
	for (; e; e = f->exprs[e - 1].sub) {
		const struct expr *x = &f->exprs[e - 1];

		if (x->kind == EXPR_CALL && x->base >= i)
			return false;
	}
	return true;
}

static bool check_event(const struct facts *f, const struct event *e)
{
	uint32_t i = e - f->events;

	if (e->kind > EV_USE || !is_str(f, e->name) ||
	    !is_opt(e->target, f->nr_exprs) ||
	    !is_opt(e->value, f->nr_exprs) ||
	    !is_run(e->args, e->nr_args, f->nr_exprs) ||
	    !is_earlier(f, e->target, i))
		return false;
	for (uint32_t k = 0; k < e->nr_args; k++) {
		if (!is_earlier(f, e->args + k + 1, i))
			return false;
	}
	return true;
}

static bool check_cond(const struct facts *f, const struct cond *c)
{
	return c->kind <= COND_MORE && c->subject < f->nr_exprs &&
	       is_opt(c->operand, f->nr_exprs) &&
	       (c->kind == COND_CLASS || c->operand);
}

static bool check_func(const struct facts *f, const struct func *fn)
{
	const struct block *blocks = f->blocks + fn->first_block;
	const struct edge *edges = f->edges + fn->first_edge;

	if (!is_str(f, fn->name) || !is_str(f, fn->ret_type) ||
	    !is_str(f, fn->maker) || fn->nr_params > fn->nr_vars ||
	    !is_run(fn->first_var, fn->nr_vars, f->nr_vars) ||
	    !is_run(fn->first_block, fn->nr_blocks, f->nr_blocks) ||
	    !is_run(fn->first_edge, fn->nr_edges, f->nr_edges) ||
	    !is_run(fn->first_event, fn->nr_events, f->nr_events))
		return false;
	for (uint32_t i = 0; i < fn->nr_edges; i++) {
		if (edges[i].from >= fn->nr_blocks ||
		    edges[i].to >= fn->nr_blocks)
			return false;
	}
	for (uint32_t i = 0; i < fn->nr_blocks; i++) {
		if (!is_run(blocks[i].first_event, blocks[i].nr_events,
			    f->nr_events))
			return false;
	}
	return true;
}

static bool check_init(const struct facts *f, const struct init *in)
{
	if (!is_str(f, in->type) || !is_str(f, in->var) ||
	    in->value >= f->nr_exprs || !is_opt(in->func, f->nr_funcs) ||
	    !is_run(in->path, in->nr_path, f->nr_words))
		return false;
	for (uint32_t i = 0; i < in->nr_path; i++) {
		if (!is_str(f, f->words[in->path + i]))
			return false;
	}
	return true;
}

static bool check_topmacro(const struct facts *f, const struct topmacro *m)
{
	if (!is_str(f, m->name) || !is_run(m->args, m->nr_args, f->nr_words))
		return false;
	for (uint32_t i = 0; i < m->nr_args; i++) {
		if (!is_str(f, f->words[m->args + i]))
			return false;
	}
	return true;
}

static bool check_site(const struct facts *f, const struct site *s)
{
	return s->how <= SITE_OTHER && s->form <= FORM_NOOP &&
	       is_str(f, s->text) && is_str(f, s->callee) &&
	       is_opt(s->func, f->nr_funcs) && is_opt(s->event, f->nr_events);
}

static bool check_alias(const struct facts *f, const struct alias *a)
{
	return is_str(f, a->name) && is_str(f, a->to) &&
	       a->kind <= ALIAS_FNTYPE && is_opt(a->value, f->nr_exprs);
}

static bool check_member(const struct facts *f, const struct member *m)
{
	return is_str(f, m->owner) && is_str(f, m->name) &&
	       is_str(f, m->type);
}

static bool check_note(const struct facts *f, const struct note *n)
{
	return n->kind < NOTE_NR_KINDS && is_str(f, n->text) &&
	       is_opt(n->func, f->nr_funcs);
}

static bool check_var(const struct facts *f, const struct var *v)
{
	return is_str(f, v->name) && is_str(f, v->type);
}

static bool check_global(const struct facts *f, const struct global *g)
{
	return is_str(f, g->name) && is_str(f, g->type);
}

static bool check_proto(const struct facts *f, const struct proto *p)
{
	return is_str(f, p->name) && is_str(f, p->ret_type);
}

#define CHECK_ALL(f, array, check)					\
	do {								\
		for (uint32_t i_ = 0; i_ < (f)->nr_##array; i_++) {	\
			if (!check(f, &(f)->array[i_]))			\
				return false;				\
		}							\
	} while (0)

bool facts_check(const struct facts *f)
{
	if (!check_text(f))
		return false;
	CHECK_ALL(f, exprs, check_expr);
	CHECK_ALL(f, events, check_event);
	CHECK_ALL(f, conds, check_cond);
	CHECK_ALL(f, funcs, check_func);
	CHECK_ALL(f, inits, check_init);
	CHECK_ALL(f, topmacros, check_topmacro);
	CHECK_ALL(f, sites, check_site);
	CHECK_ALL(f, aliases, check_alias);
	CHECK_ALL(f, members, check_member);
	CHECK_ALL(f, notes, check_note);
	CHECK_ALL(f, vars, check_var);
	CHECK_ALL(f, globals, check_global);
	CHECK_ALL(f, protos, check_proto);
	for (uint32_t i = 0; i < f->nr_edges; i++) {
		if (!is_opt(f->edges[i].cond, f->nr_conds))
			return false;
	}
	return true;
}
