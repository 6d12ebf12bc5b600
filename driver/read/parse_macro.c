// SPDX-License-Identifier: GPL-2.0-only
/*
 * #define bodies. A function-like macro whose body does something is read as
 * a function; an object macro as an alias, or as a function without parameters
 * when it calls something.
 */
#include <string.h>

#include "base/mem.h"
#include "read/parser.h"

/* a ## b: one name made of both; what it will be is not known. */
static uint32_t paste(struct parser *p, uint32_t first, uint32_t nr)
{
	struct token *t = p->t + first;
	uint32_t to = 0;

	for (uint32_t i = 0; i < nr; i++) {
		uint32_t la, lb;
		const char *a, *b;

		if (t[i].kind != TOK_PASTE || !to || i + 1 >= nr) {
			t[to++] = t[i];
			continue;
		}
		if (t[to - 1].kind != TOK_NAME || t[i + 1].kind != TOK_NAME)
			continue;
		a = id_str(p, t[to - 1].id, &la);
		b = id_str(p, t[++i].id, &lb);
		t[to - 1].id = make_id(p, "%.*s##%.*s", (int)la, a, (int)lb, b);
	}
	return to;
}

/* #x in the body: the macro wants its arguments as text. */
static bool has_stringify(const struct parser *p, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i + 1 < end; i++) {
		if (p->t[i].kind == '#' && p->t[i + 1].kind == TOK_NAME)
			return true;
	}
	return false;
}

struct body_scan {
	bool calls, assigns, masks, strings;
	bool members;		/* leads from one object to another */
};

static void scan_body(struct parser *p, uint32_t first, uint32_t end,
		      struct body_scan *s)
{
	memset(s, 0, sizeof(*s));
	for (uint32_t i = first; i < end; i++) {
		const struct token *t = &p->t[i];
		uint8_t cls;

		if (is_assign_op(t->kind))
			s->assigns = true;
		else if (t->kind == TOK_STR)
			s->strings = true;
		else if (t->kind == TOK_ARROW)
			s->members = true;
		if (t->kind != TOK_NAME)
			continue;
		cls = class_of_id(t->id);
		if (cls == CLS_CONTAINER)
			s->members = true;
		if (i + 1 < end && t[1].kind == '(' &&
		    (cls == CLS_NONE || cls >= CLS_DEAD))
			s->calls = true;
		if (mask_of(p->masks, t->id))
			s->masks = true;
	}
}

/* ---- function-like ---- */

static void macro_params(struct parser *p, uint32_t open, uint32_t close)
{
	for (uint32_t i = open + 1; i < close; i++) {
		struct declarator d = { .at = i };
		struct specs s = { 0 };

		if (p->t[i].kind == TOK_NAME)
			d.name = p->t[i].id;
		else if (p->t[i].kind != TOK_ELLIPSIS)
			continue;
		add_var(p, &s, &d, VAR_PARAM);
	}
}

/* An expression as body: the macro has its value. */
static void macro_value(struct parser *p, uint32_t end)
{
	unsigned int last = p->t[end - 1].kind;
	struct value v = p->last;
	opt_t value;

	if (last == ';' || last == '}' || p->fn.block == NO_BLOCK ||
	    (v.kind == EXPR_OTHER && !v.mask && v.classes == 0))
		return;
	value = value_store(p, &v);
	emit(p, EV_RETURN, end - 1)->value = value;
	v.end_mask = p->nr_masks_seen;
	mask_returned(p, &v);
	p->fn.block = NO_BLOCK;
}

/* @open: the bracket of the parameters, or UINT32_MAX: an object macro. */
static void macro_function(struct parser *p, const struct macro *m,
			   uint32_t open, uint32_t first, uint32_t end)
{
	struct func *f = builder_add_funcs(p->b);
	uint32_t func = p->b->nr_funcs - 1;

	f->name = builder_str(p->b, m->name);
	f->line = m->line;
	f->column = m->column;
	f->end_line = p->t[end - 1].line;
	f->flags = FUNC_MACRO;
	f->first_var = p->b->nr_vars;
	memset(&p->last, 0, sizeof(p->last));
	function_begin(p, func);
	if (open != UINT32_MAX)
		macro_params(p, open, first - 1);
	p->b->funcs[func].nr_params = p->b->nr_vars -
				      p->b->funcs[func].first_var;
	p->pos = first;
	p->end = p->fn.end = end;
	p->depth = 0;
	if (kind(p) == '.' || kind(p) == '[' || kind(p) == ',')
		parse_init(p, NULL);
	else
		parse_block(p, end);
	macro_value(p, end);
	p->pos = end - 1;
	function_end(p);
	p->depth = 0;
}

static void function_like(struct parser *p, const struct macro *m,
			  uint32_t first, uint32_t end)
{
	uint32_t close;
	struct body_scan s;

	p->end = end;
	close = close_of(p, first);
	if (close + 1 >= end)
		return;
	scan_body(p, close + 1, end, &s);
	if (has_stringify(p, close + 1, end))
		idmap_set(&p->stringifies, m->name, 1);
	if (s.calls || s.assigns || s.masks || s.members)
		macro_function(p, m, first, close + 1, end);
}

/* ---- object-like ---- */

static bool is_open(unsigned int k)
{
	return k == '(' || k == '[' || k == '{';
}

/* The body without brackets around all of it. */
static void strip(struct parser *p, uint32_t *first, uint32_t *end)
{
	while (*first + 1 < *end && is_open(p->t[*first].kind) &&
	       p->t[*first].id == *end - 1) {
		++*first;
		--*end;
	}
}

static struct alias *add_alias(struct parser *p, const struct macro *m,
			       uint32_t to)
{
	struct alias *a = builder_add_aliases(p->b);

	a->name = builder_str(p->b, m->name);
	a->to = builder_str(p->b, to);
	a->kind = ALIAS_MACRO;
	a->line = m->line;
	return a;
}

/* A mask: the alias has its value, and it is a site if it restricts. */
static void object_mask(struct parser *p, const struct macro *m,
			uint32_t first, uint32_t end, bool table)
{
	const struct mask_word *w = mask_of(p->masks, m->name);
	struct value v;
	opt_t value;

	p->pos = first;
	p->end = end;
	p->nr_words = 0;
	p->depth = 0;
	parse_expr(p, &v);
	v.end = end;
	if (w || table || p->pos < end)
		mask_role(p, 0, p->nr_masks_seen,
			  w ? TOKEN_DEFINITION : TOKEN_TABLE);
	mask_sites(p, &v, SITE_MACRO, 0, m->name, 0);
	if (p->pos < end)	/* more than an expression */
		mask_count(p, p->pos, end, TOKEN_TABLE);
	mask_rest(p, 0);
	value = value_store(p, &v);
	add_alias(p, m, v.kind == EXPR_NAME && !v.nr_parts ? v.base : 0)
		->value = value;
}

/* A | B | ..: names only. */
static bool is_union(const struct parser *p, uint32_t first, uint32_t end)
{
	if (end - first < 3 || !((end - first) & 1))
		return false;
	for (uint32_t i = first; i < end; i++)
		if (p->t[i].kind != ((i - first) & 1 ? '|' : TOK_NAME))
			return false;
	return true;
}

/* Several flags under one name: the alias has them. */
static void object_flags(struct parser *p, const struct macro *m,
			 uint32_t first, uint32_t end)
{
	struct value v;
	opt_t value;

	p->pos = first;
	p->end = end;
	p->nr_words = 0;
	p->depth = 0;
	parse_expr(p, &v);
	value = value_store(p, &v);
	add_alias(p, m, 0)->value = value;
}

static bool calls_something(struct parser *p, uint32_t first, uint32_t end)
{
	return p->t[first].kind == TOK_NAME &&
	       class_of_id(p->t[first].id) == CLS_NONE &&
	       first + 1 < end && p->t[first + 1].kind == '(' &&
	       !is_shouting(p, p->t[first].id);
}

static void object_like(struct parser *p, const struct macro *m,
			uint32_t first, uint32_t end)
{
	struct body_scan s;
	uint32_t i = first, e = end;

	if (first == end)
		return;
	scan_body(p, first, end, &s);
	p->end = end;
	strip(p, &i, &e);
	if (s.masks && s.calls && calls_something(p, i, e))
		macro_function(p, m, UINT32_MAX, first, end);
	else if (s.masks)
		object_mask(p, m, first, end, s.strings ||
			    p->t[first].kind == '{');
	else if (e == i + 1 && p->t[i].kind == TOK_NAME &&
		 (class_of_id(p->t[i].id) == CLS_NONE ||
		  class_of_id(p->t[i].id) >= CLS_DEAD))
		add_alias(p, m, p->t[i].id);
	else if (is_union(p, i, e))
		object_flags(p, m, i, e);
	else if (s.calls && (calls_something(p, i, e) ||
			     word_at(p, i) == WORD_do))
		macro_function(p, m, UINT32_MAX, first, end);
}

void parse_macros(struct parser *p)
{
	struct source *src = p->src;

	p->t = src->macro_tokens.v;
	p->in_macro = true;
	for (uint32_t i = 0; i < src->nr_macros; i++) {
		const struct macro *m = &src->macros[i];
		uint32_t end = m->first + paste(p, m->first, m->nr);
		const struct token next = p->t[end];

		/* reading may look one token further than the end */
		p->t[end].kind = TOK_EOF;
		pair_brackets(p->t, m->first, end);
		if (m->has_params)
			function_like(p, m, m->first, end);
		else
			object_like(p, m, m->first, end);
		p->t[end] = next;
	}
	p->in_macro = false;
}
