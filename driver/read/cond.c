// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conditions. && || ! ?: become edges; every edge says what must be true of
 * which value for it to be taken. Edges whose target is not known yet are
 * chained through edge.to until patch().
 */
#include "read/parser.h"

static void cond_comma(struct parser *p, struct branch *br);

static struct edge *edge_at(struct parser *p, opt_t e)
{
	return &p->b->edges[e - 1];
}

static opt_t join(struct parser *p, opt_t a, opt_t b)
{
	opt_t i = b;

	if (!b)
		return a;
	while (edge_at(p, i)->to)
		i = edge_at(p, i)->to;
	edge_at(p, i)->to = a;
	return b;
}

void patch(struct parser *p, opt_t list, uint32_t block)
{
	while (list) {
		struct edge *e = edge_at(p, list);

		list = e->to;
		e->to = block;
	}
}

static void swap_branch(struct branch *br)
{
	opt_t t = br->on_true;

	br->on_true = br->on_false;
	br->on_false = t;
}

/* ---- leaves ---- */

static opt_t add_cond(struct parser *p, unsigned int what,
		      const struct value *v, unsigned int classes)
{
	opt_t subject = value_subject(p, v);
	struct cond *c = builder_add_conds(p->b);

	c->kind = what;
	c->classes = classes;
	c->subject = subject - 1;
	c->operand = what == COND_CLASS ? 0 : v->test_operand;
	return p->b->nr_conds;
}

static bool is_subject(const struct value *v)
{
	return v->kind == EXPR_NAME || v->kind == EXPR_CALL ||
	       v->kind == EXPR_CAST;
}

/* What the value proves. *@known: -1, or which way it always goes. */
static opt_t test_of(struct parser *p, const struct value *v, int *known)
{
	*known = -1;
	if (v->test == TEST_VALUE && v->classes == CLASS_ZERO)
		*known = 0;
	else if (v->test == TEST_VALUE && !(v->classes & CLASS_ZERO) &&
		 (v->kind == EXPR_NUM || v->base == WORD_true))
		*known = 1;
	if (*known >= 0 || !is_subject(v))
		return 0;
	switch (v->test) {
	case TEST_VALUE:
		return add_cond(p, COND_CLASS, v, CLASS_POS | CLASS_ERR);
	case TEST_CLASS:
		return v->test_classes ?
		       add_cond(p, COND_CLASS, v, v->test_classes) : 0;
	case TEST_BITS:
		return add_cond(p, COND_BITS, v, 0);
	case TEST_EQUAL:
		return add_cond(p, COND_EQUAL, v, 0);
	case TEST_MORE:
		return add_cond(p, COND_MORE, v, 0);
	}
	return 0;
}

void branch_class(struct parser *p, const struct value *v,
		  unsigned int classes, struct branch *br)
{
	opt_t cond;

	flush_uses(p);
	cond = is_subject(v) ? add_cond(p, COND_CLASS, v, classes) : 0;
	br->on_true = add_edge_if(p, p->fn.block, 0, cond, cond);
	br->on_false = add_edge_if(p, p->fn.block, 0, cond, false);
	p->fn.block = NO_BLOCK;
}

static void cond_leaf(struct parser *p, struct branch *br)
{
	struct value v;
	opt_t cond;
	int known;

	parse_operand(p, &v);
	if (is_assign_op(kind(p)))
		assign_rest(p, &v);
	mask_tested(p, &v);
	flush_uses(p);
	cond = test_of(p, &v, &known);
	br->on_true = br->on_false = 0;
	if (known != 0)
		br->on_true = add_edge_if(p, p->fn.block, 0, cond, cond);
	if (known != 1)
		br->on_false = add_edge_if(p, p->fn.block, 0, cond, false);
	if (v.negated)
		swap_branch(br);
	p->fn.block = NO_BLOCK;
}

/* ---- operators ---- */

static bool ends_operand(unsigned int k)
{
	switch (k) {
	case TOK_EOF: case TOK_ANDAND: case TOK_OROR: case '?': case ':':
	case ',': case ')': case ';':
		return true;
	}
	return false;
}

/* likely(x) and kin are true when x is. */
static bool is_transparent(uint32_t id)
{
	return id == WORD_likely || id == WORD_unlikely ||
	       id == WORD_WARN_ON || id == WORD_WARN_ON_ONCE;
}

/* The bracket at @i holds a condition of its own. */
static bool is_nested(struct parser *p, uint32_t i)
{
	return kind_at(p, i) == '(' && kind_at(p, i + 1) != '{' &&
	       ends_operand(kind_at(p, close_of(p, i) + 1)) &&
	       !is_cast(p, i, NULL, NULL);
}

static void cond_nested(struct parser *p, uint32_t open, struct branch *br)
{
	uint32_t close = close_of(p, open), old_end = p->end;

	p->pos = open + 1;
	p->end = close;
	cond_comma(p, br);
	p->end = old_end;
	p->pos = close < old_end ? close + 1 : old_end;
}

static void cond_unary(struct parser *p, struct branch *br)
{
	uint32_t i = p->pos, open;
	bool negated = false;

	for (; kind_at(p, i) == '!'; i++)
		negated = !negated;
	open = is_transparent(word_at(p, i)) ? i + 1 : i;
	if (!is_nested(p, open) || too_deep(p)) {
		cond_leaf(p, br);
		return;
	}
	cond_nested(p, open, br);
	p->depth--;
	if (negated)
		swap_branch(br);
}

/* The next operand is evaluated when one of @list is taken. */
static void begin_operand(struct parser *p, opt_t list)
{
	uint32_t b = new_block(p);

	patch(p, list, b);
	start_block(p, b);
	p->pos++;
}

static void cond_and(struct parser *p, struct branch *br)
{
	struct branch r;

	cond_unary(p, br);
	while (kind(p) == TOK_ANDAND) {
		begin_operand(p, br->on_true);
		cond_unary(p, &r);
		br->on_true = r.on_true;
		br->on_false = join(p, br->on_false, r.on_false);
	}
}

static void cond_or(struct parser *p, struct branch *br)
{
	struct branch r;

	cond_and(p, br);
	while (kind(p) == TOK_OROR) {
		begin_operand(p, br->on_false);
		cond_and(p, &r);
		br->on_false = r.on_false;
		br->on_true = join(p, br->on_true, r.on_true);
	}
}

/* a ? b : c; chains of it without recursion. */
static void cond_ternary(struct parser *p, struct branch *br)
{
	struct branch all = { 0 }, r;

	cond_or(p, br);
	while (kind(p) == '?') {
		if (kind_at(p, p->pos + 1) == ':') {
			p->pos++;
			all.on_true = join(p, all.on_true, br->on_true);
		} else {
			begin_operand(p, br->on_true);
			cond_or(p, &r);
			all.on_true = join(p, all.on_true, r.on_true);
			all.on_false = join(p, all.on_false, r.on_false);
		}
		br->on_true = 0;
		if (kind(p) != ':')
			break;
		begin_operand(p, br->on_false);
		cond_or(p, br);
	}
	br->on_true = join(p, all.on_true, br->on_true);
	br->on_false = join(p, all.on_false, br->on_false);
}

static void cond_comma(struct parser *p, struct branch *br)
{
	cond_ternary(p, br);
	while (kind(p) == ',') {
		begin_operand(p, join(p, br->on_true, br->on_false));
		cond_ternary(p, br);
	}
}

void parse_cond(struct parser *p, uint32_t end, struct branch *br)
{
	uint32_t old_end = p->end;

	p->end = end;
	if (too_deep(p)) {
		br->on_true = add_edge_if(p, p->fn.block, 0, 0, false);
		br->on_false = add_edge_if(p, p->fn.block, 0, 0, false);
		p->fn.block = NO_BLOCK;
	} else {
		cond_comma(p, br);
		p->depth--;
	}
	p->end = old_end;
	p->pos = end;
}
