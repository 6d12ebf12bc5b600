// SPDX-License-Identifier: GPL-2.0-only
/*
 * Habits (see habit.h).
 *
 * A section that any caller, however far up, may have put into a scope is not
 * told, nor is what reclaim itself runs: there a scope changes nothing.
 */
#include "judge/habit.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/finding.h"

enum {			/* a lock that usually goes with a scope: */
	SCOPED_FEW = 3,		/* at least so many functions open one, */
	SCOPED_TIMES = 3,	/* so many times those that do not */
};

/* Does @fn take @ref by itself, not by a helper that may have opened a scope
 * as well? A lock in a parameter is any that callers pass. */
static bool takes(const struct points *pts, uint32_t fn, ref_t ref,
		  uint32_t *event)
{
	const struct program *p = pts->s->p;
	const struct pfile *file = program_fn_file(p, fn);
	const struct func *f = program_func(p, fn);

	for (uint32_t i = 0; i < f->nr_events; i++) {
		const struct event *ev =
			&file->facts->events[f->first_event + i];
		const struct know_api *api = program_call_api(p, file, ev);
		ref_t r;

		if (!api || (api->op != API_LOCK && api->op != API_LOCK_WAIT) ||
		    api->lock_arg < 0 || api->lock_arg >= ev->nr_args)
			continue;
		r = ref_of_lock(&pts->s->refs, fn, &file->facts->exprs[ev->args +
				api->lock_arg]);
		if (r != ref && ref_get(&pts->s->refs, r)->kind != REF_PARAM)
			continue;
		*event = f->first_event + i;
		return true;
	}
	return false;
}

static void count_function(const struct points *pts, uint32_t fn,
			   struct habit *habits)
{
	const struct func *f = program_func(pts->s->p, fn);
	struct map seen;	/* ref -> 1: held; 3: and scoped */
	const struct map_slot *slot;
	size_t pos = 0;
	uint32_t event;

	map_init(&seen);
	for (uint32_t i = 0; i < f->nr_events; i++) {
		const struct point *pt = point_at(pts, fn, f->first_event + i);
		uint32_t nr;
		const ref_t *refs = points_set(pts, pt->held, &nr);

		for (uint32_t j = 0; j < nr; j++)
			*map_at(&seen, refs[j], NULL) |= pt->open_must ? 3 : 1;
	}
	while ((slot = map_next(&seen, &pos))) {
		struct habit *h = &habits[slot->key];

		if (!takes(pts, fn, slot->key, &event))
			continue;
		if (slot->value & 2)
			h->scoped++;
		else
			h->bare++;
	}
	map_release(&seen);
}

struct habit *habits_count(const struct points *pts)
{
	const struct program *p = pts->s->p;
	struct habit *habits = xcalloc(pts->s->refs.nr, sizeof(*habits));

	for (uint32_t fn = 0; fn < program_nr_fns(p); fn++)
		if (pts->of[program_fn(p, fn)->file])
			count_function(pts, fn, habits);
	return habits;
}

bool habit_has_scope(const struct habit *h)
{
	return h->scoped >= SCOPED_FEW && h->scoped >= SCOPED_TIMES * h->bare;
}

/* May some caller of @fn have opened a scope? True when in doubt. */
static bool may_be_in_scope(const struct points *pts, uint32_t fn)
{
	enum { CALLERS_MAX = 256 };
	uint32_t queue[CALLERS_MAX], head = 0, len = 0;
	bool found = false;
	struct map seen;

	map_init(&seen);
	*map_at(&seen, fn, NULL) = 1;
	queue[len++] = fn;
	while (head < len && !found) {
		size_t nr;
		const struct caller *c = program_callers(pts->s->p,
							 queue[head++], &nr);

		for (size_t i = 0; i < nr && !found; i++) {
			uint32_t *slot = map_at(&seen, c[i].fn, NULL);

			found = len == CALLERS_MAX ||
				point_at(pts, c[i].fn, c[i].event)->open_may;
			if (*slot || found)
				continue;
			*slot = 1;
			queue[len++] = c[i].fn;
		}
	}
	map_release(&seen);
	return found;
}

static bool is_told(const struct decision *d, uint32_t fn,
		    const struct event *ev)
{
	const char *path = program_fn_file(d->s->p, fn)->path;

	for (size_t i = 0; i < d->nr_findings; i++)
		if (d->findings[i].line == ev->line &&
		    !strcmp(d->findings[i].path, path))
			return true;
	return false;
}

/* Does @fn take @ref itself, outside of any scope of its own? */
static bool takes_bare(const struct decision *d, uint32_t fn, ref_t ref,
		       uint32_t *event)
{
	const struct points *pts = d->reclaim->pts;
	const struct func *f = program_func(d->s->p, fn);

	if (!takes(pts, fn, ref, event))
		return false;
	for (uint32_t i = 0; i < f->nr_events; i++)
		if (point_at(pts, fn, f->first_event + i)->open_may)
			return false;
	return true;
}

static void check_holder(struct decision *d, uint32_t fn, ref_t ref,
			 const struct habit *habit)
{
	uint32_t comp = program_fn_file(d->s->p, fn)->component, event;
	const struct reclaim_set *set;
	const struct wait *wait;
	const struct event *ev;
	struct result_finding *f;
	struct hop hop;
	struct way way = { &hop, 1 };

	wait = reclaim_wait(d->reclaim, ref, SIDE_FS, comp, &set);
	if (!wait || wait->own || visits_find(&set->visits, fn) ||
	    !takes_bare(d, fn, ref, &event))
		return;
	ev = &program_fn_file(d->s->p, fn)->facts->events[event];
	if (is_told(d, fn, ev) || may_be_in_scope(d->reclaim->pts, fn))
		return;
	hop = (struct hop){ fn, event };
	f = finding_add(d, RULE_UNPAIRED_LOCK, fn, ev->line, ev->column);
	f->confidence = CONF_LOW;
	f->message = arena_printf(&d->r->arena, "%s is held with no scope; "
		"%u of the %u functions that hold it have one",
		story_ref(&d->story, ref), habit->scoped,
		habit->scoped + habit->bare);
	story_acquire(&d->story, &way, ref);
	f->evidence = story_take(&d->story);
	story_wait(&d->story, set, wait, ref);
	f->reclaim = story_take(&d->story);
}

static void check_bare(struct decision *d, uint32_t fn,
		       const struct habit *habits)
{
	const struct points *pts = d->reclaim->pts;
	const struct func *f = program_func(d->s->p, fn);
	struct map seen;

	map_init(&seen);
	for (uint32_t i = 0; i < f->nr_events; i++) {
		const struct point *pt = point_at(pts, fn, f->first_event + i);
		uint32_t nr;
		const ref_t *refs = points_set(pts, pt->held, &nr);

		for (uint32_t j = 0; j < nr; j++) {
			uint32_t *slot;

			if (!habit_has_scope(&habits[refs[j]]) ||
			    !ref_is_shared(&d->s->refs, refs[j]) ||
			    ref_is_instance(&d->s->refs, refs[j]))
				continue;
			slot = map_at(&seen, refs[j], NULL);
			if (*slot)
				continue;
			*slot = 1;
			check_holder(d, fn, refs[j], &habits[refs[j]]);
		}
	}
	map_release(&seen);
}

void find_unpaired(struct decision *d, const struct habit *habits)
{
	const struct points *pts = d->reclaim->pts;

	for (uint32_t fn = 0; fn < program_nr_fns(d->s->p); fn++)
		if (pts->of[program_fn(d->s->p, fn)->file] &&
		    !(program_func(d->s->p, fn)->flags & FUNC_MACRO))
			check_bare(d, fn, habits);
}
