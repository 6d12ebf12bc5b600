// SPDX-License-Identifier: GPL-2.0-only
/*
 * Live blocks (see live.h).
 */
#include "judge/live.h"

#include <stdlib.h>

#include "base/mem.h"
#include "judge/setter.h"

/* 1: the condition holds in reclaim; 0: it does not; -1: either. */
static int in_reclaim(const struct facts *facts, const struct cond *c)
{
	if (c->kind != COND_BITS || !c->operand)
		return -1;
	if (!facts->exprs[c->subject].nr_parts)
		return -1;
	return facts->exprs[c->operand - 1].mask & MASK_PF_NORECLAIM ? 1 : -1;
}

/* Is the edge taken only when a function of @lasts says true? */
static bool is_last(const struct pfile *file, const struct edge *e,
		    const struct map *lasts)
{
	const struct facts *facts = file->facts;
	const struct cond *c;
	const struct expr *x;
	uint8_t classes;

	if (!e->cond)
		return false;
	c = &facts->conds[e->cond - 1];
	x = &facts->exprs[c->subject];
	if (c->kind != COND_CLASS || x->kind != EXPR_CALL || x->nr_parts ||
	    !map_has(lasts, file->atoms[facts->events[x->base].name]))
		return false;
	classes = e->taken ? c->classes : CLASS_ANY & ~c->classes;
	return !(classes & CLASS_ZERO);
}

bool live_asks(const struct program *p, uint32_t fn)
{
	const struct func *f = program_func(p, fn);
	const struct facts *facts = program_fn_file(p, fn)->facts;

	for (uint32_t i = 0; i < f->nr_edges; i++) {
		const struct edge *e = &facts->edges[f->first_edge + i];

		if (e->cond && in_reclaim(facts, &facts->conds[e->cond - 1]) >= 0)
			return true;
	}
	return false;
}

/* The constant that @e of @fn is, 0: none. */
static atom_t constant_of(const struct program *p, uint32_t fn,
			  const struct expr *e)
{
	if (e->kind != EXPR_NAME || e->nr_parts || e->ops ||
	    program_var(p, fn, e->base, NULL))
		return 0;
	return program_fn_file(p, fn)->atoms[e->base];
}

static void spread_from_start(const struct live *how, uint32_t fn,
			      uint8_t *live, bool answers);

/* The one constant that @fn returns in reclaim, whatever its arguments; 0. */
static atom_t answer_of(const struct live *how, uint32_t fn)
{
	const struct live any = { .p = how->p, .lasts = how->lasts,
				  .reclaim = true };
	const struct func *f = program_func(how->p, fn);
	const struct facts *facts = program_fn_file(how->p, fn)->facts;
	uint8_t *live = xcalloc(f->nr_blocks + 1, sizeof(*live));
	atom_t answer = 0;
	bool differ = false;

	spread_from_start(&any, fn, live, false);
	for (uint32_t b = 0; b < f->nr_blocks && !differ; b++) {
		const struct block *blk = &facts->blocks[f->first_block + b];

		for (uint32_t i = 0; live[b] && i < blk->nr_events; i++) {
			const struct event *ev =
				&facts->events[blk->first_event + i];
			atom_t a;

			if (ev->kind != EV_RETURN)
				continue;
			a = ev->value ? constant_of(how->p, fn, &facts->
						    exprs[ev->value - 1]) : 0;
			differ |= !a || (answer && a != answer);
			answer = a;
		}
	}
	free(live);
	return differ ? 0 : answer;
}

/* Are the constants the same? By what the tree's macros make of them: 1; -1:
 * not known, for two names may have one value. */
static int same_constant(const struct program *p, atom_t a, atom_t b)
{
	atom_t x, y;

	if (a == b)
		return 1;
	if (program_flags(p, a, &x, 1) != 1 || program_flags(p, b, &y, 1) != 1)
		return -1;
	return x == y ? 1 : -1;
}

/* Whether a comparison with what a call has answered holds in reclaim: 1, 0;
 * -1: not known. */
static int by_answer(const struct live *how, uint32_t fn, const struct cond *c)
{
	const struct program *p = how->p;
	const struct facts *facts = program_fn_file(p, fn)->facts;
	const struct expr *x = &facts->exprs[c->subject];
	const struct event *ev = NULL;
	const struct target *t;
	atom_t with, answer;
	size_t nr;

	if (c->kind != COND_EQUAL || !c->operand || x->nr_parts || x->ops)
		return -1;
	if (x->kind == EXPR_CALL)
		ev = &facts->events[x->base];
	else if (x->kind == EXPR_NAME)
		ev = setter_of(p, fn, x->base);
	if (!ev || ev->kind != EV_CALL)
		return -1;
	t = program_targets(p, fn, (uint32_t)(ev - facts->events), &nr);
	with = constant_of(p, fn, &facts->exprs[c->operand - 1]);
	if (nr != 1 || !with || !live_asks(p, t[0].fn))
		return -1;
	answer = answer_of(how, t[0].fn);
	return answer ? same_constant(p, answer, with) : -1;
}

/* Is it beyond doubt what the argument does to @c? */
static bool is_sure(const struct live *how, const struct cond *c)
{
	return how->spec && how->spec->classes == CLASS_ZERO &&
	       (c->kind == COND_CLASS || c->kind == COND_MORE);
}

/* Whether the condition holds: 1, 0; -1: either. */
static int decided(const struct live *how, uint32_t fn, const struct cond *c,
		   bool answers)
{
	int v = -1;

	if (how->reclaim)
		v = in_reclaim(program_fn_file(how->p, fn)->facts, c);
	if (v < 0 && (!how->sure || is_sure(how, c)))
		v = spec_decides(how->p, fn, how->spec, c);
	if (v < 0 && how->reclaim && answers)
		v = by_answer(how, fn, c);
	return v;
}

/* Mark as @as what can be reached from what is marked; true when some is left
 * that is reached only when a last reference goes. */
static bool spread(const struct live *how, uint32_t fn, uint8_t *live,
		   bool answers, enum live_block as)
{
	const struct func *f = program_func(how->p, fn);
	const struct pfile *file = program_fn_file(how->p, fn);
	const struct edge *edges = file->facts->edges + f->first_edge;
	bool changed = true, left = false;

	while (changed) {
		changed = left = false;
		for (uint32_t i = 0; i < f->nr_edges; i++) {
			const struct edge *e = &edges[i];
			int v = -1;

			if (!live[e->from] || live[e->to])
				continue;
			if (e->cond)
				v = decided(how, fn, &file->facts->
					    conds[e->cond - 1], answers);
			if (v >= 0 && v != (int)e->taken)
				continue;
			if (as == BLOCK_LIVE && is_last(file, e, how->lasts)) {
				left = true;
				continue;
			}
			live[e->to] = as;
			changed = true;
		}
	}
	return left;
}

static void spread_from_start(const struct live *how, uint32_t fn,
			      uint8_t *live, bool answers)
{
	live[0] = BLOCK_LIVE;
	if (spread(how, fn, live, answers, BLOCK_LIVE))
		spread(how, fn, live, answers, BLOCK_LAST);
}

uint8_t *live_blocks(const struct live *how, uint32_t fn)
{
	uint8_t *live = xcalloc(program_func(how->p, fn)->nr_blocks + 1,
				sizeof(*live));

	spread_from_start(how, fn, live, true);
	return live;
}

static bool is_done(const struct live *how, const struct hop *h)
{
	const struct func *f = program_func(how->p, h->fn);
	const struct facts *facts = program_fn_file(how->p, h->fn)->facts;
	uint8_t *live = live_blocks(how, h->fn);
	bool done = true;

	for (uint32_t b = 0; b < f->nr_blocks; b++) {
		const struct block *blk = &facts->blocks[f->first_block + b];

		if (h->event - blk->first_event < blk->nr_events)
			done = live[b] != BLOCK_DEAD;
	}
	free(live);
	return done;
}

/* Does parameter @i of @fn keep its value, as far as it matters? */
static bool keeps_param(const struct live *how, uint32_t fn, unsigned int i)
{
	const struct func *f = program_func(how->p, fn);
	const struct facts *facts = program_fn_file(how->p, fn)->facts;

	return !how->sure ||
	       (i < f->nr_params &&
		setter_is_none(how->p, fn, facts->vars[f->first_var + i].name));
}

/* All decide for themselves: none is looked at with another. */
bool live_call(const struct live *how, const uint32_t *deciding,
	       const struct hop *from, const struct hop *to)
{
	const struct facts *facts = program_fn_file(how->p, from->fn)->facts;
	const struct event *ev = &facts->events[from->event];
	struct live in = *how;

	for (unsigned int i = 0; deciding[to->fn] >> i && i < ev->nr_args; i++) {
		struct spec s = { .fn = to->fn, .param = i };

		in.spec = &s;
		if (deciding[to->fn] >> i & 1 &&
		    spec_of_arg(how->p, from->fn, &facts->exprs[ev->args + i],
				how->spec, &s) &&
		    !is_done(&in, to) && keeps_param(how, to->fn, i))
			return false;
	}
	return true;
}

bool live_way(const struct live *how, const uint32_t *deciding,
	      const struct way *way)
{
	struct live in = *how;
	struct spec spec, next = { 0 };

	for (uint32_t i = 1; i < way->nr; i++) {
		const struct hop *from = &way->v[i - 1];
		const struct facts *facts =
			program_fn_file(how->p, from->fn)->facts;

		if (!live_call(&in, deciding, from, &way->v[i]))
			return false;
		in.spec = spec_at_call(how->p, deciding, from->fn,
				       &facts->events[from->event],
				       way->v[i].fn, in.spec, &next) ?
			  &spec : NULL;
		spec = next;
	}
	return true;
}
