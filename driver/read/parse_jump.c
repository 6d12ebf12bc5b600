// SPDX-License-Identifier: GPL-2.0-only
/*
 * Everything that jumps: return, goto, labels, break, continue, switch; and
 * guards, which are released by all of them.
 */
#include <string.h>

#include "base/mem.h"
#include "read/parser.h"

/* ---- guards ---- */

static void guard_event(struct parser *p, enum event_kind k,
			const struct guard *g, uint32_t at)
{
	struct event *ev = emit(p, k, at);

	ev->name = g->name;
	ev->value = g->value;
	ev->args = g->args;
	ev->nr_args = g->nr_args;
}

/* Every guard above the first @keep ends here, the newest first. */
void release_guards(struct parser *p, uint32_t keep)
{
	uint32_t at = p->pos < p->end ? p->pos : p->end;

	for (uint32_t i = p->nr_guards; i > keep; i--)
		guard_event(p, EV_UNGUARD, &p->guards[i - 1], at);
}

static void push_guard(struct parser *p, uint32_t name, opt_t value,
		       uint32_t nr, uint32_t at, uint32_t end)
{
	struct guard g = {
		.name = builder_str(p->b, name), .value = value,
		.args = store_args(p, nr), .nr_args = nr, .at = at,
		.end = end,
	};

	p->nr_args -= nr;
	if (p->nr_guards >= MAX_GUARDS) {
		broken(p, NOTE_LIMIT, at, "guards");
		return;
	}
	GROW(p->guards, p->nr_guards, p->cap_guards);
	p->guards[p->nr_guards++] = g;
	guard_event(p, EV_GUARD, &g, at);
}

/* The condition of scoped_cond_guard(name, fail, args) failed. */
static void guard_failure(struct parser *p, uint32_t close)
{
	uint32_t entry = p->fn.block, next = new_block(p);
	uint32_t old_end = p->end, i = p->pos;

	while (i < close && p->t[i].kind != ',') {
		if (p->t[i].kind == '(' || p->t[i].kind == '{')
			i = close_of(p, i);
		i++;
	}
	start_block(p, new_block(p));
	add_edge_if(p, entry, p->fn.block, 0, false);
	p->end = i;
	while (p->pos < i) {
		uint32_t start = p->pos;

		parse_stmt(p);
		if (p->pos == start)
			p->pos++;
	}
	p->end = old_end;
	p->fn.after_guard = p->fn.block;
	add_edge_if(p, entry, next, 0, false);
	start_block(p, next);
	accept(p, ',');
}

/* guard(name)(args);   scoped_guard(name, args) statement */
void parse_guard(struct parser *p, bool scoped)
{
	uint32_t at = p->pos, open = p->pos + 1;
	uint32_t close = close_of(p, open), name = word_at(p, open + 1);
	bool fails = word(p) == WORD_scoped_cond_guard;
	uint32_t nr, keep = p->nr_guards, failed = NO_BLOCK, out;

	if (!scoped) {
		open = close + 1;
		close = close_of(p, open);
		p->pos = open + 1;
	} else {
		p->pos = open + 2;
		accept(p, ',');
		if (fails && p->fn.func) {
			guard_failure(p, close);
			failed = p->fn.after_guard;
		}
	}
	nr = parse_args(p, close);
	push_guard(p, name, 0, nr, at, scoped && kind(p) == '{' ?
		   close_of(p, p->pos) : p->end);
	if (!scoped) {
		accept(p, ';');
		return;
	}
	out = new_block(p);
	parse_scoped(p, out, keep);
	add_edge_if(p, failed, out, 0, false);
}

/* The statement under a scoped guard; `break` leaves it. */
void parse_scoped(struct parser *p, uint32_t out, uint32_t keep)
{
	struct jump on_break = p->fn.on_break;
	struct jump on_continue = p->fn.on_continue;

	p->fn.on_break = p->fn.on_continue = (struct jump){ out, keep };
	parse_stmt(p);
	p->fn.on_break = on_break;
	p->fn.on_continue = on_continue;
	if (p->fn.block != NO_BLOCK)
		release_guards(p, keep);
	p->nr_guards = keep;
	add_edge(p, out);
	start_block(p, out);
}

/* CLASS(name, variable)(args); */
void parse_class_var(struct parser *p)
{
	uint32_t at = p->pos, close = close_of(p, p->pos + 1), nr = 0;
	uint32_t name = word_at(p, at + 2);
	struct declarator d = { .at = at + 4, .name = word_at(p, at + 4) };
	struct specs s = { 0 };
	struct value v;

	add_var(p, &s, &d, 0);
	value_init(p, &v);
	value_name(p, &v, d.name);
	p->pos = close + 1 < p->end ? close + 1 : p->end;
	if (kind(p) == '(') {
		uint32_t end = close_of(p, p->pos);

		p->pos++;
		nr = parse_args(p, end);
	}
	push_guard(p, name, value_store(p, &v), nr, at, p->end);
	accept(p, ';');
}

/* ---- labels ---- */

#define LABEL_SEEN 0x80000000u

void labels_begin(struct parser *p)
{
	idmap_clear(&p->labels);
	idmap_clear(&p->label_at);
	idmap_clear(&p->vars);
	idmap_clear(&p->shown);
	p->nr_label_blocks = 0;
	p->nr_computed = 0;
}

/* A computed goto can lead to every label whose address was taken; all of
 * them meet in one block, so that they cost no more than they are. */
void labels_end(struct parser *p)
{
	uint32_t meet;

	if (!p->nr_computed)
		return;
	meet = new_block(p);
	for (uint32_t i = 0; i < p->nr_computed; i++)
		add_edge_if(p, p->computed[i], meet, 0, false);
	for (uint32_t i = 0; i < p->nr_label_blocks; i++)
		add_edge_if(p, meet, p->label_blocks[i], 0, false);
}

static uint32_t label_block(struct parser *p, uint32_t id)
{
	uint32_t b = idmap_get(&p->labels, id, NO_BLOCK);

	if (b != NO_BLOCK)
		return b;
	b = new_block(p);
	idmap_set(&p->labels, id, b);
	return b;
}

void take_label_address(struct parser *p, uint32_t id)
{
	if (!p->fn.func)
		return;
	GROW(p->label_blocks, p->nr_label_blocks, p->cap_label_blocks);
	p->label_blocks[p->nr_label_blocks++] =
		label_block(p, id) & ~LABEL_SEEN;
}

void jump_to_label(struct parser *p, uint32_t id)
{
	if (p->fn.func)
		add_edge(p, label_block(p, id) & ~LABEL_SEEN);
}

bool parse_label(struct parser *p)
{
	uint32_t id = word(p), b;

	if (kind_at(p, p->pos + 1) != ':' || class_of_id(id) != CLS_NONE)
		return false;
	b = label_block(p, id);
	if (b & LABEL_SEEN)	/* in another arm of an #if */
		b = new_block(p);
	idmap_set(&p->labels, id, b | LABEL_SEEN);
	idmap_set(&p->label_at, id, p->pos);
	add_edge(p, b);
	start_block(p, b);
	p->pos += 2;
	skip_attributes(p);
	return true;
}

/* ---- return, goto, break, continue ---- */

static void take_return(struct parser *p, struct fork *f, struct value *v)
{
	struct event *ev;
	opt_t value = value_store(p, v);

	flush_uses(p);
	release_guards(p, 0);
	ev = emit(p, EV_RETURN, f->at);
	ev->value = value;
	if (p->fn.func)
		mask_returned(p, v);
	p->fn.block = NO_BLOCK;
}

static void parse_return(struct parser *p)
{
	struct fork f = { .take = take_return, .truth = true, .at = p->pos++ };

	if (kind(p) != ';' && kind(p) != TOK_EOF) {
		fork_value(p, &f);
		while (accept(p, ',')) {	/* return a, b; */
			struct value v;

			parse_assign(p, &v);
		}
	} else {
		flush_uses(p);
		release_guards(p, 0);
		emit(p, EV_RETURN, f.at);
	}
	p->fn.block = NO_BLOCK;
	accept(p, ';');
}

/* Note where the labels of the rest of the function are. */
static void find_labels(struct parser *p)
{
	for (uint32_t i = p->fn.end; i-- > p->pos + 1;) {
		if (p->t[i].kind == ':' && p->t[i - 1].kind == TOK_NAME)
			idmap_set(&p->label_at, p->t[i - 1].id, i - 1);
	}
	p->fn.labels_found = true;
}

/* How many guards are left after a jump to label @id: those whose block holds
 * the label and that were taken before it. */
static uint32_t guards_at_label(struct parser *p, uint32_t id)
{
	uint32_t keep = 0, at;

	if (!p->fn.labels_found)
		find_labels(p);
	at = idmap_get(&p->label_at, id, 0);
	while (keep < p->nr_guards && at < p->guards[keep].end &&
	       at > p->guards[keep].at)
		keep++;
	return keep;
}

static void parse_goto(struct parser *p)
{
	struct value v;

	p->pos++;
	if (kind(p) == TOK_NAME) {
		uint32_t id = word(p);

		p->pos++;
		if (p->nr_guards)
			release_guards(p, guards_at_label(p, id));
		jump_to_label(p, id);
	} else {
		parse_expr(p, &v);
		flush_uses(p);
		GROW(p->computed, p->nr_computed, p->cap_computed);
		p->computed[p->nr_computed++] = p->fn.block;
	}
	p->fn.block = NO_BLOCK;
	accept(p, ';');
}

static void leave(struct parser *p, const struct jump *to)
{
	p->pos++;
	if (to->to != NO_BLOCK) {
		if (p->nr_guards > to->nr_guards)
			release_guards(p, to->nr_guards);
		add_edge(p, to->to);
		p->fn.block = NO_BLOCK;
	}
	accept(p, ';');
}

bool parse_jump_stmt(struct parser *p)
{
	switch (word(p)) {
	case WORD_return:
		parse_return(p);
		return true;
	case WORD_goto:
		parse_goto(p);
		return true;
	case WORD_break:
		leave(p, &p->fn.on_break);
		return true;
	case WORD_continue:
		leave(p, &p->fn.on_continue);
		return true;
	case WORD_fallthrough:
		p->pos++;
		return true;
	case WORD___label__:
		while (kind(p) != ';' && kind(p) != TOK_EOF)
			p->pos++;
		return true;
	}
	return false;
}
