// SPDX-License-Identifier: GPL-2.0-only
/*
 * Statements: the control-flow graph. Each function begins at the first token
 * of what it reads and ends behind it; nothing reads beyond parser.end.
 */
#include <string.h>

#include "read/parser.h"

/* ---- if ---- */

/* The condition in the brackets at p->pos, and past them. Without brackets
 * (a macro holds them) it is one operand of which nothing is known. */
static void bracket_cond(struct parser *p, struct branch *br)
{
	uint32_t close;
	struct value v;

	if (kind(p) != '(') {
		parse_operand(p, &v);
		mask_tested(p, &v);
		flush_uses(p);
		br->on_true = add_edge_if(p, p->fn.block, 0, 0, false);
		br->on_false = add_edge_if(p, p->fn.block, 0, 0, false);
		p->fn.block = NO_BLOCK;
		return;
	}
	close = close_of(p, p->pos);
	p->pos++;
	parse_cond(p, close, br);
	if (p->pos < p->end)
		p->pos++;
}

/* Start a block that the edges of @list lead to. */
static void start_at(struct parser *p, opt_t list)
{
	uint32_t b = new_block(p);

	patch(p, list, b);
	start_block(p, b);
}

/* else-if chains are read in a loop: they can be long. */
static void parse_if(struct parser *p)
{
	uint32_t join = new_block(p);

	for (;;) {
		struct branch br;

		p->pos++;
		bracket_cond(p, &br);
		start_at(p, br.on_true);
		if (!br.on_true)
			p->fn.block = NO_BLOCK;
		parse_stmt(p);
		add_edge(p, join);
		if (word(p) != WORD_else) {
			patch(p, br.on_false, join);
			break;
		}
		p->pos++;
		start_at(p, br.on_false);
		if (!br.on_false)
			p->fn.block = NO_BLOCK;
		if (word(p) == WORD_if)
			continue;
		parse_stmt(p);
		add_edge(p, join);
		break;
	}
	start_block(p, join);
}

/* ---- loops ---- */

/* The statement that is repeated, with its break and continue. */
static void loop_body(struct parser *p, uint32_t again, uint32_t out)
{
	struct jump on_break = p->fn.on_break;
	struct jump on_continue = p->fn.on_continue;

	p->fn.on_break = (struct jump){ out, p->nr_guards };
	p->fn.on_continue = (struct jump){ again, p->nr_guards };
	parse_stmt(p);
	p->fn.on_break = on_break;
	p->fn.on_continue = on_continue;
}

static void enter_block(struct parser *p, uint32_t block)
{
	add_edge(p, block);
	start_block(p, block);
}

static void parse_while(struct parser *p)
{
	uint32_t head = new_block(p), out = new_block(p);
	struct branch br;

	p->pos++;
	enter_block(p, head);
	bracket_cond(p, &br);
	patch(p, br.on_false, out);
	start_at(p, br.on_true);
	loop_body(p, head, out);
	add_edge(p, head);
	start_block(p, out);
}

static void parse_do(struct parser *p)
{
	uint32_t body = new_block(p), test = new_block(p), out = new_block(p);
	struct branch br;

	p->pos++;
	enter_block(p, body);
	loop_body(p, test, out);
	enter_block(p, test);
	if (word(p) == WORD_while) {
		p->pos++;
		bracket_cond(p, &br);
		patch(p, br.on_true, body);
		patch(p, br.on_false, out);
		accept(p, ';');
	} else {
		/* while_each_thread(..) and other macros that end a loop */
		if (!word(p) || !id_has(p, word(p), "while"))
			broken(p, NOTE_BROKEN_FUNC, p->pos,
			       "do without while");
		add_edge(p, body);
		add_edge(p, out);
	}
	start_block(p, out);
}

/* The next `;` at this level before @end, or @end. */
static uint32_t find_semicolon(struct parser *p, uint32_t i, uint32_t end)
{
	while (i < end && p->t[i].kind != ';') {
		uint32_t close = i;

		if (p->t[i].kind == '(' || p->t[i].kind == '{' ||
		    p->t[i].kind == '[')
			close = close_of(p, i);
		i = close + 1;
	}
	return i < end ? i : end;
}

/* Expressions in tokens up to @end, for their events only. */
static void parse_for_part(struct parser *p, uint32_t end)
{
	uint32_t old_end = p->end;
	struct value v;

	p->end = end;
	if (p->pos < end && is_declaration(p))
		parse_declaration(p);
	else if (p->pos < end)
		parse_expr(p, &v);
	flush_uses(p);
	p->end = old_end;
	p->pos = end;
}

static void parse_for(struct parser *p)
{
	uint32_t head = new_block(p), step = new_block(p);
	uint32_t out = new_block(p);
	uint32_t open = p->pos + 1, close, semi, third, behind;
	struct branch br = { 0 };

	p->pos = open;
	if (kind(p) != '(') {
		broken(p, NOTE_BROKEN_FUNC, p->pos, "for without (");
		return;
	}
	close = close_of(p, open);
	semi = find_semicolon(p, open + 1, close);
	third = find_semicolon(p, semi + 1, close);
	p->pos = open + 1;
	parse_for_part(p, semi);
	enter_block(p, head);
	if (semi + 1 < third) {
		p->pos = semi + 1;
		parse_cond(p, third, &br);
		patch(p, br.on_false, out);
	} else {
		br.on_true = add_edge_if(p, head, 0, 0, false);
	}
	start_at(p, br.on_true);
	behind = close < p->end ? close + 1 : p->end;
	p->pos = behind;
	loop_body(p, step, out);
	behind = p->pos;
	enter_block(p, step);
	if (third + 1 < close) {
		p->pos = third + 1;
		parse_for_part(p, close);
	}
	add_edge(p, head);
	p->pos = behind;
	start_block(p, out);
}

/* MACRO(..) statement: a loop that may run not at all. */
static void parse_macro_loop(struct parser *p)
{
	uint32_t head = new_block(p), out = new_block(p);
	uint32_t behind = close_of(p, p->pos + 1) + 1;
	struct value v;

	enter_block(p, head);
	parse_operand(p, &v);
	flush_uses(p);
	p->pos = behind < p->end ? behind : p->end;
	add_edge(p, out);
	enter_block(p, new_block(p));
	loop_body(p, head, out);
	add_edge(p, head);
	start_block(p, out);
}

static bool looks_like_loop(struct parser *p, uint32_t id)
{
	uint32_t known = idmap_get(&p->loops, id, 2);

	if (known == 2) {
		known = id_has(p, id, "for_each") ||
			id_has(p, id, "foreach") ||
			id_has(p, id, "FOR_EACH") ||
			id_has(p, id, "FOREACH") ||
			id_starts(p, id, "for_") || id_has(p, id, "_for_");
		idmap_set(&p->loops, id, known);
	}
	return known;
}

/* Does MACRO(..) at p->pos govern the statement behind it? */
static bool is_macro_loop(struct parser *p)
{
	uint32_t behind;

	if (kind_at(p, p->pos + 1) != '(' ||
	    class_of_id(word(p)) == CLS_ASM)
		return false;
	behind = close_of(p, p->pos + 1) + 1;
	switch (kind_at(p, behind)) {
	case '{':
		return true;
	case TOK_NAME:
		return looks_like_loop(p, word(p));
	case '(': case '*': case TOK_INC: case TOK_DEC: case TOK_PP_IF:
		return looks_like_loop(p, word(p)) &&
		       p->t[behind].flags & TOK_FIRST;
	case ';':
		return looks_like_loop(p, word(p));
	default:
		return false;
	}
}

/* ---- declarations and expressions ---- */

static void declare(struct parser *p, const struct specs *s,
		    const struct declarator *d)
{
	struct object o = { s->type, d->name, p->t[d->at].line };
	unsigned int flags = EVENT_INIT;
	struct value to;
	uint32_t at = p->pos;

	add_var(p, s, d, 0);
	if (!accept(p, '='))
		return;
	if (kind(p) == '{') {
		parse_init(p, &o);
		return;
	}
	value_init(p, &to);
	value_name(p, &to, d->name);
	to.classes = CLASS_ANY;
	if (d->cleanup)
		flags |= EVENT_FREE;
	assign_value(p, &to, at, flags);
	if (d->cleanup && p->fn.func && p->b->nr_events)
		p->b->events[p->b->nr_events - 1].name =
			builder_str(p->b, d->cleanup);
}

void parse_declaration(struct parser *p)
{
	struct declarator d;
	struct specs s;

	parse_specs(p, &s);
	do {
		parse_declarator(p, &d);
		if (kind(p) == '{' && d.is_function) {
			parse_stmt(p);	/* made by a macro, or nested */
			return;
		}
		if (kind(p) == ':') {
			p->pos++;
			parse_assign(p, &(struct value){ 0 });
		}
		if (d.name && !s.is_typedef && !d.is_function)
			declare(p, &s, &d);
	} while (accept(p, ','));
	accept(p, ';');
}

/* NAME; on its own: an object macro that stands for code. */
static void lone_name(struct parser *p, const struct value *v, uint32_t start)
{
	if (v->kind != EXPR_NAME || v->nr_parts || v->ops || v->mask ||
	    p->pos != start + 1 || kind(p) != ';' ||
	    class_of_id(v->base) != CLS_NONE ||
	    idmap_get(&p->vars, v->base, UINT32_MAX) != UINT32_MAX)
		return;
	emit(p, EV_CALL, v->first)->name = builder_str(p->b, v->base);
}

static void parse_expr_stmt(struct parser *p, struct value *last)
{
	uint32_t start = p->pos;
	struct value v;

	parse_expr(p, &v);
	lone_name(p, &v, start);
	v.end = p->pos;
	*last = v;
	if (accept(p, ';') || p->pos > start)
		return;
	if (kind(p) == '}' || kind(p) == ')' || kind(p) == ']')
		broken(p, NOTE_BROKEN_FUNC, p->pos, "stray bracket");
}

/* ---- #if around statements ---- */

/* Each arm is a path; without #else there is one around all of them. */
static void parse_choice(struct parser *p)
{
	uint32_t entry = p->fn.block, join = new_block(p);
	uint32_t old_end = p->end, mark;
	bool complete;

	do {
		uint32_t arm = new_block(p);

		mark = p->t[p->pos++].id;
		add_edge_if(p, entry, arm, 0, false);
		start_block(p, arm);
		if (entry == NO_BLOCK)
			p->fn.block = NO_BLOCK;
		p->end = mark < old_end && mark >= p->pos ? mark : old_end;
		while (p->pos < p->end) {
			uint32_t start = p->pos;

			parse_stmt(p);
			if (p->pos == start)
				p->pos++;
		}
		p->end = old_end;
		add_edge(p, join);
	} while (kind(p) == TOK_PP_ELSE);
	complete = kind(p) == TOK_PP_ENDIF && tok(p)->flags & TOK_LAST_ARM;
	if (kind(p) == TOK_PP_ENDIF)
		p->pos++;
	if (!complete)
		add_edge_if(p, entry, join, 0, false);
	start_block(p, join);
}

/* ---- one statement ---- */

void parse_block(struct parser *p, uint32_t end)
{
	uint32_t old_end = p->end, keep = p->nr_guards;

	p->end = end;
	while (p->pos < end) {
		uint32_t start = p->pos;

		parse_stmt(p);
		if (p->pos == start)
			p->pos++;
	}
	p->end = old_end;
	if (p->fn.block != NO_BLOCK)
		release_guards(p, keep);
	p->nr_guards = keep;
}

static void parse_compound(struct parser *p)
{
	uint32_t close = close_of(p, p->pos);

	if (close >= p->end)
		broken(p, NOTE_BROKEN_FUNC, p->pos, "open block");
	p->pos++;
	parse_block(p, close);
	p->pos = close < p->end ? close + 1 : p->end;
}

/* Statements that a word of C begins. */
static bool parse_keyword(struct parser *p)
{
	switch (word(p)) {
	case WORD_if:
		parse_if(p);
		return true;
	case WORD_while:
		parse_while(p);
		return true;
	case WORD_do:
		parse_do(p);
		return true;
	case WORD_for:
		parse_for(p);
		return true;
	case WORD_switch:
		parse_switch(p);
		return true;
	case WORD_case: case WORD_default:
		parse_case(p);
		return true;
	case WORD_else:
		broken(p, NOTE_BROKEN_FUNC, p->pos, "else without if");
		p->pos++;
		return true;
	default:
		return parse_jump_stmt(p);
	}
}

static bool parse_syntax(struct parser *p)
{
	switch (word(p)) {
	case WORD_guard:
		if (kind_at(p, p->pos + 1) != '(' ||
		    kind_at(p, close_of(p, p->pos + 1) + 1) != '(')
			return false;
		parse_guard(p, false);
		return true;
	case WORD_scoped_guard: case WORD_scoped_cond_guard:
		if (kind_at(p, p->pos + 1) != '(')
			return false;
		parse_guard(p, true);
		return true;
	case WORD_CLASS:
		if (kind_at(p, p->pos + 1) != '(')
			return false;
		parse_class_var(p);
		return true;
	case WORD_BUG_ON:
		parse_bug_on(p);
		return true;
	}
	return false;
}

/* static DECLARE_WORK(name, fn); is read as the call that it looks like. */
static bool is_made_object(struct parser *p)
{
	return word(p) == WORD_static && kind_at(p, p->pos + 1) == TOK_NAME &&
	       class_at(p, p->pos + 1) == CLS_NONE &&
	       kind_at(p, p->pos + 2) == '(' &&
	       kind_at(p, close_of(p, p->pos + 2) + 1) == ';';
}

static void parse_name_stmt(struct parser *p, struct value *last)
{
	if (is_made_object(p))
		p->pos++;	/* over the `static` */
	if (class_of_id(word(p)) == CLS_ATTRIBUTE && !is_declaration(p))
		skip_attributes(p);
	else if (parse_keyword(p) || parse_label(p) || parse_syntax(p))
		return;
	else if (is_macro_loop(p))
		parse_macro_loop(p);
	else if (is_declaration(p))
		parse_declaration(p);
	else
		parse_expr_stmt(p, last);
}

/* @last: the value, if it is an expression statement. */
static void parse_simple(struct parser *p, struct value *last)
{
	switch (kind(p)) {
	case TOK_PP_IF:
		parse_choice(p);
		break;
	case TOK_PP_ELSE: case TOK_PP_ENDIF: case ';':
		p->pos++;
		break;
	case '{':
		parse_compound(p);
		break;
	case TOK_NAME:
		parse_name_stmt(p, last);
		break;
	default:
		parse_expr_stmt(p, last);
	}
}

void parse_stmt(struct parser *p)
{
	uint32_t words = p->nr_words, masks = p->nr_masks_seen;
	struct value last = { 0 };

	if (p->pos >= p->end)
		return;
	if (too_deep(p)) {
		p->pos = p->end;
		return;
	}
	parse_simple(p, &last);
	flush_uses(p);
	p->depth--;
	p->last = last;
	if (last.kind && p->pos >= p->end)
		return;		/* may be the value of ({ .. }) */
	p->nr_words = words;
	mask_rest(p, masks);
}
