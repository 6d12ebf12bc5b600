// SPDX-License-Identifier: GPL-2.0-only
/*
 * Trust in scopes (see trust.h).
 *
 * Each call of a chain is taken under conditions that are not looked at: state
 * of the object, flags, what was done before. The longer it is, the more of
 * them exclude each other.
 */
#include "judge/trust.h"

#include "judge/live.h"
#include "judge/wait.h"

enum {			/* calls; more are far away */
	FAR_ALLOC = 6,		/* from the lock to the site: few agree that
				 * the one is the reason for the other */
	FAR_WAIT = 6,		/* from reclaim to where it waits */
	NEAR_WAIT = 4,		/* .. for high confidence */
};

/* Lines of a section; over more, a scope says little about what it is for. */
enum { LONG_SECTION = 100 };

/* Is the section all that makes the site unsafe? Only then may the mask go
 * once the section has its scope. */
static bool is_whole_story(const struct view *v)
{
	ref_t ref = 0;

	for (uint32_t i = 0; i < v->nr_hazards; i++) {
		const struct hazard *h = &v->hazards[i];

		if (h->instance)
			continue;
		if (h->outside || h->way.nr != 1 || (ref && ref != h->ref))
			return false;
		ref = h->ref;
	}
	return !v->doubts && !(v->entries & (ENTRY_WAITED_FS |
					     ENTRY_WAITED_IO));
}

static bool is_long(const struct section *s)
{
	uint32_t last = s->line;

	for (size_t i = 0; i < s->nr_releases; i++)
		if (s->releases[i].line > last)
			last = s->releases[i].line;
	return last - s->line > LONG_SECTION;
}

/*
 * Does the chain to @w lead through a function that turns back in reclaim, on
 * some other way than this? Or does a worker wait in the very function whose
 * section it is, @fn, so that it would be in its own way?
 */
static bool is_odd_chain(const struct decision *d, const struct hazard *at,
			 uint32_t fn)
{
	const struct wait *w = at->wait;
	const struct visit *v;

	if (w->fn == FN_NONE)
		return false;
	if (w->via)
		return w->fn == fn;
	for (v = visits_find(&at->set->visits, w->fn); v;
	     v = v->from == FN_NONE ? NULL :
				visits_find(&at->set->visits, v->from))
		if ((v->fn == fn && w->worker) ||
		    live_asks(d->s->p, v->fn))
			return true;
	return false;
}

/* Does reclaim, without a worker, wait in @fn itself? */
static bool waits_in(const struct hazard *at, uint32_t fn)
{
	return at->wait->fn == fn;
}

enum confidence trust_scope(const struct decision *d, const struct view *v,
			    const struct hazard *at, const struct section *s,
			    uint32_t fn)
{
	const struct wait *w = at->wait;

	if (v->doubts || w->grade >= WAIT_SELDOM || w->depth > FAR_WAIT ||
	    at->way.nr > FAR_ALLOC || is_long(s) ||
	    ref_is_doubtful(&d->s->refs, at->ref) || is_odd_chain(d, at, fn))
		return CONF_LOW;
	if (is_whole_story(v) && w->depth <= NEAR_WAIT && !waits_in(at, fn))
		return CONF_HIGH;
	return CONF_MODERATE;
}
