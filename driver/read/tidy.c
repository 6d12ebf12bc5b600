// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mark what is referred to, move it together, correct the references. What
 * belongs to one function is done when its end is read, so that each step is
 * linear in its size; expressions are shared by all of a file.
 */
#include "read/tidy.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct tidy {
	struct builder *b;
	const struct builder_mark *start;
	struct idmap *names;	/* str_t of variables that are looked at */
	struct idmap *locals;	/* str_t of variables of the function */
	uint32_t *to;		/* old index - start -> new index, or GONE */
};

#define GONE UINT32_MAX
#define KEPT 0

static struct event *event_at(const struct tidy *t, uint32_t i)
{
	return &t->b->events[i];
}

static const struct expr *expr_of(const struct tidy *t, opt_t e)
{
	return &t->b->exprs[e - 1];
}

/* ---- assignments that nobody looks at ---- */

static void look_at(struct tidy *t, opt_t e)
{
	for (; e; e = expr_of(t, e)->sub) {
		const struct expr *x = expr_of(t, e);

		if (x->kind == EXPR_NAME)
			idmap_set(t->names, x->base, 1);
		for (uint32_t i = 0; x->kind == EXPR_FLAGS && i < x->nr_parts;
		     i++)
			idmap_set(t->names, t->b->words[x->parts + i], 1);
	}
}

static bool is_variable(const struct expr *x)
{
	return x->kind == EXPR_NAME && !x->nr_parts && !x->ops;
}

static void look_at_event(struct tidy *t, const struct event *e)
{
	bool sets = e->kind == EV_ASSIGN || e->kind == EV_CALL ||
		    e->kind == EV_ICALL;
	opt_t to = e->kind == EV_ASSIGN ? e->target : e->value;

	for (uint32_t i = 0; i < e->nr_args; i++)
		look_at(t, e->args + i + 1);
	if (!sets || !to || !is_variable(expr_of(t, to)))
		look_at(t, to);
	look_at(t, e->kind == EV_ASSIGN ? e->value : e->target);
}

/* The name of a variable of this function, while it is an id; 0: it occurs in
 * no expression. */
static str_t local_name(const struct builder *b, uint32_t i)
{
	uint32_t id = b->vars[i].name;

	return id < b->cap_str_of ? b->str_of[id] : 0;
}

static void look_around(struct tidy *t)
{
	struct builder *b = t->b;

	idmap_clear(t->names);
	idmap_clear(t->locals);
	for (uint32_t i = t->start->vars; i < b->nr_vars; i++) {
		if (!(b->vars[i].flags & VAR_STATIC))
			idmap_set(t->locals, local_name(b, i), 1);
	}
	for (uint32_t i = t->start->events; i < b->nr_events; i++)
		look_at_event(t, event_at(t, i));
	for (uint32_t i = t->start->conds; i < b->nr_conds; i++) {
		look_at(t, b->conds[i].subject + 1);
		look_at(t, b->conds[i].operand);
	}
	for (uint32_t i = t->start->inits; i < b->nr_inits; i++)
		look_at(t, b->inits[i].value + 1);
}

/* May the value be a function, an object or a mask? */
static bool is_telling(const struct tidy *t, const struct expr *x)
{
	if (x->mask)
		return true;
	switch (x->kind) {
	case EXPR_NUM: case EXPR_OTHER: case EXPR_STRING: case EXPR_FLAGS:
		return false;
	case EXPR_NAME:
		return !x->nr_parts;
	default:
		return true;
	}
}

/* Others may look at what is no local variable. */
static bool is_local(const struct tidy *t, str_t name)
{
	return idmap_get(t->locals, name, 0);
}

static bool is_idle(const struct tidy *t, const struct event *e)
{
	const struct expr *to;

	if (e->kind != EV_ASSIGN || e->name)
		return false;
	to = expr_of(t, e->target);
	return is_variable(to) && !idmap_get(t->names, to->base, 0) &&
	       is_local(t, to->base) && !is_telling(t, expr_of(t, e->value));
}

static void move_events(struct tidy *t)
{
	struct builder *b = t->b;
	uint32_t first = t->start->events, to = first;

	for (uint32_t i = first; i < b->nr_events; i++) {
		t->to[i - first] = to;
		if (is_idle(t, event_at(t, i)))
			continue;
		b->events[to++] = b->events[i];
	}
	t->to[b->nr_events - first] = to;
	for (uint32_t i = t->start->blocks; i < b->nr_blocks; i++) {
		struct block *k = &b->blocks[i];
		uint32_t end = t->to[k->first_event + k->nr_events - first];

		k->first_event = t->to[k->first_event - first];
		k->nr_events = end - k->first_event;
	}
	for (uint32_t i = t->start->exprs; i < b->nr_exprs; i++) {
		if (b->exprs[i].kind == EXPR_CALL)
			b->exprs[i].base = t->to[b->exprs[i].base - first];
	}
	for (uint32_t i = t->start->sites; i < b->nr_sites; i++) {
		if (b->sites[i].event)
			b->sites[i].event =
				t->to[b->sites[i].event - 1 - first] + 1;
	}
	b->nr_events = to;
}

/* ---- what nothing refers to ---- */

static void begin(struct tidy *t, uint32_t nr)
{
	memset(t->to, 0xff, (nr + 1) * sizeof(*t->to));
}

/* New indexes for what is marked, from @first on. Return: the end. */
static uint32_t number(struct tidy *t, uint32_t nr, uint32_t first)
{
	for (uint32_t i = 0; i < nr; i++) {
		if (t->to[i] != GONE)
			t->to[i] = first++;
	}
	return first;
}

static void move_conds(struct tidy *t)
{
	struct builder *b = t->b;
	uint32_t first = t->start->conds, nr = b->nr_conds - first;

	begin(t, nr);
	for (uint32_t i = t->start->edges; i < b->nr_edges; i++) {
		if (b->edges[i].cond)
			t->to[b->edges[i].cond - 1 - first] = KEPT;
	}
	b->nr_conds = number(t, nr, first);
	for (uint32_t i = t->start->edges; i < b->nr_edges; i++) {
		opt_t c = b->edges[i].cond;

		if (c)
			b->edges[i].cond = t->to[c - 1 - first] + 1;
	}
	for (uint32_t i = 0; i < nr; i++) {
		if (t->to[i] != GONE)
			b->conds[t->to[i]] = b->conds[first + i];
	}
}

/*
 * Locals that occur in no expression; parameters stay for their number. Up to
 * here the names and types of variables are ids of the string table: names of
 * variables that are left out never become strings of the facts.
 */
static void move_vars(struct tidy *t)
{
	struct builder *b = t->b;
	uint32_t to = t->start->vars;

	for (uint32_t i = t->start->inits; i < b->nr_inits; i++)
		idmap_set(t->names, b->inits[i].var, 1);
	for (uint32_t i = to; i < b->nr_vars; i++) {
		struct var v = b->vars[i];
		str_t name = local_name(b, i);

		if (!(v.flags & VAR_PARAM) &&
		    !(name && idmap_get(t->names, name, 0)))
			continue;
		v.name = builder_str(b, v.name);
		v.type = builder_str(b, v.type);
		b->vars[to++] = v;
	}
	b->nr_vars = to;
}

/* Which variables occur at all, be it only to be set. */
static void look_at_all(struct tidy *t)
{
	struct builder *b = t->b;

	for (uint32_t i = t->start->events; i < b->nr_events; i++) {
		look_at(t, event_at(t, i)->target);
		look_at(t, event_at(t, i)->value);
	}
}

void tidy_function(struct builder *b, const struct builder_mark *start,
		   struct idmap *names, struct idmap *locals)
{
	struct tidy t = {
		.b = b, .start = start, .names = names, .locals = locals,
	};
	uint32_t most = b->nr_events - start->events;

	if (b->nr_conds - start->conds > most)
		most = b->nr_conds - start->conds;
	GROW_BY(b->scratch, most, b->cap_scratch, 2);
	t.to = b->scratch;
	move_conds(&t);
	look_around(&t);
	move_events(&t);
	look_at_all(&t);
	move_vars(&t);
}
