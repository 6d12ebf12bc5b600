// SPDX-License-Identifier: GPL-2.0-only
/*
 * Leads (see leads.h): backwards over the callers, then the calls of what was
 * reached, put into one array.
 */
#include "judge/leads.h"

#include <stdlib.h>

#include "base/mem.h"

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

/* The calls of @fn that can matter in some pass, to @out if it is not NULL. */
static size_t list_leads(const struct leads *l, const struct walk *w,
			 uint32_t fn, struct lead *out)
{
	const struct func *f = program_func(w->p, fn);
	const struct facts *facts = program_fn_file(w->p, fn)->facts;
	size_t nr = 0;

	for (uint32_t e = f->first_event; e < f->first_event + f->nr_events;
	     e++) {
		bool indirect = facts->events[e].kind == EV_ICALL;
		const struct target *t;
		size_t nr_targets;

		if ((facts->events[e].kind != EV_CALL && !indirect) ||
		    walk_is_handed(w, fn, e))
			continue;
		t = program_targets(w->p, fn, e, &nr_targets);
		for (size_t i = 0; i < nr_targets; i++) {
			if (!l->leads[t[i].fn])
				continue;
			if (out)
				out[nr] = (struct lead){ e, t[i].fn,
							    t[i].how, indirect };
			nr++;
		}
	}
	return nr;
}

void leads_make(struct leads *l, const struct walk *w, const uint32_t *fns,
		size_t nr)
{
	uint32_t nr_fns = program_nr_fns(w->p);

	l->first = xcalloc(nr_fns + 1, sizeof(*l->first));
	find_leads(l, w->p, fns, nr);
	for (uint32_t fn = 0; fn < nr_fns; fn++)
		l->first[fn + 1] = l->first[fn] + (l->leads[fn] ?
				   list_leads(l, w, fn, NULL) : 0);
	l->v = xcalloc(l->first[nr_fns] + 1, sizeof(*l->v));
	for (uint32_t fn = 0; fn < nr_fns; fn++)
		if (l->leads[fn])
			list_leads(l, w, fn, l->v + l->first[fn]);
}

void leads_release(struct leads *l)
{
	free(l->leads);
	free(l->v);
	free(l->first);
}
