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

#define MAX_SHARES 16

/*
 * Each thread goes through the calls of its own share of the functions, twice:
 * it counts the calls of each callee, and then writes them where those of the
 * shares before it end.
 */
struct shares {
	struct program *p;
	size_t size;			/* functions in each */
	uint32_t *at[MAX_SHARES];	/* by callee: count, place */
	bool filling;
};

static void share_call(struct shares *s, uint32_t *at, struct caller caller,
		       const struct target *t, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		uint32_t place = at[t[i].fn]++;

		if (!s->filling)
			continue;
		caller.how = t[i].how;
		s->p->callers[place] = caller;
	}
}

static void share_calls(void *ctx, unsigned int thread, size_t first,
			size_t end)
{
	struct shares *s = ctx;
	struct program *p = s->p;
	uint32_t *at = s->at[first / s->size];

	(void)thread;
	for (; first < end; first++) {
		struct range r = p->fn_events[first];
		uint32_t base = p->first_event[p->fns[first].file];

		for (; r.i < r.end; r.i++) {
			struct caller caller = { (uint32_t)first, r.i - base,
						 0 };
			const struct target *t;
			size_t nr;

			if (p->slots[r.i] < SLOT_FIRST)
				continue;
			t = slot_targets(p, p->slots[r.i], &nr);
			share_call(s, at, caller, t, nr);
		}
	}
}

/* Counts become places, share after share. Return: number of callers. */
static uint32_t find_places(struct shares *s, uint32_t nr_shares)
{
	struct program *p = s->p;
	uint32_t sum = 0, fn, i;

	for (fn = 0; fn < p->nr_fns; fn++) {
		p->callers_head[fn] = sum;
		for (i = 0; i < nr_shares; i++) {
			uint32_t count = s->at[i][fn];

			s->at[i][fn] = sum;
			sum += count;
		}
	}
	p->callers_head[fn] = sum;
	return sum;
}

void link_callers(struct program *p)
{
	uint32_t nr = p->threads ? p->threads : 1, sum, i;
	struct shares s = { .p = p };

	if (nr > MAX_SHARES)
		nr = MAX_SHARES;
	s.size = p->nr_fns / nr + 1;
	for (i = 0; i < nr; i++)
		s.at[i] = xcalloc((size_t)p->nr_fns + 1, sizeof(*s.at[i]));
	p->callers_head = xcalloc((size_t)p->nr_fns + 1, sizeof(uint32_t));
	workers_run(nr, p->nr_fns, s.size, share_calls, &s);
	sum = find_places(&s, nr);
	p->callers = xmalloc(((size_t)sum + 1) * sizeof(*p->callers));
	s.filling = true;
	workers_run(nr, p->nr_fns, s.size, share_calls, &s);
	for (i = 0; i < nr; i++)
		free(s.at[i]);
	for (i = 0; i < p->nr_fns; i++)
		p->fns[i].called = p->callers_head[i + 1] > p->callers_head[i];
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
