// SPDX-License-Identifier: GPL-2.0-only
/*
 * Acquires and releases (see acquire.h), found again from the facts for
 * evidence, for placing scopes and for telling whose locks they are. Not used
 * to decide what is held.
 */
#include "judge/acquire.h"

#include "base/mem.h"

static bool matches(const struct refs *t, ref_t want, ref_t got)
{
	const struct ref *w, *g;

	if (!got)
		return false;
	if (want == got)
		return true;
	w = ref_get(t, want);
	g = ref_get(t, got);
	return w->kind == REF_SCOPE && g->kind == REF_SCOPE &&
	       g->restriction >= w->restriction;
}

static bool api_does(const struct know_api *api, bool release)
{
	if (release)
		return api->op == API_UNLOCK || api->op == API_SCOPE_RESTORE;
	return api->op == API_LOCK || api->op == API_LOCK_TRY ||
	       api->op == API_LOCK_WAIT || api->op == API_SCOPE_SAVE;
}

static ref_t ref_of_api(struct summaries *s, uint32_t fn,
			const struct event *ev, const struct know_api *api)
{
	const struct facts *facts = program_fn_file(s->p, fn)->facts;

	if (api->op == API_SCOPE_SAVE || api->op == API_SCOPE_RESTORE)
		return ref_scope_any(&s->refs, ref_api_restriction(api));
	if (api->lock_arg < 0)
		return api->resource ? ref_resource(&s->refs, api->resource) :
		       0;
	if (api->lock_arg >= ev->nr_args)
		return 0;
	return ref_of_lock(&s->refs, fn,
			   &facts->exprs[ev->args + api->lock_arg]);
}

/* Does the callee's summary do it? Fills success. */
static bool summary_does(struct summaries *s, uint32_t fn,
			 const struct event *ev, uint32_t callee, ref_t ref,
			 bool release, struct deed *d)
{
	const struct summary *sum = summary_at_call(s, fn, ev, callee, NULL);

	for (unsigned int i = 0; i < sum->nr; i++) {
		const struct effect e = sum->v[i];

		if (release ? !e.rel_may : !e.may)
			continue;
		if (!matches(&s->refs, ref,
			     ref_at_call(&s->refs, fn, ev, e.ref)))
			continue;
		d->success = release ? CLASS_ANY : e.may;
		d->callee = callee;
		return true;
	}
	return false;
}

static bool event_does(struct summaries *s, uint32_t fn, uint32_t event,
		       ref_t ref, bool release, struct deed *d)
{
	const struct pfile *file = program_fn_file(s->p, fn);
	const struct event *ev = &file->facts->events[event];
	const struct know_api *api = program_call_api(s->p, file, ev);
	const struct target *t;
	size_t nr;

	*d = (struct deed){ event, CLASS_ANY, FN_NONE };
	if (api && api_does(api, release) &&
	    matches(&s->refs, ref, ref_of_api(s, fn, ev, api))) {
		if (api->success)
			d->success = api->success;
		return true;
	}
	if (api && !api->adds)
		return false;
	if (ev->kind != EV_CALL && ev->kind != EV_ICALL)
		return false;
	t = program_targets(s->p, fn, event, &nr);
	for (size_t i = 0; i < nr; i++)
		if (t[i].how != TARGET_ARGUMENT &&
		    summary_does(s, fn, ev, t[i].fn, ref, release, d))
			return true;
	return false;
}

unsigned int acquire_events(struct summaries *s, uint32_t fn, ref_t ref,
			    bool release, struct deed *out)
{
	const struct func *f = program_func(s->p, fn);
	unsigned int nr = 0;

	for (uint32_t i = 0; i < f->nr_events && nr < ACQUIRE_MAX; i++)
		if (event_does(s, fn, f->first_event + i, ref, release,
			       &out[nr]))
			nr++;
	return nr;
}
