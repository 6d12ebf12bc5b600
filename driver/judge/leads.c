// SPDX-License-Identifier: GPL-2.0-only
/*
 * Leads (see leads.h): backwards over the callers, then the calls of what was
 * reached, put into one array.
 */
#include "judge/leads.h"

#include <stdlib.h>

#include "base/mem.h"

enum { REPEATS = 256 };	/* calls that a call is compared with */

static void find_leads(struct leads *l, const struct program *p,
		       const uint32_t *fns, size_t nr)
{
	uint32_t *queue = xcalloc(program_nr_fns(p), sizeof(*queue));
	uint32_t len = 0;

	l->leads = xcalloc(program_nr_fns(p), sizeof(*l->leads));
	for (size_t i = 0; i < nr; i++) {
		if (!l->leads[fns[i]])
			queue[len++] = fns[i];
		l->leads[fns[i]] = true;
	}
	while (len) {
		size_t nr_callers;
		const struct caller *from = program_callers(p, queue[--len],
							    &nr_callers);

		for (size_t i = 0; i < nr_callers; i++) {
			if (!l->leads[from[i].fn])
				queue[len++] = from[i].fn;
			l->leads[from[i].fn] = true;
		}
	}
	free(queue);
}

/* Does a call since @first say the same? Of very many only the last are
 * compared: a repeat does no harm. A function that is handed over meets what
 * its caller holds, which differs from call to call. */
static bool is_repeat(const struct leads *l, size_t first,
		      const struct lead *d)
{
	if (l->nr - first > REPEATS)
		first = l->nr - REPEATS;
	for (size_t i = first; i < l->nr && d->how != TARGET_ARGUMENT; i++)
		if (l->v[i].fn == d->fn && l->v[i].point == d->point &&
		    l->v[i].how == d->how && l->v[i].indirect == d->indirect)
			return true;
	return false;
}

/* The calls of @fn that can matter in some pass. */
static void add_leads(struct leads *l, const struct walk *w,
		      const struct points *pts, uint32_t fn)
{
	const struct func *f = program_func(w->p, fn);
	const struct facts *facts = program_fn_file(w->p, fn)->facts;
	size_t first = l->nr;

	for (uint32_t e = f->first_event; e < f->first_event + f->nr_events;
	     e++) {
		bool indirect = facts->events[e].kind == EV_ICALL;
		const struct target *t;
		size_t nr;

		if ((facts->events[e].kind != EV_CALL && !indirect) ||
		    walk_is_handed(w, fn, e))
			continue;
		t = program_targets(w->p, fn, e, &nr);
		for (size_t i = 0; i < nr; i++) {
			struct lead d = { e, t[i].fn, 0, t[i].how, indirect };

			if (!l->leads[d.fn])
				continue;
			d.point = point_index(pts, fn, e);
			if (is_repeat(l, first, &d))
				continue;
			GROW(l->v, l->nr, l->cap);
			l->v[l->nr++] = d;
		}
	}
}

static void sort_by_home(struct leads *l, const struct walk *w)
{
	uint32_t nr_fns = program_nr_fns(w->p), nr = 0;
	uint32_t nr_comps = program_nr_components(w->p);
	uint32_t *next = xcalloc(nr_comps + 1, sizeof(*next));

	l->home_first = xcalloc(nr_comps + 1, sizeof(*l->home_first));
	for (uint32_t fn = 0; fn < nr_fns; fn++)
		if (l->leads[fn])
			l->home_first[w->component[fn] + 1]++;
	for (uint32_t c = 0; c < nr_comps; c++) {
		l->home_first[c + 1] += l->home_first[c];
		next[c] = l->home_first[c];
	}
	nr = l->home_first[nr_comps];
	l->by_home = xcalloc(nr + 1, sizeof(*l->by_home));
	for (uint32_t fn = 0; fn < nr_fns; fn++)
		if (l->leads[fn])
			l->by_home[next[w->component[fn]]++] = fn;
	free(next);
}

const uint32_t *leads_of(const struct leads *l, uint32_t comp, uint32_t *nr)
{
	*nr = l->home_first[comp + 1] - l->home_first[comp];
	return l->by_home + l->home_first[comp];
}

void leads_make(struct leads *l, const struct walk *w,
		const struct points *pts, const uint32_t *fns, size_t nr)
{
	uint32_t nr_fns = program_nr_fns(w->p);

	l->first = xcalloc(nr_fns + 1, sizeof(*l->first));
	l->nr = l->cap = 0;
	l->v = NULL;
	find_leads(l, w->p, fns, nr);
	for (uint32_t fn = 0; fn < nr_fns; fn++) {
		if (l->leads[fn])
			add_leads(l, w, pts, fn);
		l->first[fn + 1] = l->nr;
	}
	sort_by_home(l, w);
}

void leads_release(struct leads *l)
{
	free(l->leads);
	free(l->v);
	free(l->first);
	free(l->by_home);
	free(l->home_first);
}
