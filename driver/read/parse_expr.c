// SPDX-License-Identifier: GPL-2.0-only
/*
 * Expressions: from tokens to a value, leaving events behind in the order of
 * evaluation. Whatever stands where an operand should be is left for the
 * caller to step over; nothing here loops without moving on.
 */
#include <string.h>

#include "base/mem.h"
#include "read/parser.h"

static void parse_binary(struct parser *p, struct value *v, int min);
static void parse_unary(struct parser *p, struct value *v);

/* Of binary operators; 0: none. */
static const uint8_t precedence[256] = {
	[TOK_OROR] = 1, [TOK_ANDAND] = 2, ['|'] = 3, ['^'] = 4, ['&'] = 5,
	[TOK_EQ] = 6, [TOK_NE] = 6, ['<'] = 7, ['>'] = 7, [TOK_LE] = 7,
	[TOK_GE] = 7, [TOK_SHL] = 8, [TOK_SHR] = 8, ['+'] = 9, ['-'] = 9,
	['*'] = 10, ['/'] = 10, ['%'] = 10,
};

bool is_assign_op(unsigned int k)
{
	return k == '=' || (k >= TOK_SET_OR && k <= TOK_SET_OTHER);
}

/* ---- operands ---- */

static void parse_number(struct parser *p, struct value *v)
{
	const struct token *t = tok(p);
	const char *s = p->src->text + t->offset;
	unsigned int base = 10;
	uint32_t n = 0;

	if (s[0] == '0' && t->id > 1) {
		base = (s[1] | 32) == 'x' ? 16 : 8;
		s += base == 16 ? 2 : 1;
	}
	for (;; s++) {
		unsigned int digit = *s <= '9' ? *s - '0' : (*s | 32) - 'a' + 10;

		if (*s < '0' || digit >= base)
			break;
		n = n * base + digit;
	}
	v->kind = EXPR_NUM;
	v->base = n;
	v->classes = n ? CLASS_POS : CLASS_ZERO;
	p->pos++;
}

/* A string, or a macro beside one: DRV_NAME ": " VERSION "\n" */
static bool is_string(const struct parser *p, uint32_t i)
{
	return kind_at(p, i) == TOK_STR ||
	       (kind_at(p, i) == TOK_NAME && class_at(p, i) == CLS_NONE &&
		kind_at(p, i + 1) == TOK_STR);
}

static void parse_strings(struct parser *p, struct value *v)
{
	while (is_string(p, p->pos))
		p->pos++;
	if (kind(p) == TOK_NAME && class_of_id(word(p)) == CLS_NONE)
		p->pos++;	/* "%" PRIu64 */
	v->kind = EXPR_STRING;
	v->classes = CLASS_POS;
}

/* sizeof and kin: past the operand, which is not evaluated. */
static void skip_unevaluated(struct parser *p, struct value *v)
{
	bool operand = false;

	p->pos++;
	v->classes = CLASS_POS;
	for (;;) {
		switch (kind(p)) {
		case '*': case '&': case '-': case '!': case '~':
			if (operand)
				return;
			p->pos++;
			break;
		case '(':
			operand = !is_cast(p, p->pos, NULL, NULL);
			skip_group(p);
			break;
		case '[':
			skip_group(p);
			break;
		case '.': case TOK_ARROW:
			p->pos += 2;
			break;
		case TOK_NAME: case TOK_STR: case TOK_NUM:
			if (operand)
				return;
			operand = true;
			p->pos++;
			break;
		default:
			return;
		}
	}
}

/* A type where a value should be: an argument of a macro. */
static void parse_type_value(struct parser *p, struct value *v)
{
	uint32_t start = p->pos;
	struct declarator d;
	struct specs s;

	parse_specs(p, &s);
	if (kind(p) == '*')
		parse_declarator(p, &d);
	if (p->pos == start)
		p->pos++;
	v->kind = s.type ? EXPR_CAST : EXPR_OTHER;
	v->base = s.type;
}

static void parse_name(struct parser *p, struct value *v)
{
	uint32_t id = word(p);

	switch (class_of_id(id)) {
	case CLS_STATEMENT:
		return;
	case CLS_STORAGE: case CLS_BASIC: case CLS_TAG: case CLS_TYPEOF:
	case CLS_QUALIFIER: case CLS_ATTRIBUTE:
		parse_type_value(p, v);
		return;
	case CLS_ASM:
		parse_asm(p);
		return;
	case CLS_UNEVALUATED:
		skip_unevaluated(p, v);
		return;
	}
	if (id == WORD__Generic && kind_at(p, p->pos + 1) == '(') {
		parse_generic(p, v);
		return;
	}
	value_name(p, v, id);
	v->mask = mask_meet(p);
	p->pos++;
}

static void parse_statement_expr(struct parser *p, struct value *v)
{
	uint32_t end = close_of(p, p->pos);
	uint32_t keep = p->nr_guards;

	if (!p->fn.func) {
		skip_group(p);
		return;
	}
	p->pos++;
	memset(&p->last, 0, sizeof(p->last));
	parse_block(p, end);
	release_guards(p, keep);
	p->nr_guards = keep;
	if (p->last.kind != EXPR_OTHER || p->last.classes) {
		uint32_t first_mask = v->first_mask, first = v->first;

		*v = p->last;
		v->first_mask = first_mask;
		v->first = first;
	}
}

static void parse_parens(struct parser *p, struct value *v)
{
	uint32_t open = p->pos, close = close_of(p, open);
	uint32_t old_end = p->end;

	if (too_deep(p)) {
		skip_group(p);
		return;
	}
	p->pos++;
	p->end = close;
	if (kind(p) == '{')
		parse_statement_expr(p, v);
	else
		parse_expr(p, v);
	p->end = old_end;
	p->pos = close < old_end ? close + 1 : old_end;
	v->first = open;
	p->depth--;
}

static void parse_primary(struct parser *p, struct value *v)
{
	uint32_t type;

	switch (kind(p)) {
	case TOK_NAME:
		if (is_string(p, p->pos))
			parse_strings(p, v);
		else
			parse_name(p, v);
		break;
	case TOK_NUM:
		parse_number(p, v);
		break;
	case TOK_CHAR:
		v->classes = CLASS_POS;
		p->pos++;
		break;
	case TOK_STR:
		parse_strings(p, v);
		break;
	case '(':
		if (is_cast(p, p->pos, &type, NULL)) {
			/* a compound literal, or parse_unary() had it */
			struct object o = { .type = type,
					    .line = tok(p)->line };

			skip_group(p);
			parse_init(p, &o);
			v->kind = EXPR_CAST;
			v->base = type;
		} else {
			parse_parens(p, v);
		}
		break;
	case '{':
		skip_group(p);
		break;
	}
}

/* ---- behind an operand ---- */

static void parse_member(struct parser *p, struct value *v)
{
	bool arrow = kind(p) == TOK_ARROW;

	p->pos++;
	if (kind(p) != TOK_NAME)
		return;
	if (v->test != TEST_VALUE || v->negated)
		value_other(v, CLASS_ANY);
	/* (*p).m and (&x)->m are p->m and x.m */
	v->ops &= ~(EXPR_DEREF | EXPR_ADDR);
	if (!v->nr_parts && v->kind == EXPR_NAME && arrow) {
		v->derefs = true;
		note_use(p, v->base, p->pos);
	}
	if (v->kind == EXPR_NAME || v->kind == EXPR_CALL ||
	    v->kind == EXPR_CAST)
		value_add_part(p, v, word(p));
	v->classes = CLASS_ANY;
	v->mask = 0;
	p->pos++;
}

static void parse_index(struct parser *p, struct value *v)
{
	uint32_t close = close_of(p, p->pos), old_end = p->end;
	struct value index;

	if (too_deep(p)) {
		skip_group(p);
		return;
	}
	p->pos++;
	p->end = close;
	parse_expr(p, &index);
	mask_tested(p, &index);
	p->end = old_end;
	p->pos = close < old_end ? close + 1 : old_end;
	v->ops |= EXPR_INDEXED;
	v->classes = CLASS_ANY;
	p->depth--;
}

/* ++ and --: the variable is another one now. */
static void step_value(struct parser *p, struct value *v, uint32_t at)
{
	struct value none;

	value_init(p, &none);
	if (v->kind == EXPR_NAME && !v->nr_parts && !v->ops)
		assign(p, v, &none, at, TOK_SET_OTHER, 0);
	value_other(v, CLASS_ANY);
}

static void parse_postfix(struct parser *p, struct value *v)
{
	uint32_t at = p->pos ? p->pos - 1 : 0;

	for (;;) {
		switch (kind(p)) {
		case '.': case TOK_ARROW:
			parse_member(p, v);
			at = p->pos - 1;
			break;
		case '[':
			parse_index(p, v);
			break;
		case '(':
			parse_call(p, v, at);
			break;
		case TOK_INC: case TOK_DEC:
			step_value(p, v, p->pos++);
			break;
		default:
			return;
		}
	}
}

/* ---- in front of an operand ---- */

static bool is_prefix(unsigned int k)
{
	return k == '&' || k == '*' || k == '!' || k == '~' || k == '-' ||
	       k == '+' || k == TOK_INC || k == TOK_DEC;
}

/* Past prefix operators and casts. */
static void pass_prefixes(struct parser *p)
{
	for (;;) {
		if (is_prefix(kind(p))) {
			p->pos++;
		} else if (kind(p) == '(' &&
			   is_cast(p, p->pos, NULL, NULL)) {
			if (kind_at(p, close_of(p, p->pos) + 1) == '{')
				return;
			skip_group(p);
		} else if (word(p) == WORD___extension__) {
			p->pos++;
		} else {
			return;
		}
	}
}

/* A cast to a pointer gives the value a type; others change nothing here. */
static void apply_cast(struct parser *p, struct value *v, uint32_t open)
{
	bool pointer = false;
	uint32_t type = 0;
	uint16_t mask = v->mask;
	unsigned int classes = v->classes;
	opt_t sub;

	if (!is_cast(p, open, &type, &pointer) || !pointer || !type ||
	    class_of_id(type) == CLS_BASIC)
		return;
	if (v->classes == CLASS_ZERO)
		return;
	sub = v->kind == EXPR_OTHER ? 0 : value_store(p, v);
	value_other(v, classes);
	v->kind = EXPR_CAST;
	v->base = type;
	v->sub = sub;
	v->mask = mask;
}

static void apply_prefixes(struct parser *p, struct value *v, uint32_t first,
			   uint32_t end)
{
	while (end > first) {
		const struct token *t = &p->t[--end];

		if (t->kind == ')' && t->id >= first && t->id < end) {
			end = t->id;
			apply_cast(p, v, end);
		} else if (t->kind == TOK_INC || t->kind == TOK_DEC) {
			step_value(p, v, end);
		} else {
			if (t->kind == '~')
				mask_negate(p, v, end);
			apply_prefix(p, v, t->kind);
		}
	}
}

static void parse_unary(struct parser *p, struct value *v)
{
	uint32_t first = p->pos, end;

	value_init(p, v);
	if (kind(p) == TOK_ANDAND && kind_at(p, p->pos + 1) == TOK_NAME) {
		take_label_address(p, word_at(p, p->pos + 1));
		v->classes = CLASS_POS;
		p->pos += 2;
		return;
	}
	pass_prefixes(p);
	end = p->pos;
	v->first = end;
	parse_primary(p, v);
	if (p->pos > end)
		parse_postfix(p, v);
	apply_prefixes(p, v, first, end);
	v->first = first;
}

/* ---- operators ---- */

static void parse_binary(struct parser *p, struct value *v, int min)
{
	parse_unary(p, v);
	for (;;) {
		unsigned int op = kind(p);
		int prec = precedence[op];
		bool maybe = op == TOK_ANDAND || op == TOK_OROR;
		struct value r;

		if (prec < min)
			return;
		p->pos++;
		p->fn.tentative += maybe;
		parse_binary(p, &r, prec + 1);
		p->fn.tentative -= maybe;
		combine(p, v, &r, op);
	}
}

void parse_operand(struct parser *p, struct value *v)
{
	parse_binary(p, v, 3);
}

void parse_case_value(struct parser *p, struct value *v)
{
	parse_binary(p, v, 1);
	mask_tested(p, v);
}

/*
 * A name of no local variable that is chosen: `c ? f : g` as an argument. What
 * the choice yields is not represented; that f is used must not get lost.
 */
static void use_choice(struct parser *p, const struct value *v)
{
	if (!p->fn.func || v->kind != EXPR_NAME || v->nr_parts ||
	    v->test != TEST_VALUE || v->negated || is_shouting(p, v->base) ||
	    class_of_id(v->base) == CLS_CONSTANT ||
	    idmap_get(&p->vars, v->base, UINT32_MAX) != UINT32_MAX)
		return;
	emit(p, EV_USE, v->first)->target = value_store(p, v);
}

/* a ? b : c, and chains of it without recursion. */
static void parse_ternary(struct parser *p, struct value *v)
{
	struct value all, middle;
	bool any = false;

	parse_binary(p, v, 1);
	while (kind(p) == '?') {
		mask_tested(p, v);
		v->mask = 0;
		p->pos++;
		p->fn.tentative++;
		middle = *v;
		if (kind(p) != ':')
			parse_expr(p, &middle);
		use_choice(p, &middle);
		if (any)
			choose(p, &all, &middle);
		else
			all = middle;
		all.first = any ? all.first : v->first;
		all.first_mask = any ? all.first_mask : v->first_mask;
		any = true;
		accept(p, ':');
		parse_binary(p, v, 1);
		p->fn.tentative--;
	}
	if (any) {
		use_choice(p, v);
		choose(p, &all, v);
		*v = all;
	}
}

void parse_assign(struct parser *p, struct value *v)
{
	if (too_deep(p)) {
		value_init(p, v);
		p->pos = p->end;
		return;
	}
	parse_ternary(p, v);
	if (is_assign_op(kind(p)))
		assign_rest(p, v);
	v->end = p->pos;
	v->end_mask = p->nr_masks_seen;
	p->depth--;
}

void parse_expr(struct parser *p, struct value *v)
{
	uint32_t first_mask = p->nr_masks_seen;

	parse_assign(p, v);
	while (accept(p, ','))
		parse_assign(p, v);
	v->first_mask = first_mask;
}
