// SPDX-License-Identifier: GPL-2.0-only
/*
 * Trust in scopes (see trust.h).
 *
 * Each call of a chain is taken under conditions that are not looked at: state
 * of the object, flags, what was done before. The longer it is, the more of
 * them exclude each other.
 */
#include "judge/trust.h"

#include <stdlib.h>

#include "judge/extent.h"
#include "judge/hazard.h"
#include "judge/live.h"
#include "judge/rank.h"
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

/* Does @fn test whether it runs in reclaim, or ask a function for it before
 * @event? */
static bool turns_back(const struct program *p, uint32_t fn, uint32_t event)
{
	const struct func *f = program_func(p, fn);
	const struct facts *facts = program_fn_file(p, fn)->facts;

	if (live_asks(p, fn))
		return true;
	for (uint32_t i = f->first_event; i < event; i++) {
		const struct target *t;
		size_t nr;

		if (facts->events[i].kind != EV_CALL)
			continue;
		t = program_targets(p, fn, i, &nr);
		if (nr == 1 && live_asks(p, t[0].fn))
			return true;
	}
	return false;
}

/*
 * Does the chain lead through a function that turns back in reclaim, on some
 * other way than this? Or does a worker, or a task that holds something else,
 * wait in the very function whose section it is, @fn, so that it would be in
 * its own way?
 */
static bool is_odd_chain(const struct decision *d, const struct wait *w,
			 const struct wait_call *chain, unsigned int nr,
			 uint32_t fn)
{
	if ((w->worker || w->via) && w->fn == fn)
		return true;
	if (w->fn != FN_NONE && !w->via &&
	    turns_back(d->s->p, w->fn, w->event))
		return true;
	for (unsigned int i = 0; i < nr; i++)
		if ((w->worker && chain[i].from == fn) ||
		    turns_back(d->s->p, chain[i].from, chain[i].event))
			return true;
	return false;
}

static bool is_held(const struct program *p, const struct hop *h,
		    const struct section *s)
{
	return extent_holds(program_fn_file(p, h->fn)->facts,
			    program_func(p, h->fn), s, h->event);
}

/* Is what makes the section @s, of @fn, perhaps not held at the call that leads
 * to the site? A scope around a whole function is for what a caller holds. */
static bool may_be_closed(struct decision *d, const struct hazard *at,
			  const struct section *s, uint32_t fn)
{
	const struct way *way = &at->way;
	const struct section *held;

	for (uint32_t i = 0; i < way->nr && !s->whole_function; i++)
		if (way->v[i].fn == fn)
			return !is_held(d->s->p, &way->v[i], s);
	if (!s->whole_function || !way->nr || way->v[0].fn == fn)
		return false;
	held = section_for(d, way->v[0].fn, at->ref, s->restriction);
	return !held || !is_held(d->s->p, &way->v[0], held);
}

/* May the section open a scope by itself, under a condition or with a count of
 * who has, before it comes to the site? Then another is perhaps needless. */
static bool may_have_scope(const struct decision *d, const struct hazard *at,
			   const struct section *s)
{
	const struct way *way = &at->way;

	for (uint32_t i = 0; i < way->nr; i++)
		if (point_at(d->contexts->pts, way->v[i].fn,
			     way->v[i].event)->open_may >=
		    level_of(s->restriction))
			return true;
	return false;
}

/* Are all calls from the lock to the site done with the arguments they get? */
static bool is_done(const struct decision *d, const struct way *way)
{
	struct live how = { .p = d->s->p, .lasts = &d->reclaim->lasts };

	return live_way(&how, d->s->deciding, way);
}

/* Likewise from where reclaim begins to where it waits. A chain is that of the
 * first who came to each function, and not all who come wait there. */
static bool is_undone_chain(const struct decision *d, const struct wait *w,
			    const struct wait_call *chain, unsigned int nr)
{
	struct hop hops[WAIT_CHAIN + 1];
	struct way way = { hops, 0 };

	if (w->worker)
		return false;	/* queued work is called by nobody there */
	while (nr--)
		hops[way.nr++] = (struct hop){ chain[nr].from,
					       chain[nr].event };
	hops[way.nr++] = (struct hop){ w->fn, w->event };
	return w->fn != FN_NONE && !is_done(d, &way);
}

/* Does the chain begin with a worker of a driver? Whether I/O waits for that one
 * only the knowledge says. */
static bool is_any_worker(const struct decision *d, const struct hazard *at)
{
	const struct visit *v = wait_root(at->set, at->wait);

	return v && v->worker && !d->contexts->imposed->waited[v->fn];
}

/* Is @fn left by the chain, or does it wait, behind @event? */
static bool is_behind(const struct wait *w, const struct wait_call *chain,
		      unsigned int nr, uint32_t fn, uint32_t event)
{
	for (unsigned int i = 0; i < nr; i++)
		if (chain[i].from == fn && chain[i].event > event)
			return true;
	return w->fn == fn && w->event > event;
}

/* Does reclaim come, on its way to the lock, to where it waits for something
 * else that may be held at the site? It would never get further then, but for
 * another object's. */
static bool has_gate(const struct view *v, const struct hazard *at,
		     const struct wait_call *chain, unsigned int nr)
{
	for (uint32_t i = 0; i < v->nr_hazards; i++) {
		const struct hazard *h = &v->hazards[i];

		if (h->ref != at->ref && h->set == at->set &&
		    h->wait->fn != FN_NONE &&
		    is_behind(at->wait, chain, nr, h->wait->fn,
			      h->wait->event))
			return true;
	}
	return false;
}

/* Is the lock perhaps not the one that reclaim waits for: that of another
 * object in use, of the dying inode, or of many by one name? */
static bool is_any_lock(const struct decision *d, const struct hazard *at)
{
	return at->wait->elsewhere || rank_is_coarse(d, at->ref) ||
	       ref_is_doubtful(&d->s->refs, at->ref) ||
	       ref_is_part(&d->s->refs, at->ref);
}

enum confidence trust_scope(struct decision *d, const struct view *v,
			    const struct hazard *at, const struct section *s,
			    uint32_t fn)
{
	const struct wait *w = at->wait;
	struct wait_call chain[WAIT_CHAIN];
	unsigned int nr = wait_chain(at->set, w, chain);

	if (v->doubts || w->grade >= WAIT_ORDERED || nr > FAR_WAIT ||
	    at->way.nr > FAR_ALLOC || is_long(s) || is_any_lock(d, at) ||
	    is_odd_chain(d, w, chain, nr, fn) ||
	    is_undone_chain(d, w, chain, nr) ||
	    hazard_is_left_alone(d->contexts, at, fn) ||
	    has_gate(v, at, chain, nr) || is_any_worker(d, at) ||
	    may_have_scope(d, at, s) ||
	    may_be_closed(d, at, s, fn) || !is_done(d, &at->way))
		return CONF_LOW;
	if (is_whole_story(v) && w->grade <= WAIT_STATED && nr <= NEAR_WAIT &&
	    w->fn != fn)
		return CONF_HIGH;
	return CONF_MODERATE;
}
