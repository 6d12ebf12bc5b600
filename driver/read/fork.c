// SPDX-License-Identifier: GPL-2.0-only
/*
 * c ? a : b where it decides what is returned or stored, and a && b where it
 * is returned: paths of their own, so that each is known by what holds on it.
 */
#include "read/parser.h"

static bool is_open(unsigned int k)
{
	return k == '(' || k == '[' || k == '{';
}

/* The `?` of the expression at p->pos that is not inside of brackets; 0: there
 * is none, or something binds weaker. */
static uint32_t find_question(struct parser *p)
{
	for (uint32_t i = p->pos; i < p->end; i++) {
		unsigned int k = p->t[i].kind;

		if (is_open(k))
			i = close_of(p, i);
		else if (k == '?')
			return kind_at(p, i + 1) == ':' ? 0 : i;
		else if (k == ';' || k == ',' || k == ':' || k == '}' ||
			 is_assign_op(k) || is_mark_kind(k))
			return 0;
	}
	return 0;
}

/* The `:` that belongs to the `?` before token @i; 0: none. */
static uint32_t find_colon(struct parser *p, uint32_t i)
{
	unsigned int open = 0;

	for (; i < p->end; i++) {
		unsigned int k = p->t[i].kind;

		if (is_open(k))
			i = close_of(p, i);
		else if (k == '?')
			open++;
		else if (k == ':' && !open--)
			return i;
		else if (k == ';')
			return 0;
	}
	return 0;
}

/* Where the operands of && and || at p->pos end; 0: there are none. */
static uint32_t find_logic(struct parser *p)
{
	bool any = false;
	uint32_t i;

	for (i = p->pos; i < p->end; i++) {
		unsigned int k = p->t[i].kind;

		if (is_open(k))
			i = close_of(p, i);
		else if (k == TOK_ANDAND || k == TOK_OROR)
			any |= i > p->pos;
		else if (k == ';')
			break;
		else if (k == ',' || k == '?' || is_assign_op(k) ||
			 is_mark_kind(k))
			return 0;
	}
	return any && i <= p->end ? i : 0;
}

static void start_at(struct parser *p, opt_t list)
{
	uint32_t b = new_block(p);

	patch(p, list, b);
	start_block(p, b);
	if (!list)
		p->fn.block = NO_BLOCK;
}

static void take_number(struct parser *p, struct fork *f, uint32_t n)
{
	struct value v;

	value_init(p, &v);
	v.kind = EXPR_NUM;
	v.base = n;
	v.classes = n ? CLASS_POS : CLASS_ZERO;
	v.end = p->pos;
	v.end_mask = p->nr_masks_seen;
	f->take(p, f, &v);
}

/* return a && b: 1 or 0. */
static void fork_truth(struct parser *p, struct fork *f, uint32_t end,
		       uint32_t join)
{
	struct branch br;

	parse_cond(p, end, &br);
	start_at(p, br.on_true);
	take_number(p, f, 1);
	add_edge(p, join);
	start_at(p, br.on_false);
	take_number(p, f, 0);
	add_edge(p, join);
}

/* PTR_ERR_OR_ZERO(x) alone: the error that x is, or 0. */
static bool is_error_or_zero(struct parser *p)
{
	uint32_t behind;

	if (word(p) != WORD_PTR_ERR_OR_ZERO || kind_at(p, p->pos + 1) != '(')
		return false;
	behind = close_of(p, p->pos + 1) + 1;
	return kind_at(p, behind) == ';' || kind_at(p, behind) == TOK_EOF;
}

static void fork_error(struct parser *p, struct fork *f, uint32_t join)
{
	uint32_t open = p->pos + 1, old_end = p->end;
	uint32_t close = close_of(p, open);
	struct branch br;
	struct value v;

	p->pos = open + 1;
	p->end = close;
	parse_assign(p, &v);
	p->end = old_end;
	p->pos = close < old_end ? close + 1 : old_end;
	branch_class(p, &v, CLASS_ERR, &br);
	start_at(p, br.on_true);
	v.classes = CLASS_ERR;
	f->take(p, f, &v);
	add_edge(p, join);
	start_at(p, br.on_false);
	take_number(p, f, 0);
	add_edge(p, join);
}

/* One arm: the value of tokens up to @colon. */
static void fork_arm(struct parser *p, struct fork *f, uint32_t colon)
{
	uint32_t old_end = p->end;

	p->end = colon;
	if (!too_deep(p)) {
		fork_value(p, f);
		p->depth--;
	}
	p->end = old_end;
	p->pos = colon + 1;
}

void fork_value(struct parser *p, struct fork *f)
{
	bool may = p->fn.func && !p->fn.tentative &&
		   p->fn.block != NO_BLOCK;
	uint32_t join = NO_BLOCK, question, colon, end;
	struct branch br;
	struct value v;

	while (may && (question = find_question(p)) &&
	       (colon = find_colon(p, question + 1))) {
		if (join == NO_BLOCK)
			join = new_block(p);
		parse_cond(p, question, &br);
		start_at(p, br.on_true);
		p->pos = question + 1;
		fork_arm(p, f, colon);
		add_edge(p, join);
		start_at(p, br.on_false);
	}
	end = may && f->truth ? find_logic(p) : 0;
	if (end || (may && is_error_or_zero(p))) {
		if (join == NO_BLOCK)
			join = new_block(p);
		if (end)
			fork_truth(p, f, end, join);
		else
			fork_error(p, f, join);
		start_block(p, join);
		return;
	}
	parse_assign(p, &v);
	f->take(p, f, &v);
	if (join == NO_BLOCK)
		return;
	add_edge(p, join);
	start_block(p, join);
}
