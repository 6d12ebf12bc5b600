// SPDX-License-Identifier: GPL-2.0-only
/*
 * Values: what is known of an expression while it is read, and how that
 * becomes a struct expr of the facts.
 */
#include <string.h>

#include "base/mem.h"
#include "read/parser.h"

void value_init(struct parser *p, struct value *v)
{
	memset(v, 0, sizeof(*v));
	v->classes = CLASS_ANY;
	v->first_mask = p->nr_masks_seen;
	v->first = p->pos;
}

/* Forget what @v stands for; its mask and its place stay. */
void value_other(struct value *v, unsigned int classes)
{
	v->kind = EXPR_OTHER;
	v->ops = 0;
	v->nr_parts = 0;
	v->classes = classes;
	v->test = TEST_VALUE;
	v->negated = false;
	v->derefs = false;
	v->base = 0;
	v->sub = 0;
}

unsigned int value_classes(const struct value *v)
{
	if (v->test == TEST_VALUE && !v->negated)
		return v->classes;
	return v->test == TEST_BITS && !v->negated ? CLASS_ANY :
	       CLASS_ZERO | CLASS_POS;
}

void value_name(struct parser *p, struct value *v, uint32_t id)
{
	v->kind = EXPR_NAME;
	v->base = id;
	if (id == WORD_NULL || id == WORD_false)
		v->classes = CLASS_ZERO;
	else if (id == WORD_true)
		v->classes = CLASS_POS;
}

void value_add_part(struct parser *p, struct value *v, uint32_t id)
{
	uint32_t end = v->parts + v->nr_parts;

	if (v->nr_parts >= MAX_PARTS) {
		value_other(v, CLASS_ANY);
		return;
	}
	if (end != p->nr_words) {
		GROW_BY(p->words, p->nr_words, p->cap_words, v->nr_parts);
		memcpy(p->words + p->nr_words, p->words + v->parts,
		       v->nr_parts * sizeof(*p->words));
		v->parts = p->nr_words;
		p->nr_words += v->nr_parts;
	}
	GROW(p->words, p->nr_words, p->cap_words);
	p->words[p->nr_words++] = id;
	v->nr_parts++;
}

static bool base_is_string(const struct expr *e)
{
	return e->kind == EXPR_NAME || e->kind == EXPR_CAST;
}

/* @v without its test, and what is not shown by it. */
static struct expr bare_expr(struct parser *p, const struct value *v)
{
	str_t parts[MAX_PARTS];
	struct expr e = {
		.kind = v->kind, .ops = v->ops, .nr_parts = v->nr_parts,
		.classes = v->classes, .mask = v->mask, .base = v->base,
		.sub = v->sub,
	};
	uint32_t first;

	for (unsigned int i = 0; i < v->nr_parts; i++)
		parts[i] = builder_str(p->b, p->words[v->parts + i]);
	first = builder_words(p->b, parts, v->nr_parts);
	if (first >= 1u << 24)		/* of facts.expr.parts */
		return (struct expr){ .classes = CLASS_ANY, .mask = v->mask };
	e.parts = first;
	if (base_is_string(&e))
		e.base = builder_str(p->b, v->base);
	return e;
}

/* .. where an event or condition shows that its base is dereferenced. */
static struct expr plain_expr(struct parser *p, const struct value *v)
{
	if (v->kind == EXPR_NAME && v->derefs)
		idmap_set(&p->shown, v->base, 1);
	return bare_expr(p, v);
}

struct expr value_expr(struct parser *p, const struct value *v)
{
	const unsigned int classes = value_classes(v);
	bool negated = v->negated;
	struct expr e;

	if (v->test == TEST_VALUE && !negated)
		return plain_expr(p, v);
	if (v->test == TEST_CLASS && v->test_classes == CLASS_ZERO)
		negated = !negated;
	else if (v->test != TEST_VALUE)
		return (struct expr){ .classes = classes, .mask = v->mask };
	e = plain_expr(p, v);
	e.classes = classes;
	if (negated)
		e.ops ^= EXPR_NOT;
	return e;
}

opt_t value_store(struct parser *p, const struct value *v)
{
	struct expr e = value_expr(p, v);

	return builder_exprs(p->b, &e, 1) + 1;
}

opt_t value_subject(struct parser *p, const struct value *v)
{
	struct expr e = plain_expr(p, v);

	if (v->test != TEST_VALUE)
		e.mask = 0;
	return builder_exprs(p->b, &e, 1) + 1;
}

opt_t value_operand(struct parser *p, const struct value *v)
{
	struct expr e = bare_expr(p, v);

	return builder_exprs(p->b, &e, 1) + 1;
}
