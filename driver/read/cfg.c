// SPDX-License-Identifier: GPL-2.0-only
/*
 * Blocks, edges and events of the function that is being read. A block is
 * filled in one go: once another one was started it gets no more events.
 */
#include <string.h>

#include "base/mem.h"
#include "read/cfg_tidy.h"
#include "read/parser.h"
#include "read/tidy.h"

void function_begin(struct parser *p, uint32_t func)
{
	struct func *f = &p->b->funcs[func];

	memset(&p->fn, 0, sizeof(p->fn));
	p->fn.func = func + 1;
	builder_mark(p->b, &p->fn.start);
	p->fn.first_block = f->first_block = p->b->nr_blocks;
	p->fn.first_edge = f->first_edge = p->b->nr_edges;
	f->first_event = p->b->nr_events;
	p->fn.on_break.to = p->fn.on_continue.to = NO_BLOCK;
	p->fn.in_switch.head = NO_BLOCK;	/* `case` in a macro */
	p->nr_guards = 0;
	p->nr_words = 0;
	p->nr_uses = 0;
	p->last.kind = EXPR_OTHER;
	labels_begin(p);
	start_block(p, new_block(p));
}

void function_end(struct parser *p)
{
	struct func *f = &p->b->funcs[p->fn.func - 1];

	flush_uses(p);
	mask_rest(p, 0);
	if (p->fn.block != NO_BLOCK)
		emit(p, EV_RETURN, p->pos)->flags = EVENT_IMPLICIT;
	labels_end(p);
	cfg_tidy(p->b, p->fn.first_block, p->fn.first_edge);
	tidy_function(p->b, &p->fn.start, &p->names, &p->locals);
	f->nr_blocks = p->b->nr_blocks - f->first_block;
	f->nr_edges = p->b->nr_edges - f->first_edge;
	f->nr_events = p->b->nr_events - f->first_event;
	f->nr_vars = p->b->nr_vars - f->first_var;
	if (p->fn.broken)
		f->flags |= FUNC_BROKEN;
	memset(&p->fn, 0, sizeof(p->fn));
	p->fn.block = NO_BLOCK;
}

uint32_t new_block(struct parser *p)
{
	struct block *b = builder_add_blocks(p->b);

	b->first_event = p->b->nr_events;
	return p->b->nr_blocks - 1 - p->fn.first_block;
}

void start_block(struct parser *p, uint32_t block)
{
	struct block *b = &p->b->blocks[p->fn.first_block + block];

	b->first_event = p->b->nr_events;
	p->fn.block = block;
}

opt_t add_edge_if(struct parser *p, uint32_t from, uint32_t to, opt_t cond,
		  bool taken)
{
	struct edge *e;

	if (from == NO_BLOCK || !p->fn.func)
		return 0;
	e = builder_add_edges(p->b);
	e->from = from;
	e->to = to;
	e->cond = cond;
	e->taken = taken;
	return p->b->nr_edges;
}

void add_edge(struct parser *p, uint32_t to)
{
	add_edge_if(p, p->fn.block, to, 0, false);
}

struct event *emit(struct parser *p, enum event_kind k, uint32_t at)
{
	const struct token *t = &p->t[at];
	struct event *e = &p->no_event;

	if (p->fn.func) {
		if (p->fn.block == NO_BLOCK)
			start_block(p, new_block(p));
		p->b->blocks[p->fn.first_block + p->fn.block].nr_events++;
		e = builder_add_events(p->b);
	}
	e->kind = k;
	e->line = t->line;
	e->column = t->column;
	e->flags = p->fn.tentative ? EVENT_TENTATIVE : 0;
	return e;
}

opt_t last_event(const struct parser *p)
{
	return p->fn.func ? p->b->nr_events : 0;
}

void note_use(struct parser *p, uint32_t id, uint32_t at)
{
	uint32_t v = idmap_get(&p->vars, id, UINT32_MAX);

	if (v == UINT32_MAX || !p->b->vars[v].pointers ||
	    !(p->b->vars[v].flags & VAR_PARAM) || !p->fn.func)
		return;
	if (idmap_get(&p->shown, id, 0))
		return;
	GROW(p->uses, p->nr_uses, p->cap_uses);
	p->uses[p->nr_uses++] = (struct use){ id, at };
}

void flush_uses(struct parser *p)
{
	for (uint32_t i = 0; i < p->nr_uses; i++) {
		uint32_t id = p->uses[i].id;
		struct value v;
		opt_t target;

		if (idmap_get(&p->shown, id, 0))
			continue;
		value_init(p, &v);
		value_name(p, &v, id);
		value_add_part(p, &v, p->t[p->uses[i].at].id);
		target = value_store(p, &v);
		emit(p, EV_USE, p->uses[i].at)->target = target;
		idmap_set(&p->shown, id, 1);
	}
	p->nr_uses = 0;
}

void add_var(struct parser *p, const struct specs *s,
	     const struct declarator *d, unsigned int flags)
{
	struct var *v = builder_add_vars(p->b);

	v->name = d->name;	/* string ids until tidy_function() */
	v->type = s->type;
	v->pointers = d->pointers;
	v->flags = s->var_flags | d->flags | flags;
	v->line = p->t[d->at].line;
	if (d->name)
		idmap_set(&p->vars, d->name, p->b->nr_vars - 1);
}
