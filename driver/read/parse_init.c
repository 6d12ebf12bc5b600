// SPDX-License-Identifier: GPL-2.0-only
/*
 * Initialisers: which function or mask goes into which member. The path of
 * member names down to the entry lies in parser.path.
 */
#include "base/mem.h"
#include "read/parser.h"

static void init_list(struct parser *p, const struct object *o);

/* Is the entry that ends at p->pos beside a string: { GFP_NOFS, "GFP_NOFS" }? */
static bool beside_string(const struct parser *p, const struct value *v)
{
	if (kind(p) == ',' && kind_at(p, p->pos + 1) == TOK_STR)
		return true;
	return v->first > 1 && p->t[v->first - 1].kind == ',' &&
	       p->t[v->first - 2].kind == TOK_STR;
}

static void init_sites(struct parser *p, const struct object *o,
		       const struct value *v, opt_t value)
{
	uint32_t nr_sites = p->b->nr_sites;
	uint32_t callee = p->nr_path > p->path_base ?
			  p->path[p->nr_path - 1] : o->var;

	if (beside_string(p, v)) {
		mask_role(p, v->first_mask, v->end_mask, TOKEN_TABLE);
		return;
	}
	mask_sites(p, v, SITE_INIT, 0, callee, 0);
	if (nr_sites == p->b->nr_sites || !p->fn.func)
		return;
	emit(p, EV_MASK, v->first)->value = value;
	while (nr_sites < p->b->nr_sites)
		p->b->sites[nr_sites++].event = last_event(p);
}

static bool is_worth_it(struct parser *p, const struct value *v)
{
	if (v->mask)
		return true;
	if (v->test != TEST_VALUE || v->negated)
		return false;
	if (v->kind == EXPR_NAME)
		return class_of_id(v->base) != CLS_CONSTANT &&
		       (v->ops || !is_shouting(p, v->base));
	return v->kind == EXPR_CAST;
}

static void record(struct parser *p, const struct object *o,
		   const struct value *v, uint32_t index)
{
	struct init *in;
	str_t path[16];
	uint32_t first = p->path_base, nr = p->nr_path - first;
	opt_t value;

	if (!is_worth_it(p, v))
		return;
	if (nr > ARRAY_SIZE(path)) {
		first += nr - ARRAY_SIZE(path);
		nr = ARRAY_SIZE(path);
	}
	for (uint32_t i = 0; i < nr; i++)
		path[i] = builder_str(p->b, p->path[first + i]);
	value = value_store(p, v);
	in = builder_add_inits(p->b);
	in->type = builder_str(p->b, o->type);
	in->var = builder_str(p->b, o->var);
	in->path = builder_words(p->b, path, nr);
	in->nr_path = nr;
	in->index = index < UINT16_MAX ? index : UINT16_MAX;
	in->value = value - 1;
	in->func = p->fn.func;
	in->line = p->t[v->first].line;
	init_sites(p, o, v, value);
}

/* .a.b[1] =   [2] =   a:   Return: there was one; its path is pushed. */
static bool designator(struct parser *p)
{
	uint32_t start = p->pos;
	struct value index;

	if (kind(p) == TOK_NAME && kind_at(p, p->pos + 1) == ':') {
		GROW(p->path, p->nr_path, p->cap_path);
		p->path[p->nr_path++] = word(p);
		p->pos += 2;
		return true;
	}
	for (;;) {
		if (kind(p) == '.' && kind_at(p, p->pos + 1) == TOK_NAME) {
			GROW(p->path, p->nr_path, p->cap_path);
			p->path[p->nr_path++] = word_at(p, p->pos + 1);
			p->pos += 2;
		} else if (kind(p) == '[') {
			uint32_t behind = close_of(p, p->pos) + 1;

			p->pos++;
			parse_assign(p, &index);
			mask_tested(p, &index);
			p->pos = behind < p->end ? behind : p->end;
		} else {
			break;
		}
	}
	if (p->pos > start)
		accept(p, '=');
	return p->pos > start;
}

static void entry(struct parser *p, const struct object *o, uint32_t index)
{
	uint32_t keep = p->nr_path, start;
	struct value v;

	designator(p);
	start = p->pos;
	if (kind(p) == '{') {
		init_list(p, o);
	} else {
		parse_assign(p, &v);
		if (p->pos > start)
			record(p, o, &v, index);
	}
	p->nr_path = keep;
}

/* Entries up to p->end. */
static void entries(struct parser *p, const struct object *o)
{
	uint32_t index = 0;

	while (p->pos < p->end) {
		uint32_t start = p->pos;

		if (is_mark_kind(kind(p))) {
			p->pos++;
			continue;
		}
		entry(p, o, index++);
		accept(p, ',');
		if (p->pos == start)
			p->pos++;
	}
}

static void init_list(struct parser *p, const struct object *o)
{
	uint32_t close = close_of(p, p->pos), old_end = p->end;

	if (too_deep(p)) {
		skip_group(p);
		return;
	}
	p->pos++;
	p->end = close;
	entries(p, o);
	p->end = old_end;
	p->pos = close < old_end ? close + 1 : old_end;
	p->depth--;
}

void parse_init(struct parser *p, const struct object *o)
{
	const struct object unknown = { 0 };
	uint32_t base = p->path_base;

	/* the path of an outer object says nothing about this one */
	p->path_base = p->nr_path;
	if (!o)
		entries(p, &unknown);
	else if (kind(p) == '{')
		init_list(p, o);
	else
		entry(p, o, 0);
	p->nr_path = p->path_base;
	p->path_base = base;
}
