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
		const struct func *f = fn_func(p, fn);
		uint32_t ev = f->first_event, last = ev + f->nr_events;

		for (; ev < last; ev++) {
			size_t nr;
			const struct target *t = targets_of(p, fn, ev, &nr);

			share_list(s, t, nr, (struct caller){ fn, ev, 0 },
				   first, end);
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
struct graph {
	struct program *p;
	uint32_t *edges;	/* nodes; those of a function are at the place
				 * of its first event */
	uint32_t *first, *nr;	/* by function: in edges */
};

/* Does the call bind, or is its effect known? */
static bool binds(const struct program *p, uint32_t file, uint32_t event)
{
	const struct event *ev = &p->files[file].facts->events[event];

	return ev->kind != EV_CALL || !p->known[file_atom(p, file, ev->name)];
}

static void graph_files(void *ctx, unsigned int thread, size_t first,
		       size_t end)
{
	struct graph *g = ctx;
	const struct program *p = g->p;
	uint32_t fn = p->files[first].first_fn, file, ev;

	(void)thread;
	for (; fn < p->nr_fns && p->fns[fn].file < end; fn++) {
		const struct func *f = fn_func(p, fn);
		uint32_t *out;

		file = p->fns[fn].file;
		g->first[fn] = p->first_event[file] + f->first_event;
		out = g->edges + g->first[fn];
		for (ev = 0; ev < f->nr_events; ev++) {
			uint32_t slot = p->slots[g->first[fn] + ev];

			if (slot >= SLOT_FIRST &&
			    binds(p, file, f->first_event + ev))
				*out++ = slot - SLOT_FIRST;
		}
		g->nr[fn] = (uint32_t)(out - g->edges) - g->first[fn];
	}
}

static void graph_init(struct graph *g, struct program *p)
{
	g->p = p;
	g->edges = xmalloc(((size_t)p->first_event[p->nr_files] + 1) *
			   sizeof(uint32_t));
	g->first = xmalloc(((size_t)p->nr_fns + 1) * sizeof(uint32_t));
	g->nr = xmalloc(((size_t)p->nr_fns + 1) * sizeof(uint32_t));
	workers_run(p->threads, p->nr_files, CHUNK_FILES, graph_files, g);
}

static void graph_release(struct graph *g)
{
	free(g->edges);
	free(g->first);
	free(g->nr);
}

/* A node whose successors are being visited. */
struct frame {
	uint32_t node;
	uint32_t next;		/* successor to look at */
};

struct tarjan {
	struct graph g;
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
	t->num[node] = t->low[node] = ++t->counter;
	t->stack[t->nr_stack++] = node;
	t->on_stack[node] = 1;
	t->frames[t->nr_frames++] = (struct frame){ node, 0 };
}

static uint32_t nr_successors(const struct tarjan *t, uint32_t node)
{
	return node < t->p->nr_fns ? t->g.nr[node] :
				     t->p->lists[node - t->p->nr_fns].nr;
}

/* The node after @node on its edge @i, FN_NONE: an edge that does not bind. */
static uint32_t successor(const struct tarjan *t, uint32_t node, uint32_t i)
{
	const struct program *p = t->p;
	const struct target *to;

	if (node < p->nr_fns)
		return t->g.edges[t->g.first[node] + i];
	to = &p->targets[p->lists[node - p->nr_fns].first + i];
	return to->how == TARGET_ARGUMENT ? FN_NONE : to->fn;
}

/* Visits the next unseen successor; false when there is none. */
static bool descend(struct tarjan *t)
{
	struct frame *fr = &t->frames[t->nr_frames - 1];
	uint32_t nr = nr_successors(t, fr->node);

	while (fr->next < nr) {
		uint32_t to = successor(t, fr->node, fr->next++);

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

	graph_init(&t.g, p);
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
	graph_release(&t.g);
	free(t.num);
	free(t.low);
	free(t.stack);
	free(t.frames);
	free(t.on_stack);
}
