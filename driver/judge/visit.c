// SPDX-License-Identifier: GPL-2.0-only
/*
 * Visits (see visit.h). While they are made a table of all functions says
 * where each one's is; one such table serves all lists, which keep an index
 * ordered by function when they are done.
 */
#include "judge/visit.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static int fn_order(const void *a, const void *b, void *ctx)
{
	const struct visit *v = ctx;
	uint32_t x = v[*(const uint32_t *)a].fn, y = v[*(const uint32_t *)b].fn;

	return x < y ? -1 : x > y;
}

void visits_done(struct visits *vs)
{
	if (!vs->nr)
		return;
	vs->v = xreallocarray(vs->v, vs->nr, sizeof(*vs->v));
	vs->cap = vs->nr;
	vs->by_fn = xcalloc(vs->nr, sizeof(*vs->by_fn));
	for (uint32_t i = 0; i < vs->nr; i++)
		vs->by_fn[i] = i;
	qsort_r(vs->by_fn, vs->nr, sizeof(*vs->by_fn), fn_order, vs->v);
}

void visits_release(struct visits *vs)
{
	free(vs->v);
	free(vs->by_fn);
}

const struct visit *visits_find(const struct visits *vs, uint32_t fn)
{
	uint32_t from = 0, to = vs->nr;

	while (from < to) {
		uint32_t mid = from + (to - from) / 2;
		const struct visit *v = &vs->v[vs->by_fn[mid]];

		if (v->fn == fn)
			return v;
		if (v->fn < fn)
			from = mid + 1;
		else
			to = mid;
	}
	return NULL;
}

void visiting_init(struct visiting *vi, uint32_t nr_fns)
{
	memset(vi, 0, sizeof(*vi));
	vi->slot = xcalloc(nr_fns + 1, sizeof(*vi->slot));
}

void visiting_release(struct visiting *vi)
{
	free(vi->slot);
	free(vi->queue);
}

void visiting_begin(struct visiting *vi, struct visits *to)
{
	vi->to = to;
	vi->head = vi->nr = 0;
	for (uint32_t i = 0; i < to->nr; i++)
		vi->slot[to->v[i].fn] = i + 1;
}

void visiting_end(struct visiting *vi)
{
	for (uint32_t i = 0; i < vi->to->nr; i++)
		vi->slot[vi->to->v[i].fn] = 0;
	vi->to = NULL;
}

static void push(struct visiting *vi, uint32_t visit)
{
	GROW(vi->queue, vi->nr, vi->cap);
	vi->queue[vi->nr++] = visit;
}

bool visit_next(struct visiting *vi, uint32_t *index)
{
	if (vi->head == vi->nr)
		return false;
	*index = vi->queue[vi->head++];
	return true;
}

/* The chain to @old is that of @v from now on. */
static void rechain(struct visit *old, const struct visit *v)
{
	old->from = v->from;
	old->event = v->event;
	old->via = v->via;
	old->root = v->root;
	old->depth = v->depth;
	old->by_name = v->by_name;
	old->kswapd = v->kswapd;
	old->last = v->last;
	old->worker = v->worker;
}

/* Is the chain to @v less of an excuse than the one to @old? */
static bool is_plainer(const struct visit *v, const struct visit *old)
{
	if (v->kswapd != old->kswapd)
		return old->kswapd;
	return old->last && !v->last;
}

static void add(struct visiting *vi, const struct visit *v)
{
	struct visits *to = vi->to;

	GROW(to->v, to->nr, to->cap);
	to->v[to->nr] = *v;
	to->v[to->nr].lent_from = v->from;
	to->v[to->nr++].lent_event = v->event;
	vi->slot[v->fn] = to->nr;
	push(vi, to->nr - 1);
}

void visit_reach(struct visiting *vi, const struct visit *v)
{
	uint32_t slot = vi->slot[v->fn];
	struct visit *old = slot ? &vi->to->v[slot - 1] : NULL;
	bool other;

	if (!old) {
		add(vi, v);
		return;
	}
	other = old->spec && (!v->spec || !spec_equal(old->spec, v->spec));
	if (!(old->own & ~v->own) && !other &&
	    !(v->elsewhere & ~old->elsewhere) && !is_plainer(v, old) &&
	    (old->bare || !v->bare))
		return;
	if (other)
		old->spec = NULL;
	old->own &= v->own;	/* less is certain: look again */
	if (v->elsewhere & ~old->elsewhere) {
		old->lent_from = v->from;
		old->lent_event = v->event;
	}
	old->elsewhere |= v->elsewhere;
	old->bare |= v->bare;
	if (is_plainer(v, old))
		rechain(old, v);
	push(vi, slot - 1);
}
