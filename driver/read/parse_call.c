// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls, and what looks like one: macros that stand for their argument, for a
 * cast or for a question about the configuration; asm; _Generic.
 */
#include <string.h>

#include "base/mem.h"
#include "read/parser.h"

/* ---- arguments ---- */

static void push_arg(struct parser *p, const struct value *v)
{
	uint32_t nr = p->nr_args;

	GROW(p->args, nr, p->cap_args);
	GROW(p->arg_exprs, nr, p->cap_arg_exprs);
	p->arg_exprs[nr] = value_expr(p, v);
	p->args[nr] = *v;
	p->nr_args++;
}

/*
 * One argument. It can be anything when the callee is a macro: a type, a
 * statement, several of them. The value is that of its first expression.
 */
static void parse_arg(struct parser *p, struct value *v)
{
	struct value more;

	parse_assign(p, v);
	while (kind(p) != ',' && kind(p) != TOK_EOF) {
		uint32_t start = p->pos;

		if (class_at(p, p->pos) == CLS_STATEMENT ||
		    kind(p) == '{') {
			if (p->fn.func)
				parse_stmt(p);
		} else {
			parse_assign(p, &more);
		}
		if (p->pos == start)
			p->pos++;
	}
	v->end = p->pos;
	v->end_mask = p->nr_masks_seen;
}

uint32_t parse_args(struct parser *p, uint32_t close)
{
	uint32_t nr = 0, old_end = p->end;

	p->end = close;
	while (p->pos < close) {
		struct value v;

		parse_arg(p, &v);
		if (nr < MAX_ARGS) {
			push_arg(p, &v);
			nr++;
		}
		if (!accept(p, ','))
			break;
	}
	p->end = old_end;
	p->pos = close < old_end ? close + 1 : old_end;
	return nr;
}

uint32_t store_args(struct parser *p, uint32_t nr)
{
	return builder_exprs(p->b, p->arg_exprs + p->nr_args - nr, nr);
}

/* ---- macros with a meaning ---- */

/* ERR_PTR() and PTR_ERR() keep the class of a value; tests look at it. */
static void call_error(struct value *v, uint32_t id)
{
	if (v->test != TEST_VALUE || v->negated)
		value_other(v, CLASS_ANY);
	switch (id) {
	case WORD_IS_ERR:
	case WORD_IS_ERR_VALUE:
		v->test = TEST_CLASS;
		v->test_classes = CLASS_ERR;
		break;
	case WORD_IS_ERR_OR_NULL:
		v->test = TEST_CLASS;
		v->test_classes = CLASS_ERR | CLASS_ZERO;
		break;
	case WORD_PTR_ERR_OR_ZERO:
		value_other(v, CLASS_ERR | CLASS_ZERO);
		break;
	case WORD_ERR_PTR:
		v->classes &= CLASS_ERR | CLASS_ZERO;
		break;
	default:
		v->classes = CLASS_ERR;
	}
	if (!v->classes)
		v->classes = CLASS_ERR;
}

/* container_of(x, T, m): a T, from x. */
static void call_container(struct parser *p, struct value *v, uint32_t nr)
{
	const struct value *args = p->args + p->nr_args - nr;
	opt_t sub;

	if (nr < 2 || args[1].kind == EXPR_OTHER) {
		value_other(v, CLASS_ANY);
		return;
	}
	sub = args[0].kind == EXPR_OTHER ? 0 : value_store(p, &args[0]);
	v->kind = EXPR_CAST;
	v->base = args[1].base;
	v->ops = 0;
	v->nr_parts = 0;
	v->sub = sub;
	v->classes = CLASS_ANY;
}

/* Words whose call is no call. Return: it was one of them. */
static bool call_of_word(struct parser *p, struct value *v, uint32_t id,
			 uint32_t close)
{
	struct value call = *v;
	uint32_t nr;

	switch (class_of_id(id)) {
	case CLS_CONFIG:
		p->pos = close < p->end ? close + 1 : p->end;
		value_other(v, CLASS_ZERO | CLASS_POS);
		v->test = TEST_OPAQUE;
		return true;
	case CLS_SAME: case CLS_ERROR: case CLS_CONTAINER:
		break;
	default:
		return false;
	}
	nr = parse_args(p, close);
	if (!nr)
		return true;
	if (class_of_id(id) == CLS_CONTAINER) {
		call_container(p, v, nr);
	} else {
		*v = p->args[p->nr_args - nr];
		if (class_of_id(id) == CLS_ERROR)
			call_error(v, id);
	}
	v->first = call.first;
	v->first_mask = call.first_mask;
	p->nr_args -= nr;
	return true;
}

/* A macro in an initialiser at file level: its identifiers are its point. */
static void call_at_file_level(struct parser *p, struct value *v, uint32_t id,
			       uint32_t at, uint32_t nr)
{
	const struct value *args = p->args + p->nr_args - nr;
	str_t words[MAX_ARGS];
	uint32_t nr_words = 0;
	struct topmacro *m;

	for (uint32_t i = 0; i < nr; i++) {
		if (args[i].kind == EXPR_NAME)
			words[nr_words++] = builder_str(p->b, args[i].base);
	}
	if (nr == 1) {
		*v = args[0];
		return;
	}
	value_other(v, CLASS_ANY);
	if (!nr_words)
		return;
	m = builder_add_topmacros(p->b);
	m->name = builder_str(p->b, id);
	m->args = builder_words(p->b, words, nr_words);
	m->nr_args = nr_words;
	m->line = p->t[at].line;
}

/* ---- calls ---- */

static uint32_t callee_of(struct parser *p, const struct value *v)
{
	if (v->nr_parts)
		return p->words[v->parts + v->nr_parts - 1];
	return v->kind == EXPR_NAME ? v->base : 0;
}

static bool is_direct(struct parser *p, const struct value *v)
{
	return v->kind == EXPR_NAME && !v->nr_parts && !v->ops &&
	       v->test == TEST_VALUE && !v->negated &&
	       idmap_get(&p->vars, v->base, UINT32_MAX) == UINT32_MAX;
}

static void arg_sites(struct parser *p, uint32_t nr, uint32_t callee,
		      opt_t event)
{
	uint32_t first = p->nr_args - nr;
	bool strings = idmap_get(&p->stringifies, callee, 0);

	for (uint32_t i = 0; i < nr; i++) {
		const struct value *v = &p->args[first + i];

		if (strings)
			mask_role(p, v->first_mask, v->end_mask, TOKEN_TABLE);
		else
			mask_sites(p, v, SITE_ARG, i, callee, event);
	}
}

static void emit_call(struct parser *p, struct value *v, uint32_t at,
		      uint32_t nr)
{
	bool direct = is_direct(p, v);
	uint32_t callee = callee_of(p, v);
	opt_t target = direct ? 0 : value_store(p, v);
	uint32_t args = store_args(p, nr);
	struct event *ev = emit(p, direct ? EV_CALL : EV_ICALL, at);

	ev->name = builder_str(p->b, callee);
	ev->nr_args = nr;
	ev->args = args;
	ev->target = target;
	arg_sites(p, nr, callee, last_event(p));
}

void parse_call(struct parser *p, struct value *v, uint32_t at)
{
	uint32_t close = close_of(p, p->pos);
	uint32_t id = is_direct(p, v) ? v->base : 0;
	uint32_t nr;

	if (too_deep(p)) {
		skip_group(p);
		return;
	}
	p->pos++;
	if (call_of_word(p, v, id, close)) {
		p->depth--;
		return;
	}
	nr = parse_args(p, close);
	if (p->fn.func) {
		emit_call(p, v, at, nr);
		value_other(v, CLASS_ANY);
		v->kind = EXPR_CALL;
		v->base = p->b->nr_events - 1;
	} else {
		arg_sites(p, nr, callee_of(p, v), 0);
		call_at_file_level(p, v, id, at, nr);
	}
	v->mask = 0;
	if (class_of_id(id) == CLS_DEAD && !p->fn.tentative && p->fn.func) {
		flush_uses(p);
		p->fn.block = NO_BLOCK;
	}
	p->nr_args -= nr;
	p->depth--;
}

/* ---- asm, _Generic ---- */

/* The labels behind the fourth colon of an asm goto. */
static void asm_labels(struct parser *p, uint32_t open, uint32_t close)
{
	uint32_t from = p->fn.block, next;
	unsigned int colons = 0;

	for (uint32_t i = open + 1; i < close; i++) {
		if (p->t[i].kind == '(' && p->t[i].id > i)
			i = p->t[i].id;
		else if (p->t[i].kind == ':')
			colons++;
		else if (p->t[i].kind == TOK_NAME && colons >= 4)
			jump_to_label(p, p->t[i].id);
	}
	if (colons < 4 || !p->fn.func)
		return;
	next = new_block(p);
	add_edge_if(p, from, next, 0, false);
	start_block(p, next);
}

void parse_asm(struct parser *p)
{
	bool to_labels = word(p) == WORD_asm_volatile_goto;
	uint32_t open;

	for (p->pos++; kind(p) == TOK_NAME; p->pos++)
		to_labels |= word(p) == WORD_goto;
	if (kind(p) != '(')
		return;
	open = p->pos;
	skip_group(p);
	flush_uses(p);
	if (to_labels && p->fn.func && p->fn.block != NO_BLOCK)
		asm_labels(p, open, close_of(p, open));
}

/* Any of the associations may be the value. */
void parse_generic(struct parser *p, struct value *v)
{
	uint32_t close, old_end = p->end;
	struct value one;

	p->pos++;
	close = close_of(p, p->pos);
	p->pos++;
	p->end = close;
	p->fn.tentative++;
	value_init(p, &one);
	if (p->pos < close)
		parse_assign(p, &one);
	mask_tested(p, &one);
	while (p->pos < close) {
		while (kind(p) != ':' && kind(p) != TOK_EOF) {
			if (kind(p) == '(')
				skip_group(p);
			else
				p->pos++;
		}
		if (accept(p, ':'))
			parse_assign(p, &one);
	}
	p->fn.tentative--;
	p->end = old_end;
	p->pos = close < old_end ? close + 1 : old_end;
	value_other(v, CLASS_ANY);
}
