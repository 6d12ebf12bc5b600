// SPDX-License-Identifier: GPL-2.0-only
/*
 * Assignments: which of them matter, and calls whose result is taken.
 */
#include "read/parser.h"

static void take_value(struct parser *p, struct fork *f, struct value *v)
{
	struct value to = *f->to;

	assign(p, &to, v, f->at, '=', f->flags);
	f->classes |= value_classes(v);
}

unsigned int assign_value(struct parser *p, struct value *to, uint32_t at,
			  unsigned int flags)
{
	struct fork f = {
		.take = take_value, .at = at, .flags = flags, .to = to,
	};

	fork_value(p, &f);
	return f.classes;
}

void assign_rest(struct parser *p, struct value *v)
{
	uint32_t at = p->pos;
	unsigned int op = kind(p);
	struct value from;

	p->pos++;
	v->mask = 0;
	if (op == '=' && (v->kind == EXPR_NAME || v->kind == EXPR_CALL)) {
		v->classes = CLASS_ANY;
		v->classes = assign_value(p, v, at, 0);
		return;
	}
	parse_assign(p, &from);
	assign(p, v, &from, at, op, 0);
	v->classes = CLASS_ANY;
	if (v->kind == EXPR_OTHER || v->kind == EXPR_CAST)
		*v = from;
}

static enum assign_op op_of(unsigned int op)
{
	switch (op) {
	case '=': return ASSIGN_SET;
	case TOK_SET_OR: return ASSIGN_OR;
	case TOK_SET_AND: return ASSIGN_AND;
	default: return ASSIGN_OTHER;
	}
}

static bool is_variable(const struct value *v)
{
	return v->kind == EXPR_NAME && !v->nr_parts && !v->ops;
}

/* A local variable of an arithmetic type that is no mask and no cookie. */
static bool is_number(struct parser *p, const struct value *v)
{
	uint32_t i;

	if (!is_variable(v))
		return false;
	i = idmap_get(&p->vars, v->base, UINT32_MAX);
	if (i == UINT32_MAX || p->b->vars[i].pointers ||
	    p->b->vars[i].flags & (VAR_FNPTR | VAR_COOKIE))
		return false;
	switch (class_of_id(p->b->vars[i].type)) {
	case CLS_BASIC: case CLS_TYPENAME:
		return true;
	}
	return false;
}

/* Is anything to be learnt from storing @from in an object? */
static bool is_worth_storing(struct parser *p, const struct value *from,
			     unsigned int op)
{
	if (from->mask)
		return true;
	if (op != '=' || from->test != TEST_VALUE || from->negated)
		return false;
	switch (from->kind) {
	case EXPR_NAME:
		if (from->base == WORD_NULL)
			return true;
		if (class_of_id(from->base) == CLS_CONSTANT ||
		    (!from->nr_parts && is_shouting(p, from->base)))
			return false;
		return !is_number(p, from);
	case EXPR_CALL: case EXPR_CAST:
		return true;
	}
	return false;
}

static void mark_cookie(struct parser *p, const struct value *to)
{
	uint32_t i;

	if (!is_variable(to))
		return;
	i = idmap_get(&p->vars, to->base, UINT32_MAX);
	if (i != UINT32_MAX)
		p->b->vars[i].flags |= VAR_COOKIE;
}

/* The event of the call whose plain result @v is, cast or not; NULL: none. */
static struct event *call_of(struct parser *p, const struct value *v)
{
	const struct expr *sub;

	if (v->nr_parts || v->ops || v->mask || v->test != TEST_VALUE ||
	    v->negated || !p->fn.func)
		return NULL;
	if (v->kind == EXPR_CALL)
		return &p->b->events[v->base];
	if (v->kind != EXPR_CAST || !v->sub)
		return NULL;
	sub = &p->b->exprs[v->sub - 1];
	if (sub->kind != EXPR_CALL || sub->nr_parts || sub->ops || sub->mask)
		return NULL;
	return &p->b->events[sub->base];
}

/* `x = f()`: the call's event takes x along. */
static bool take_result(struct parser *p, const struct value *to,
			const struct value *from)
{
	struct event *ev = call_of(p, from);

	if (!ev || ev->value)
		return false;
	ev->value = value_store(p, to);
	if (!ev->nr_args)
		mark_cookie(p, to);
	return true;
}

static uint32_t target_name(struct parser *p, const struct value *to)
{
	if (to->nr_parts)
		return p->words[to->parts + to->nr_parts - 1];
	return to->kind == EXPR_NAME ? to->base : 0;
}

static int site_how(const struct value *to, unsigned int flags)
{
	if (to->nr_parts || to->ops)
		return SITE_FIELD;
	return flags & EVENT_INIT ? SITE_INIT : SITE_ASSIGN;
}

void assign(struct parser *p, struct value *to, struct value *from,
	    uint32_t at, unsigned int op, unsigned int flags)
{
	struct event *ev;
	opt_t target, value;

	if (to->test != TEST_VALUE || to->negated)
		return;
	if (op == '=' && take_result(p, to, from) && !(flags & EVENT_FREE))
		return;
	if (!is_variable(to) && !is_worth_storing(p, from, op))
		return;
	target = value_store(p, to);
	value = value_store(p, from);
	ev = emit(p, EV_ASSIGN, at);
	ev->op = op_of(op);
	ev->flags |= flags;
	ev->target = target;
	ev->value = value;
	mask_sites(p, from, site_how(to, flags), 0, target_name(p, to),
		   last_event(p));
}
