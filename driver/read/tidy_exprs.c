// SPDX-License-Identifier: GPL-2.0-only
/*
 * Expressions that nothing refers to: left over from what was not worth an
 * event. Their operands stand before them, so one pass each marks and moves.
 */
#include <string.h>

#include "base/mem.h"
#include "read/tidy.h"

#define GONE UINT32_MAX

static void keep(struct builder *b, opt_t e)
{
	for (; e && b->scratch[e - 1] == GONE; e = b->exprs[e - 1].sub)
		b->scratch[e - 1] = 0;
}

static void keep_all(struct builder *b)
{
	for (uint32_t i = 0; i < b->nr_events; i++) {
		const struct event *e = &b->events[i];

		keep(b, e->target);
		keep(b, e->value);
		for (uint32_t k = 0; k < e->nr_args; k++)
			keep(b, e->args + k + 1);
	}
	for (uint32_t i = 0; i < b->nr_conds; i++) {
		keep(b, b->conds[i].subject + 1);
		keep(b, b->conds[i].operand);
	}
	for (uint32_t i = 0; i < b->nr_inits; i++)
		keep(b, b->inits[i].value + 1);
	for (uint32_t i = 0; i < b->nr_aliases; i++)
		keep(b, b->aliases[i].value);
}

static opt_t moved(const struct builder *b, opt_t e)
{
	return e ? b->scratch[e - 1] + 1 : 0;
}

static void move(struct builder *b)
{
	uint32_t to = 0;

	for (uint32_t i = 0; i < b->nr_exprs; i++) {
		struct expr x = b->exprs[i];

		if (b->scratch[i] == GONE)
			continue;
		x.sub = moved(b, x.sub);
		b->scratch[i] = to;
		b->exprs[to++] = x;
	}
	b->nr_exprs = to;
}

static void correct(struct builder *b)
{
	for (uint32_t i = 0; i < b->nr_events; i++) {
		struct event *e = &b->events[i];

		e->target = moved(b, e->target);
		e->value = moved(b, e->value);
		if (e->nr_args)
			e->args = b->scratch[e->args];
	}
	for (uint32_t i = 0; i < b->nr_conds; i++) {
		b->conds[i].subject = b->scratch[b->conds[i].subject];
		b->conds[i].operand = moved(b, b->conds[i].operand);
	}
	for (uint32_t i = 0; i < b->nr_inits; i++)
		b->inits[i].value = b->scratch[b->inits[i].value];
	for (uint32_t i = 0; i < b->nr_aliases; i++)
		b->aliases[i].value = moved(b, b->aliases[i].value);
}

void tidy_exprs(struct builder *b)
{
	if (!b->nr_exprs)
		return;
	GROW_BY(b->scratch, 0, b->cap_scratch, b->nr_exprs);
	memset(b->scratch, 0xff, b->nr_exprs * sizeof(*b->scratch));
	keep_all(b);
	move(b);
	correct(b);
}
