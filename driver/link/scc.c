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
#include "base/workers.h"

static int cmp_u32(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/*
 * Callers are filled in by each thread for its own share of the callees: all
 * of them go through all calls, which is little beside the writing.
 */
struct share {
	struct program *p;
	uint32_t *at;		/* see link_callers() */
	bool filling;
};

static void share_list(struct share *s, const struct target *t, size_t nr,
		       struct caller caller, size_t first, size_t end)
{
	for (size_t i = 0; i < nr; i++) {
		if (t[i].fn < first || t[i].fn >= end)
			continue;
		if (!s->filling) {
			s->at[t[i].fn + 2]++;
			continue;
		}
		caller.how = t[i].how;
		s->p->callers[s->at[t[i].fn + 1]++] = caller;
	}
}

static void share_calls(void *ctx, unsigned int thread, size_t first,
			size_t end)
{
	struct share *s = ctx;
	struct program *p = s->p;

	(void)thread;
	for (uint32_t fn = 0; fn < p->nr_fns; fn++) {
		struct range r = p->fn_events[fn];
		uint32_t base = p->first_event[p->fns[fn].file];

		for (; r.i < r.end; r.i++) {
			struct caller caller = { fn, r.i - base, 0 };
			const struct target *t;
			size_t nr;

			if (p->slots[r.i] < SLOT_FIRST)
				continue;
			t = slot_targets(p, p->slots[r.i], &nr);
			share_list(s, t, nr, caller, first, end);
		}
	}
}

/* at[fn + 1] is where the next caller of fn goes; in the end at[fn] is where
 * its callers begin. */
void link_callers(struct program *p)
{
	uint32_t *at = xcalloc((size_t)p->nr_fns + 2, sizeof(*at));
	size_t chunk = p->nr_fns / (p->threads ? p->threads : 1) + 1;
	struct share s = { p, at, false };
	uint32_t fn;

	workers_run(p->threads, p->nr_fns, chunk, share_calls, &s);
	for (fn = 0; fn <= p->nr_fns; fn++)
		at[fn + 1] += at[fn];
	p->callers = xmalloc(((size_t)at[p->nr_fns + 1] + 1) *
			     sizeof(*p->callers));
	s.filling = true;
	workers_run(p->threads, p->nr_fns, chunk, share_calls, &s);
	p->callers_head = at;
	for (fn = 0; fn < p->nr_fns; fn++)
		p->fns[fn].called = at[fn + 1] > at[fn];
}

/*
 * The graph as Tarjan walks it. A node is a function, or a list of targets
 * (nr_fns + its number) that many calls may share: going through it once is
 * enough, and which functions reach which is the same.
 */

/* A node whose successors are being visited. */
struct frame {
	uint32_t node;
	uint32_t next, end;	/* its events, or its targets if it is a list */
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

static void enter(struct tarjan *t, uint32_t node)
{
	const struct program *p = t->p;
	struct frame *fr = &t->frames[t->nr_frames++];

	if (node < p->nr_fns) {
		*fr = (struct frame){ node, p->fn_events[node].i,
				      p->fn_events[node].end };
	} else {
		const struct list *l = &p->lists[node - p->nr_fns];

		*fr = (struct frame){ node, l->first, l->first + l->nr };
	}
	t->num[node] = t->low[node] = ++t->counter;
	t->stack[t->nr_stack++] = node;
	t->on_stack[node] = 1;
}

/* The node that event or target @i of @node leads to, FN_NONE: to none, or
 * not in a way that binds. */
static uint32_t successor(const struct program *p, uint32_t node, uint32_t i)
{
	if (node < p->nr_fns)
		return p->slots[i] < SLOT_FIRST || (p->calls[i] & CALL_KNOWN) ?
		       FN_NONE : p->slots[i] - SLOT_FIRST;
	return p->targets[i].how == TARGET_ARGUMENT ? FN_NONE :
						      p->targets[i].fn;
}

/* Visits the next unseen successor; false when there is none. */
static bool descend(struct tarjan *t)
{
	struct frame *fr = &t->frames[t->nr_frames - 1];

	while (fr->next < fr->end) {
		uint32_t to = successor(t->p, fr->node, fr->next++);

		if (to == FN_NONE)
			continue;
		if (!t->num[to]) {
			enter(t, to);
			return true;
		}
		if (t->on_stack[to] && t->num[to] < t->low[fr->node])
			t->low[fr->node] = t->num[to];
	}
	return false;
}

/* Takes the component that begins with @node off the stack; lists in it are
 * not told. */
static void close_scc(struct tarjan *t, uint32_t node)
{
	struct program *p = t->p;
	uint32_t first = t->nr_order, w;

	do {
		w = t->stack[--t->nr_stack];
		t->on_stack[w] = 0;
		if (w >= p->nr_fns)
			continue;
		p->fns[w].scc = t->nr_sccs;
		p->scc_order[t->nr_order++] = w;
	} while (w != node);
	if (t->nr_order == first)
		return;
	if (t->nr_order - first > 1)
		qsort(p->scc_order + first, t->nr_order - first,
		      sizeof(uint32_t), cmp_u32);
	p->scc_first[t->nr_sccs++] = first;
	if (t->nr_order - first > p->stats.largest_scc)
		p->stats.largest_scc = t->nr_order - first;
}

/* All successors of the top frame are done. */
static void leave(struct tarjan *t)
{
	uint32_t node = t->frames[--t->nr_frames].node;

	if (t->nr_frames) {
		uint32_t up = t->frames[t->nr_frames - 1].node;

		if (t->low[node] < t->low[up])
			t->low[up] = t->low[node];
	}
	if (t->low[node] == t->num[node])
		close_scc(t, node);
}

void link_sccs(struct program *p)
{
	size_t nr = (size_t)p->nr_fns + p->nr_lists + 1;
	struct tarjan t = { .p = p };
	uint32_t fn;

	p->scc_order = xcalloc((size_t)p->nr_fns + 1, sizeof(uint32_t));
	p->scc_first = xcalloc((size_t)p->nr_fns + 1, sizeof(uint32_t));
	t.num = xcalloc(nr, sizeof(uint32_t));
	t.low = xcalloc(nr, sizeof(uint32_t));
	t.stack = xcalloc(nr, sizeof(uint32_t));
	t.frames = xcalloc(nr, sizeof(*t.frames));
	t.on_stack = xcalloc(nr, 1);
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
