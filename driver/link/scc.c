// SPDX-License-Identifier: GPL-2.0-only
/*
 * The call graph as a whole: callers of each function, and the strongly
 * connected components in bottom-up order (Tarjan, iterative). Takes the
 * targets of all events.
 *
 * Two kinds of edges do not bind components: functions that are merely passed
 * as arguments, and calls of functions that the knowledge describes (locks,
 * scopes, allocators), for their effects are not computed.
 */
#include "link/link.h"

#include <stdlib.h>

#include "base/mem.h"

static int cmp_u32(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static void callers_count(struct program *p, uint32_t *at)
{
	uint32_t fn, ev;
	size_t i, nr;

	for (fn = 0; fn < p->nr_fns; fn++) {
		const struct func *f = fn_func(p, fn);

		for (ev = f->first_event; ev < f->first_event + f->nr_events;
		     ev++) {
			const struct target *t = program_targets(p, fn, ev,
								 &nr);

			for (i = 0; i < nr; i++)
				at[t[i].fn + 2]++;
		}
	}
}

void link_callers(struct program *p)
{
	uint32_t *at = xcalloc((size_t)p->nr_fns + 2, sizeof(*at));
	uint32_t fn, ev;
	size_t i, nr;

	callers_count(p, at);
	for (i = 0; i <= p->nr_fns; i++)
		at[i + 1] += at[i];
	p->callers = xmalloc(((size_t)at[p->nr_fns + 1] + 1) *
			     sizeof(*p->callers));
	for (fn = 0; fn < p->nr_fns; fn++) {
		const struct func *f = fn_func(p, fn);

		for (ev = f->first_event; ev < f->first_event + f->nr_events;
		     ev++) {
			const struct target *t = program_targets(p, fn, ev,
								 &nr);

			for (i = 0; i < nr; i++)
				p->callers[at[t[i].fn + 1]++] = (struct caller){
					fn, ev, t[i].how };
		}
	}
	p->callers_head = at;
	for (fn = 0; fn < p->nr_fns; fn++)
		p->fns[fn].called = at[fn + 1] > at[fn];
}

/* A function whose callees are being visited. */
struct frame {
	uint32_t fn;
	uint32_t event;		/* in facts.events */
	uint32_t target;	/* next target of that event */
};

struct tarjan {
	struct program *p;
	uint32_t *num, *low;	/* 0: not seen */
	uint32_t *stack, nr_stack;
	struct frame *frames;
	uint32_t nr_frames;
	uint8_t *on_stack;
	uint32_t counter, nr_order, nr_sccs;
};

static void enter(struct tarjan *t, uint32_t fn)
{
	t->num[fn] = t->low[fn] = ++t->counter;
	t->stack[t->nr_stack++] = fn;
	t->on_stack[fn] = 1;
	t->frames[t->nr_frames++] = (struct frame){
		fn, fn_func(t->p, fn)->first_event, 0 };
}

/* Targets of the event that bind, NULL: none. */
static const struct target *binding(const struct program *p, uint32_t fn,
				    uint32_t event, size_t *nr)
{
	const struct target *t = program_targets(p, fn, event, nr);
	const struct event *ev;

	if (!*nr)
		return NULL;
	ev = &fn_facts(p, fn)->events[event];
	if (ev->kind == EV_CALL &&
	    p->known[file_atom(p, p->fns[fn].file, ev->name)])
		*nr = 0;
	return t;
}

/* Visits the next unseen callee; false when there is none. */
static bool descend(struct tarjan *t)
{
	struct frame *fr = &t->frames[t->nr_frames - 1];
	const struct func *f = fn_func(t->p, fr->fn);
	uint32_t end = f->first_event + f->nr_events;

	for (; fr->event < end; fr->event++, fr->target = 0) {
		size_t nr;
		const struct target *to = binding(t->p, fr->fn, fr->event, &nr);

		while (fr->target < nr) {
			const struct target *next = &to[fr->target++];

			if (next->how == TARGET_ARGUMENT)
				continue;
			if (!t->num[next->fn]) {
				enter(t, next->fn);
				return true;
			}
			if (t->on_stack[next->fn] &&
			    t->num[next->fn] < t->low[fr->fn])
				t->low[fr->fn] = t->num[next->fn];
		}
	}
	return false;
}

/* All callees of the top frame are done. */
static void leave(struct tarjan *t)
{
	struct program *p = t->p;
	uint32_t fn = t->frames[--t->nr_frames].fn;
	uint32_t first = t->nr_order, w;

	if (t->nr_frames) {
		uint32_t up = t->frames[t->nr_frames - 1].fn;

		if (t->low[fn] < t->low[up])
			t->low[up] = t->low[fn];
	}
	if (t->low[fn] != t->num[fn])
		return;
	do {
		w = t->stack[--t->nr_stack];
		t->on_stack[w] = 0;
		p->fns[w].scc = t->nr_sccs;
		p->scc_order[t->nr_order++] = w;
	} while (w != fn);
	qsort(p->scc_order + first, t->nr_order - first, sizeof(uint32_t),
	      cmp_u32);
	p->scc_first[t->nr_sccs++] = first;
	if (t->nr_order - first > p->stats.largest_scc)
		p->stats.largest_scc = t->nr_order - first;
}

void link_sccs(struct program *p)
{
	struct tarjan t = { .p = p };
	uint32_t fn;

	p->scc_order = xcalloc((size_t)p->nr_fns + 1, sizeof(uint32_t));
	p->scc_first = xcalloc((size_t)p->nr_fns + 1, sizeof(uint32_t));
	t.num = xcalloc((size_t)p->nr_fns + 1, sizeof(uint32_t));
	t.low = xcalloc((size_t)p->nr_fns + 1, sizeof(uint32_t));
	t.stack = xcalloc((size_t)p->nr_fns + 1, sizeof(uint32_t));
	t.frames = xcalloc((size_t)p->nr_fns + 1, sizeof(*t.frames));
	t.on_stack = xcalloc((size_t)p->nr_fns + 1, 1);
	for (fn = 0; fn < p->nr_fns; fn++) {
		if (t.num[fn])
			continue;
		enter(&t, fn);
		while (t.nr_frames)
			if (!descend(&t))
				leave(&t);
	}
	p->scc_first[t.nr_sccs] = t.nr_order;
	p->stats.nr_sccs = t.nr_sccs;
	free(t.num);
	free(t.low);
	free(t.stack);
	free(t.frames);
	free(t.on_stack);
}
