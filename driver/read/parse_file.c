// SPDX-License-Identifier: GPL-2.0-only
/*
 * What stands at file level: functions, prototypes, variables, types, and
 * macros that make any of these.
 */
#include <string.h>

#include "base/mem.h"
#include "read/parser.h"

/* ---- parameters ---- */

/* How many arguments are in the list at @open? */
static uint32_t count_args(struct parser *p, uint32_t open)
{
	uint32_t close = close_of(p, open), nr = open + 1 < close;

	for (uint32_t i = open + 1; i < close; i++) {
		if (kind_at(p, i) == '(')
			i = close_of(p, i);
		else if (kind_at(p, i) == ',')
			nr++;
	}
	return nr;
}

/* SYSCALL_DEFINE3(name, type1, name1, ..): the parameters. */
static void paired_params(struct parser *p, uint32_t open)
{
	uint32_t close = close_of(p, open), old_end = p->end;
	uint32_t old_pos = p->pos;

	p->pos = open + 1;
	p->end = close;
	while (p->pos < close && !accept(p, ','))
		p->pos++;
	while (p->pos < close) {
		uint32_t start = p->pos;
		struct declarator d = { 0 };
		struct specs s;

		parse_specs(p, &s);
		if (!s.type && kind(p) == TOK_NAME)
			s.type = p->t[p->pos++].id;
		while (accept(p, '*'))
			d.pointers++;
		accept(p, ',');
		d.at = p->pos;
		if (kind(p) == TOK_NAME) {
			d.name = word(p);
			p->pos++;
		}
		accept(p, ',');
		add_var(p, &s, &d, VAR_PARAM);
		if (p->pos == start)
			p->pos++;
	}
	p->pos = old_pos;
	p->end = old_end;
}

/* f(a, b) int a; char *b; {: names, then declarations up to the `{`. */
static void named_params(struct parser *p, uint32_t open)
{
	uint32_t close = close_of(p, open), old_pos = p->pos;
	struct specs s = { 0 };

	for (uint32_t i = open + 1; i < close; i++) {
		struct declarator d = { .name = word_at(p, i), .at = i };

		if (d.name)
			add_var(p, &s, &d, VAR_PARAM);
	}
	p->pos = close + 1;
	while (p->pos < old_pos) {
		parse_specs(p, &s);
		do {
			struct declarator d;
			struct var *v;
			uint32_t i;

			parse_declarator(p, &d);
			i = idmap_get(&p->vars, d.name, UINT32_MAX);
			if (i == UINT32_MAX)
				continue;
			v = &p->b->vars[i];
			v->type = s.type;
			v->pointers = d.pointers;
			v->flags |= s.var_flags | d.flags;
		} while (accept(p, ','));
		p->pos++;
	}
	p->pos = old_pos;
}

/* ---- functions ---- */

void parse_body(struct parser *p, uint32_t func, uint32_t first, uint32_t end)
{
	uint32_t old_pos = p->pos, old_end = p->end;

	p->pos = first;
	p->end = end;
	p->fn.end = end;
	p->depth = 0;
	parse_block(p, end);
	function_end(p);
	p->pos = old_pos;
	p->end = old_end;
	p->depth = 0;
}

/* A `}` that belongs to nothing, or an open `{`, inside of a body. */
static void check_brackets(struct parser *p, uint32_t open, uint32_t close)
{
	for (uint32_t i = open + 1; !p->src->even && i < close; i++) {
		unsigned int k = p->t[i].kind;

		if (k == '{' || k == '(' || k == '[') {
			if (p->t[i].id > i && p->t[i].id < close)
				continue;
		} else if (k == '}' || k == ')' || k == ']') {
			if (p->t[i].id > open && p->t[i].id < i)
				continue;
		} else {
			continue;
		}
		broken(p, NOTE_BROKEN_FUNC, i, "brackets");
		return;
	}
}

enum list_kind {
	LIST_PLAIN,
	LIST_PAIRS,	/* (name, type1, name1, ..) */
	LIST_NAMES,	/* K&R: types follow behind the list */
};

static void any_params(struct parser *p, uint32_t open, enum list_kind list)
{
	if (!open)
		return;
	if (list == LIST_PAIRS)
		paired_params(p, open);
	else if (list == LIST_NAMES)
		named_params(p, open);
	else
		parse_params(p, open);
}

/* The body at p->pos of the function whose record was just added; its
 * parameters are in the list at token @params (0: none). */
static void define_function(struct parser *p, uint32_t params,
			    enum list_kind list)
{
	uint32_t func = p->b->nr_funcs - 1, open = p->pos;
	uint32_t close = close_of(p, open);
	struct func *f = &p->b->funcs[func];

	f->first_var = p->b->nr_vars;
	f->end_line = p->t[close].line;
	function_begin(p, func);
	any_params(p, params, list);
	f = &p->b->funcs[func];
	f->nr_params = p->b->nr_vars - f->first_var;
	if (close >= p->end)
		broken(p, NOTE_BROKEN_FUNC, open, "no end");
	check_brackets(p, open, close);
	parse_body(p, func, open + 1, close);
	p->pos = close < p->end ? close + 1 : p->end;
}

static struct func *add_func(struct parser *p, const struct specs *s,
			     uint32_t name, uint32_t at)
{
	struct func *f = builder_add_funcs(p->b);

	f->name = builder_str(p->b, name);
	f->ret_type = builder_str(p->b, s->type);
	f->line = p->t[at].line;
	f->column = p->t[at].column;
	f->flags = s->func_flags;
	return f;
}

/* ---- functions whose name a macro makes ---- */

/* The first identifier in the list at @open that is no type keyword. */
static uint32_t first_ident(struct parser *p, uint32_t open)
{
	uint32_t close = close_of(p, open);

	for (uint32_t i = open + 1; i < close; i++) {
		uint8_t cls = class_at(p, i);

		if (kind_at(p, i) == TOK_NAME &&
		    (cls == CLS_NONE || cls >= CLS_TYPENAME))
			return i;
	}
	return 0;
}

/* MAKER(name, ..) { body } with the maker's name at token @at. */
static void made_function(struct parser *p, const struct specs *s, uint32_t at,
			  uint32_t params)
{
	uint32_t maker = p->t[at].id, ident = first_ident(p, at + 1);
	uint32_t name = ident ? p->t[ident].id : maker, len;
	bool syscall = id_has(p, maker, "SYSCALL_DEFINE") && ident;
	struct func *f;

	if (syscall) {
		const char *str = id_str(p, name, &len);

		name = make_id(p, "%ssys_%.*s",
			       id_has(p, maker, "COMPAT") ? "compat_" : "",
			       (int)(len < 200 ? len : 200), str);
	}
	f = add_func(p, s, name, ident ? ident : at);
	f->flags |= FUNC_GENERATED;
	f->line = p->t[at].line;
	f->column = p->t[at].column;
	f->maker = builder_str(p->b, maker);
	if (params)
		define_function(p, params, LIST_PLAIN);
	else if (count_args(p, at + 1) % 2 && count_args(p, at + 1) > 1)
		define_function(p, at + 1, LIST_PAIRS);
	else
		define_function(p, 0, LIST_PLAIN);
}

/* ---- macros at file level ---- */

static void add_topmacro(struct parser *p, uint32_t at)
{
	uint32_t close = close_of(p, at + 1), nr = 0;
	str_t args[32];
	struct topmacro *m;

	for (uint32_t i = at + 2; i < close && nr < ARRAY_SIZE(args); i++) {
		if (kind_at(p, i) == TOK_NAME &&
		    class_at(p, i) != CLS_QUALIFIER)
			args[nr++] = builder_str(p->b, p->t[i].id);
	}
	m = builder_add_topmacros(p->b);
	m->name = builder_str(p->b, p->t[at].id);
	m->args = builder_words(p->b, args, nr);
	m->nr_args = nr;
	m->line = p->t[at].line;
}

/* DEFINE_PER_CPU(type, name) = initialiser; */
static void made_variable(struct parser *p, uint32_t at)
{
	struct object o = { .line = p->t[at].line };
	uint32_t close = close_of(p, at + 1);
	struct specs s;

	p->pos = at + 2;
	parse_specs(p, &s);
	o.type = s.type;
	for (uint32_t i = p->pos; i < close; i++) {
		if (kind_at(p, i) == TOK_NAME)
			o.var = p->t[i].id;
	}
	p->pos = close + 1;
	accept(p, '=');
	parse_init(p, &o);
	accept(p, ';');
}

/* Mask words among the arguments of a macro at file level. */
static void topmacro_masks(struct parser *p, uint32_t at)
{
	uint32_t close = close_of(p, at + 1), old_pos = p->pos;
	uint32_t i, nr;

	for (i = at + 2; i < close; i++) {
		if (mask_of(p->masks, word_at(p, i)))
			break;
	}
	if (i >= close)
		return;
	p->pos = at + 2;
	nr = parse_args(p, close);
	p->nr_args -= nr;
	for (i = 0; i < nr; i++)	/* RADIX_TREE(name, GFP_NOFS) */
		mask_sites(p, &p->args[p->nr_args + i], SITE_INIT, i,
			   p->t[at].id, 0);
	mask_rest(p, 0);
	p->pos = old_pos;
}

/* `f(a, b) int a; char *b; {`: past the declarations, if that is what it is */
static bool is_old_style(struct parser *p, uint32_t i)
{
	uint32_t start = i;

	while (kind_at(p, i) == TOK_NAME &&
	       class_at(p, i) != CLS_STATEMENT &&
	       (class_at(p, i) != CLS_NONE ||
		kind_at(p, i + 1) == TOK_NAME || kind_at(p, i + 1) == '*')) {
		while (kind_at(p, i) == TOK_NAME || kind_at(p, i) == '*' ||
		       kind_at(p, i) == ',' || kind_at(p, i) == '[' ||
		       kind_at(p, i) == ']' || kind_at(p, i) == TOK_NUM)
			i++;
		if (kind_at(p, i) != ';')
			return false;
		i++;
	}
	if (i == start || kind_at(p, i) != '{')
		return false;
	p->pos = i;
	return true;
}

/*
 * NAME(..) where a declaration is expected, specifiers before it or not.
 * Return: false: it is only a part of a declaration that goes on.
 */
static bool parse_topmacro(struct parser *p, const struct specs *s)
{
	uint32_t at = p->pos, behind = close_of(p, at + 1) + 1;
	unsigned int next = kind_at(p, behind);

	if (next == '{') {
		p->pos = behind;
		if (is_shouting(p, p->t[at].id) || id_has(p, p->t[at].id,
							  "DEFINE")) {
			made_function(p, s, at, 0);
			return true;
		}
		add_func(p, s, p->t[at].id, at);
		define_function(p, at + 1, LIST_PLAIN);
		return true;
	}
	if (next == TOK_NAME && is_old_style(p, behind)) {
		add_func(p, s, p->t[at].id, at);
		define_function(p, at + 1, LIST_NAMES);
		return true;
	}
	if (next == '(' &&
	    kind_at(p, close_of(p, behind) + 1) == '{') {
		p->pos = close_of(p, behind) + 1;
		made_function(p, s, at, behind);
		return true;
	}
	if ((next == TOK_NAME || next == '*') && s->any)
		return false;
	add_topmacro(p, at);
	topmacro_masks(p, at);
	p->pos = behind < p->end ? behind : p->end;
	if (next == '=' || (next == '[' && kind_at(p, close_of(p, behind) + 1)
			    == '=')) {
		p->pos = at;
		made_variable(p, at);
	}
	accept(p, ';');
	return true;
}

/* ---- declarations ---- */

static void add_alias(struct parser *p, const struct specs *s,
		      const struct declarator *d)
{
	struct alias *a = builder_add_aliases(p->b);

	a->name = builder_str(p->b, d->name);
	a->to = builder_str(p->b, s->type);
	a->pointers = d->pointers;
	a->kind = ALIAS_TYPEDEF;
	if (d->is_function || d->flags & VAR_FNPTR)
		a->kind = ALIAS_FNTYPE;
	a->line = p->t[d->at].line;
}

static void add_global(struct parser *p, const struct specs *s,
		       const struct declarator *d)
{
	struct global *g = builder_add_globals(p->b);

	g->name = builder_str(p->b, d->name);
	g->type = builder_str(p->b, s->type);
	g->pointers = d->pointers;
	g->flags = s->var_flags | d->flags;
	g->line = p->t[d->at].line;
}

static void add_proto(struct parser *p, const struct specs *s,
		      const struct declarator *d)
{
	struct proto *pr = builder_add_protos(p->b);

	pr->name = builder_str(p->b, d->name);
	pr->ret_type = builder_str(p->b, s->type);
	pr->pointers = d->pointers;
	pr->line = p->t[d->at].line;
}

static bool parse_function(struct parser *p, const struct specs *s,
			   const struct declarator *d)
{
	enum list_kind list = LIST_PLAIN;
	struct func *f;

	if (!d->is_function || !d->name || s->is_typedef)
		return false;
	if (kind(p) == '(' && kind_at(p, close_of(p, p->pos) + 1) == '{') {
		uint32_t params = p->pos;

		skip_group(p);
		made_function(p, s, d->at, params);
		return true;
	}
	skip_marks(p);
	if (kind(p) != '{') {
		if (!is_old_style(p, p->pos))
			return false;
		list = LIST_NAMES;
	}
	f = add_func(p, s, d->name, d->at);
	if (d->pointers)
		f->flags |= FUNC_POINTER;
	else if (s->is_void)
		f->flags |= FUNC_VOID;
	define_function(p, d->params, list);
	return true;
}

static void file_variable(struct parser *p, const struct specs *s,
			  const struct declarator *d)
{
	struct object o = { s->type, d->name, p->t[d->at].line };

	add_global(p, s, d);
	if (accept(p, '='))
		parse_init(p, &o);
}

/* To the `;` that ends a declaration, or to where another one begins. */
static void end_declaration(struct parser *p)
{
	uint32_t start = p->pos;

	while (kind(p) != ';' && kind(p) != TOK_EOF) {
		if (p->pos > start && tok(p)->flags & TOK_FIRST &&
		    tok(p)->column == 1 && kind(p) == TOK_NAME)
			break;
		if (is_mark_kind(kind(p)))
			break;
		if (kind(p) == '(' || kind(p) == '{' || kind(p) == '[')
			skip_group(p);
		else
			p->pos++;
	}
	if (p->pos > start)
		add_note(p, NOTE_ODD, p->t[start].line, "declaration");
	accept(p, ';');
}

static void parse_external(struct parser *p)
{
	struct specs s;

	do {
		parse_specs(p, &s);
		if (kind(p) == TOK_NAME && kind_at(p, p->pos + 1) == '(' &&
		    !s.type && !s.is_void) {
			if (parse_topmacro(p, &s))
				return;
			p->pos++;
			skip_group(p);
			continue;
		}
		break;
	} while (true);
	if (!s.any && kind(p) != TOK_NAME && kind(p) != '*' &&
	    kind(p) != '(') {
		end_declaration(p);
		return;
	}
	for (;;) {
		struct declarator d;

		parse_declarator(p, &d);
		if (parse_function(p, &s, &d))
			return;
		if (!d.name)
			break;
		if (s.is_typedef)
			add_alias(p, &s, &d);
		else if (d.is_function && kind(p) != '=')
			add_proto(p, &s, &d);
		else
			file_variable(p, &s, &d);
		if (!accept(p, ','))
			break;
	}
	end_declaration(p);
}

void parse_toplevel(struct parser *p)
{
	while (p->pos < p->end) {
		uint32_t start = p->pos;

		p->nr_words = 0;
		p->depth = 0;
		if (word(p) == WORD_extern &&
		    kind_at(p, p->pos + 1) == TOK_STR) {
			p->pos += 2;
			accept(p, '{');
		} else if (class_at(p, p->pos) == CLS_ASM) {
			p->pos++;
			if (kind(p) == '(')
				skip_group(p);
		} else if (kind(p) == ';' || kind(p) == '}' ||
			   is_mark_kind(kind(p))) {
			p->pos++;
		} else {
			parse_external(p);
		}
		mask_rest(p, 0);
		if (p->pos == start)
			p->pos++;
	}
}
