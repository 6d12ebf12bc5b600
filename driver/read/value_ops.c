// SPDX-License-Identifier: GPL-2.0-only
/*
 * What operators make of values: flag words, masks, tests.
 */
#include <ctype.h>

#include "read/parser.h"

#define CLASS_TRUTH (CLASS_ZERO | CLASS_POS)

/* An integer or the name of a constant; not a variable, as far as one sees. */
static bool is_constant(const struct parser *p, const struct value *v)
{
	if (v->test != TEST_VALUE || v->negated)
		return false;
	if (v->kind == EXPR_NUM || v->kind == EXPR_FLAGS)
		return true;
	return v->kind == EXPR_NAME && !v->nr_parts &&
	       (is_shouting(p, v->base) ||
		class_of_id(v->base) == CLS_CONSTANT);
}

static bool is_zero(const struct value *v)
{
	return v->classes == CLASS_ZERO && v->test == TEST_VALUE &&
	       !v->negated && (v->kind == EXPR_NUM || v->kind == EXPR_NAME) &&
	       !v->nr_parts;
}

/* Bits of both; what is no mask makes the whole variable. */
static uint16_t merge_masks(const struct value *l, const struct value *r)
{
	uint16_t mask = l->mask | r->mask;

	if (!l->mask != !r->mask && !is_zero(l->mask ? r : l))
		mask |= MASK_VARIABLE;
	return mask;
}

static void swap_values(struct value *l, struct value *r)
{
	struct value t = *l;

	*l = *r;
	*r = t;
	l->first = t.first;
	l->first_mask = t.first_mask;
}

/* ---- comparisons ---- */

static unsigned int mirrored(unsigned int op)
{
	switch (op) {
	case '<': return '>';
	case '>': return '<';
	case TOK_LE: return TOK_GE;
	case TOK_GE: return TOK_LE;
	default: return op;
	}
}

/* The classes of x for which `x op 0` holds; 0: nothing is known. */
static unsigned int classes_against_zero(unsigned int op)
{
	switch (op) {
	case TOK_EQ: return CLASS_ZERO;
	case TOK_NE: return CLASS_POS | CLASS_ERR;
	case '<': return CLASS_ERR;
	case TOK_GE: return CLASS_ZERO | CLASS_POS;
	case '>': return CLASS_POS;
	case TOK_LE: return CLASS_ZERO | CLASS_ERR;
	default: return 0;
	}
}

static void set_opaque(struct value *v)
{
	value_other(v, CLASS_TRUTH);
	v->test = TEST_OPAQUE;
}

/* Is @r the one name that the test of @l has for its bits? */
static bool is_own_flag(struct parser *p, const struct value *l,
			const struct value *r)
{
	const struct expr *e = &p->b->exprs[l->test_operand - 1];

	return r->kind == EXPR_NAME && !r->nr_parts && !r->ops &&
	       e->kind == EXPR_NAME && !e->nr_parts && !e->ops &&
	       e->base == builder_str(p->b, r->base);
}

/* Compare something that is a test itself: `(x & F) == 0`, `!x == 0`. Of
 * `(x & M) == F` nothing is known: F may be no bit at all. */
static void compare_test(struct parser *p, struct value *l,
			 const struct value *r, unsigned int op)
{
	if (op != TOK_EQ && op != TOK_NE) {
		set_opaque(l);
		return;
	}
	if (is_zero(r))
		l->negated ^= op == TOK_EQ;
	else if (l->test == TEST_BITS && !l->negated && is_own_flag(p, l, r))
		l->negated = op == TOK_NE;	/* (x & F) == F */
	else
		set_opaque(l);
}

static bool is_plain_name(const struct value *v)
{
	return v->kind == EXPR_NAME && !v->ops && v->test == TEST_VALUE &&
	       !v->negated;
}

/* Put as `more > less`, or not. That says something of an argument that is
 * compared with a member; no other is kept. */
static void compare_names(struct parser *p, struct value *l, struct value *r,
			  unsigned int op)
{
	if (op == '<' || op == TOK_GE)
		swap_values(l, r);
	if (l->nr_parts || !r->nr_parts) {
		set_opaque(l);
		return;
	}
	l->test = TEST_MORE;
	l->test_operand = value_operand(p, r);
	l->negated = op == TOK_LE || op == TOK_GE;
}

static void compare(struct parser *p, struct value *l, struct value *r,
		    unsigned int op)
{
	mask_tested(p, l);
	mask_tested(p, r);
	if (is_constant(p, l) && !is_constant(p, r)) {
		swap_values(l, r);
		op = mirrored(op);
	}
	l->mask = 0;
	r->mask = 0;
	if (l->test == TEST_OPAQUE)
		return;
	if (l->test != TEST_VALUE || l->negated) {
		compare_test(p, l, r, op);
		return;
	}
	if (r->kind == EXPR_NUM && r->base == 1 &&
	    (op == '<' || op == TOK_GE)) {
		op = op == '<' ? TOK_LE : '>';
		r->classes = CLASS_ZERO;
	}
	if (is_zero(r)) {
		l->test = TEST_CLASS;
		l->test_classes = classes_against_zero(op);
	} else if ((op == TOK_EQ || op == TOK_NE) &&
		   (r->kind == EXPR_NUM || r->kind == EXPR_NAME)) {
		l->test = TEST_EQUAL;
		l->test_operand = value_store(p, r);
		l->negated = op == TOK_NE;
	} else if (is_plain_name(l) && is_plain_name(r)) {
		compare_names(p, l, r, op);
	} else {
		set_opaque(l);
	}
}

/* ---- bits ---- */

static void combine_and(struct parser *p, struct value *l, struct value *r)
{
	const uint16_t cleared = MASK_CLR_FS | MASK_CLR_IO | MASK_CLR_RECLAIM;
	uint16_t mask = merge_masks(l, r);

	if ((is_constant(p, l) || (l->mask & cleared)) &&
	    !is_constant(p, r) && !(r->mask & cleared))
		swap_values(l, r);
	if (l->test != TEST_VALUE || l->negated || l->kind == EXPR_NUM) {
		value_other(l, CLASS_ANY);
	} else if (!(r->mask & cleared)) {
		l->test = TEST_BITS;
		l->test_operand = value_store(p, r);
	} else {
		l->classes = CLASS_ANY;
	}
	l->mask = mask;
}

static bool is_flag(const struct value *v)
{
	return v->kind == EXPR_NAME && !v->nr_parts && !v->ops &&
	       v->test == TEST_VALUE && !v->negated;
}

/* Add the flags of @v, or @v as the operand that is no identifier. */
static void add_flags(struct parser *p, struct value *to,
		      const struct value *v)
{
	if (v->kind == EXPR_FLAGS) {
		for (unsigned int i = 0; i < v->nr_parts; i++)
			value_add_part(p, to, p->words[v->parts + i]);
		if (v->sub)
			to->sub = v->sub;
	} else if (is_flag(v)) {
		value_add_part(p, to, v->base);
	} else if (v->kind != EXPR_OTHER) {
		to->sub = value_store(p, v);
	}
}

static void combine_or(struct parser *p, struct value *l,
		       const struct value *r)
{
	struct value flags = *l;

	flags.mask = merge_masks(l, r);
	if (l->kind != EXPR_FLAGS) {
		value_other(&flags, CLASS_ANY);
		flags.kind = EXPR_FLAGS;
		add_flags(p, &flags, l);
	}
	flags.kind = EXPR_FLAGS;
	add_flags(p, &flags, r);
	if (!flags.nr_parts)
		flags.kind = EXPR_OTHER;
	flags.classes = CLASS_ANY;
	*l = flags;
}

void combine(struct parser *p, struct value *l, struct value *r,
	     unsigned int op)
{
	uint16_t mask;

	switch (op) {
	case TOK_EQ: case TOK_NE: case '<': case '>': case TOK_LE: case TOK_GE:
		compare(p, l, r, op);
		break;
	case TOK_ANDAND: case TOK_OROR:
		mask_tested(p, l);
		mask_tested(p, r);
		set_opaque(l);
		l->mask = 0;
		break;
	case '&':
		combine_and(p, l, r);
		break;
	case '|':
		combine_or(p, l, r);
		break;
	default:
		mask = merge_masks(l, r);
		value_other(l, CLASS_ANY);
		l->mask = mask;
	}
}

/* ---- prefixes ---- */

/* Error constants are E and capitals: -ENOMEM. */
static bool is_errno(const struct parser *p, const struct value *v)
{
	uint32_t len;
	const char *s;

	if (!is_flag(v))
		return false;
	s = id_str(p, v->base, &len);
	return len > 2 && s[0] == 'E' && isupper((unsigned char)s[1]);
}

static void negate_number(struct parser *p, struct value *v, unsigned int op)
{
	if (v->kind == EXPR_NUM) {
		v->base = op == '-' ? -v->base : ~v->base;
		v->classes = v->base ? CLASS_ERR : CLASS_ZERO;
		return;
	}
	v->classes = op == '-' && is_errno(p, v) ? CLASS_ERR : CLASS_ANY;
	v->ops ^= EXPR_NEG;
}

static void take_address(struct parser *p, struct value *v)
{
	if (v->ops & EXPR_DEREF)
		v->ops &= ~EXPR_DEREF;
	else
		v->ops |= EXPR_ADDR;
	v->classes = CLASS_POS;
}

static void dereference(struct parser *p, struct value *v)
{
	if (v->ops & EXPR_ADDR) {
		v->ops &= ~EXPR_ADDR;
	} else {
		v->ops |= EXPR_DEREF;
	}
	v->classes = CLASS_ANY;
}

void apply_prefix(struct parser *p, struct value *v, unsigned int op)
{
	if (op == '!') {
		mask_tested(p, v);
		v->mask = 0;
		v->negated = !v->negated;
		return;
	}
	if (v->test != TEST_VALUE || v->negated)
		value_other(v, CLASS_ANY);
	switch (op) {
	case '&':
		take_address(p, v);
		break;
	case '*':
		dereference(p, v);
		break;
	case '-': case '~':
		negate_number(p, v, op);
		break;
	}
}

void choose(struct parser *p, struct value *a, const struct value *b)
{
	unsigned int classes = value_classes(a) | value_classes(b);
	uint16_t mask = merge_masks(a, b);

	if (mask)
		mask |= MASK_CHOICE;
	value_other(a, classes);
	a->mask = mask;
}
