// SPDX-License-Identifier: GPL-2.0-only
/*
 * Handed functions (see handed.h): from the calls of parameters up the callers
 * that pass parameters of their own on to there.
 */
#include "judge/handed.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { PARAMS = 32 };	/* parameters that are told apart */

struct making {
	struct handed *h;
	struct points *pts;
	const struct program *p;
	uint32_t *queue;	/* functions whose callers are to be looked at */
	uint32_t nr, cap;
	ref_t *refs;		/* scratch */
	uint32_t cap_refs;
};

/* The set of the refs of both. */
static uint32_t join(struct making *m, uint32_t a, uint32_t b)
{
	uint32_t nr_a, nr_b, nr = 0, i = 0, j = 0;
	const ref_t *x = points_set(m->pts, a, &nr_a);
	const ref_t *y = points_set(m->pts, b, &nr_b);

	if (a == b || !nr_b)
		return a;
	GROW_BY(m->refs, 0, m->cap_refs, nr_a + nr_b);
	while (i < nr_a || j < nr_b) {
		ref_t r = j == nr_b || (i < nr_a && x[i] < y[j]) ? x[i] : y[j];

		m->refs[nr++] = r;
		i += i < nr_a && x[i] == r;
		j += j < nr_b && y[j] == r;
	}
	return points_intern(m->pts, m->refs, nr);
}

/* The parameter of @fn that @e is; -1: none, or one too far to the right. */
static int param_of(const struct program *p, uint32_t fn, const struct expr *e)
{
	int param = -1;

	if (e->kind != EXPR_NAME || e->nr_parts || e->ops ||
	    !program_var(p, fn, e->base, &param))
		return -1;
	return param < PARAMS ? param : -1;
}

/* @fn runs its parameters @params at @event, in a callee that holds @below. */
static void note(struct making *m, uint32_t fn, uint32_t event,
		 uint32_t params, uint32_t below)
{
	uint32_t held = m->h->held[fn];

	held = join(m, held, point_at(m->pts, fn, event)->held);
	held = join(m, held, below);
	if (held == m->h->held[fn] && !(params & ~m->h->params[fn]))
		return;
	m->h->held[fn] = held;
	m->h->params[fn] |= params;
	GROW(m->queue, m->nr, m->cap);
	m->queue[m->nr++] = fn;
}

static void note_calls(struct making *m, const struct walk *w)
{
	for (uint32_t fn = 0; fn < program_nr_fns(m->p); fn++) {
		const struct func *f = program_func(m->p, fn);
		const struct facts *facts = program_fn_file(m->p, fn)->facts;

		for (uint32_t i = 0; i < f->nr_events; i++) {
			uint32_t e = f->first_event + i;
			int param;

			if (!walk_is_handed(w, fn, e))
				continue;
			param = param_of(m->p, fn, &facts->exprs[
					 facts->events[e].target - 1]);
			note(m, fn, e, param < 0 ? 0 : 1u << param, 0);
		}
	}
}

/* The parameters of its own that the caller @c gives to those that @fn runs. */
static uint32_t passed_on(const struct making *m, const struct caller *c,
			  uint32_t fn)
{
	const struct facts *facts = program_fn_file(m->p, c->fn)->facts;
	const struct event *ev = &facts->events[c->event];
	uint32_t params = 0;

	for (unsigned int i = 0; i < ev->nr_args && i < PARAMS; i++) {
		int param;

		if (!(m->h->params[fn] >> i & 1))
			continue;
		param = param_of(m->p, c->fn, &facts->exprs[ev->args + i]);
		if (param >= 0)
			params |= 1u << param;
	}
	return params;
}

void handed_make(struct handed *h, struct points *pts, const struct walk *w)
{
	struct making m = { .h = h, .pts = pts, .p = w->p };
	uint32_t nr_fns = program_nr_fns(w->p);

	h->held = xcalloc(nr_fns + 1, sizeof(*h->held));
	h->params = xcalloc(nr_fns + 1, sizeof(*h->params));
	note_calls(&m, w);
	while (m.nr) {
		uint32_t fn = m.queue[--m.nr];
		size_t nr;
		const struct caller *c = program_callers(w->p, fn, &nr);

		for (size_t i = 0; i < nr; i++) {
			uint32_t params = c[i].how == TARGET_ARGUMENT ? 0 :
					  passed_on(&m, &c[i], fn);

			if (params)
				note(&m, c[i].fn, c[i].event, params,
				     h->held[fn]);
		}
	}
	free(m.queue);
	free(m.refs);
}

void handed_release(struct handed *h)
{
	free(h->held);
	free(h->params);
}
