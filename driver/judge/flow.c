// SPDX-License-Identifier: GPL-2.0-only
/*
 * Data flow inside one function (see flow.h).
 *
 * A forward may/must analysis over the CFG with sets of at most FLOW_REFS
 * references. Acquires that depend on a call's result wait as "pending" until
 * a branch tests the result. Calls that are not resolved have no net effect:
 * nearly every kernel function leaves locks as it found them. When a bound is
 * hit, overflow is set and nobody relies on the result.
 */
#include "judge/flow.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/transfer.h"

struct flow *flow_new(struct summaries *s)
{
	struct flow *w = xcalloc(1, sizeof(*w));

	w->s = s;
	return w;
}

void flow_free(struct flow *w)
{
	if (!w)
		return;
	free(w->at);
	free(w->head);
	free(w->next);
	free(w->dirty);
	free(w);
}

unsigned int flow_refs(const struct flow *w, uint64_t bits, ref_t *out)
{
	unsigned int n = 0;

	for (; bits; bits &= bits - 1)
		out[n++] = w->refs[__builtin_ctzll(bits)];
	return n;
}

static void begin(struct flow *w, uint32_t fn, const struct spec *spec)
{
	w->fn = fn;
	w->spec = spec;
	w->file = program_fn_file(w->s->p, fn);
	w->facts = w->file->facts;
	w->func = program_func(w->s->p, fn);
	w->nr_refs = 0;
	w->overflow = w->tainted = false;
	w->acquired = w->released = w->waited = 0;
	w->prim_acquired = w->prim_released = 0;
	memset(w->exit, 0, sizeof(w->exit));
	w->exit_classes = 0;
	if (w->func->nr_blocks > w->cap_blocks) {
		w->cap_blocks = w->func->nr_blocks * 2;
		w->at = xreallocarray(w->at, w->cap_blocks, sizeof(*w->at));
		w->head = xreallocarray(w->head, w->cap_blocks,
					sizeof(*w->head));
		w->dirty = xrealloc(w->dirty, w->cap_blocks);
	}
	if (w->func->nr_edges > w->cap_edges) {
		w->cap_edges = w->func->nr_edges * 2;
		w->next = xreallocarray(w->next, w->cap_edges,
					sizeof(*w->next));
	}
}

static void index_edges(struct flow *w)
{
	const struct edge *e = w->facts->edges + w->func->first_edge;

	memset(w->head, 0xff, w->func->nr_blocks * sizeof(*w->head));
	for (uint32_t i = w->func->nr_edges; i-- > 0; ) {
		w->next[i] = w->head[e[i].from];
		w->head[e[i].from] = i;
	}
}

static bool join_known(struct flow_state *to, const struct flow_state *from)
{
	bool changed = false;

	for (int i = 0; i < FLOW_KNOWN; i++) {
		uint8_t classes = 0;

		if (!to->known[i].var)
			continue;
		for (int j = 0; j < FLOW_KNOWN; j++)
			if (from->known[j].var == to->known[i].var)
				classes = from->known[j].classes;
		if (!classes) {
			to->known[i].var = 0;
			to->known[i].classes = 0;
			changed = true;
		} else if (classes & ~to->known[i].classes) {
			to->known[i].classes |= classes;
			changed = true;
		}
	}
	return changed;
}

static struct pending *find_pending(struct flow_state *st, uint32_t var)
{
	for (int i = 0; i < FLOW_PENDING; i++)
		if (st->pend[i].var == var)
			return &st->pend[i];
	return NULL;
}

static uint8_t known_of(const struct flow_state *st, uint32_t var)
{
	for (int i = 0; i < FLOW_KNOWN; i++)
		if (st->known[i].var == var)
			return st->known[i].classes;
	return CLASS_ANY;
}

/* What @st says of the acquires that wait for @p->var where it has none
 * waiting itself: with a value of known classes, what is held now, for those
 * classes. False: nothing is known. */
static bool as_pending(const struct flow_state *st, const struct pending *p,
		       struct pending *out)
{
	uint64_t all = p->may[0] | p->may[1] | p->may[2];
	uint8_t classes = known_of(st, p->var);

	if (classes == CLASS_ANY)
		return false;
	out->var = p->var;
	for (int c = 0; c < 3; c++) {
		out->may[c] = classes & 1 << c ? st->may & all : 0;
		out->must[c] = classes & 1 << c ? st->must & all : ~0ull;
	}
	return true;
}

static bool merge_pending(struct pending *p, const struct pending *q)
{
	bool changed = false;

	for (int c = 0; c < 3; c++) {
		changed |= (q->may[c] & ~p->may[c]) ||
			   (p->must[c] & ~q->must[c]);
		p->may[c] |= q->may[c];
		p->must[c] &= q->must[c];
	}
	return changed;
}

static bool join_pending(struct flow_state *to, const struct flow_state *from)
{
	bool changed = false;

	for (int i = 0; i < FLOW_PENDING; i++) {
		struct pending *p = &to->pend[i], told;
		const struct pending *q;

		if (!p->var)
			continue;
		q = find_pending((struct flow_state *)from, p->var);
		if (!q && as_pending(from, p, &told))
			q = &told;
		if (q) {
			changed |= merge_pending(p, q);
		} else {
			memset(p, 0, sizeof(*p));
			changed = true;
		}
	}
	for (int i = 0; i < FLOW_PENDING; i++) {
		const struct pending *q = &from->pend[i];
		struct pending *p = find_pending(to, 0), told;

		if (!q->var || !p || find_pending(to, q->var) ||
		    !as_pending(to, q, &told))
			continue;
		*p = *q;
		merge_pending(p, &told);
		changed = true;
	}
	return changed;
}

static bool join(struct flow_state *to, const struct flow_state *from)
{
	bool changed;

	if (!to->live) {
		*to = *from;
		to->live = true;
		return true;
	}
	changed = join_pending(to, from);	/* looks at both sides' sets */
	changed |= (from->may & ~to->may) || (to->must & ~from->must) ||
		   (from->rmay & ~to->rmay) || (to->rmust & ~from->rmust) ||
		   (from->again & ~to->again);
	to->again |= from->again;
	to->may |= from->may;
	to->must &= from->must;
	to->rmay |= from->rmay;
	to->rmust &= from->rmust;
	changed |= join_known(to, from);
	return changed;
}

static void run_block(struct flow *w, uint32_t b, struct flow_state *st)
{
	const struct block *blk = &w->facts->blocks[w->func->first_block + b];

	for (uint32_t i = 0; i < blk->nr_events; i++)
		transfer_event(w, blk->first_event + i, st);
}

static bool push_edges(struct flow *w, uint32_t b, const struct flow_state *st)
{
	const struct edge *edges = w->facts->edges + w->func->first_edge;
	bool changed = false;

	for (uint32_t i = w->head[b]; i != UINT32_MAX; i = w->next[i]) {
		struct flow_state out = *st;

		if (!transfer_edge(w, &edges[i], &out))
			continue;
		if (join(&w->at[edges[i].to], &out)) {
			w->dirty[edges[i].to] = 1;
			changed = true;
		}
	}
	return changed;
}

static void fixpoint(struct flow *w)
{
	bool changed = true;
	int round;

	memset(w->at, 0, w->func->nr_blocks * sizeof(*w->at));
	memset(w->dirty, 0, w->func->nr_blocks);
	w->at[0].live = true;
	w->dirty[0] = 1;
	for (round = 0; changed && round < FLOW_ROUNDS; round++) {
		changed = false;
		for (uint32_t b = 0; b < w->func->nr_blocks; b++) {
			struct flow_state st;

			if (!w->dirty[b] || !w->at[b].live)
				continue;
			w->dirty[b] = 0;
			st = w->at[b];
			run_block(w, b, &st);
			changed |= push_edges(w, b, &st);
		}
	}
	if (changed)
		w->overflow = true;
}

/* One return: add the state to the exits of the classes it can have. */
static void leave(struct flow *w, const struct event *ev,
		  const struct flow_state *st)
{
	uint32_t var = 0;
	uint8_t classes = transfer_return_classes(w, ev, st, &var);

	for (int c = 0; c < 3; c++) {
		struct flow_state out = *st;

		if (!(classes & 1 << c))
			continue;
		if (var)
			transfer_restrict(&out, var, 1 << c);
		memset(out.pend, 0, sizeof(out.pend));
		memset(out.known, 0, sizeof(out.known));
		join(&w->exit[c], &out);
		w->exit_classes |= 1 << c;
	}
}

static void visit_all(struct flow *w, flow_visit visit, void *ctx)
{
	for (uint32_t b = 0; b < w->func->nr_blocks; b++) {
		const struct block *blk;
		struct flow_state st = w->at[b];

		if (!st.live)
			continue;
		blk = &w->facts->blocks[w->func->first_block + b];
		for (uint32_t i = 0; i < blk->nr_events; i++) {
			uint32_t ev = blk->first_event + i;

			if (visit)
				visit(w, ev, &st, ctx);
			transfer_event(w, ev, &st);
			if (w->facts->events[ev].kind == EV_RETURN)
				leave(w, &w->facts->events[ev], &st);
		}
	}
}

void flow_run(struct flow *w, uint32_t fn, const struct spec *spec,
	      flow_visit visit, void *ctx)
{
	begin(w, fn, spec);
	if (!w->func->nr_blocks)
		return;
	index_edges(w);
	fixpoint(w);
	visit_all(w, visit, ctx);
}
