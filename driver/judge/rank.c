// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ranks (see rank.h). High is what is short, fully resolved and the business
 * of one component; low is what somebody has to believe a part of.
 */
#include "judge/rank.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/acquire.h"
#include "judge/wait.h"

enum {			/* calls that a finding of high confidence may have */
	HIGH_ALLOC = 2,		/* from the section to the allocation */
	HIGH_WAIT = 2,		/* from reclaim to where it waits, .. */
	HIGH_WAIT_STATED = 5,	/* .. for a pseudo-lock that it does wait for */
};

enum { TOLD_LOW = 6 };	/* unsure sections of a lock that are told one by one */

static uint32_t component_of(const struct decision *d, uint32_t fn)
{
	return program_fn_file(d->s->p, fn)->component;
}

/* Is the whole story one of a single component? What a library does for many
 * it seldom does for all of them. A pseudo-lock is the same for all. */
static bool is_local(const struct decision *d, const struct candidate *c)
{
	const struct hazard *h = c->hazard;
	uint32_t comp = component_of(d, c->fn);

	for (uint32_t i = 1; i < c->nr_hops; i++)
		if (component_of(d, c->hops[i].fn) != comp)
			return false;
	if (ref_get(&d->s->refs, h->ref)->kind == REF_RESOURCE)
		return true;
	return h->wait->fn != FN_NONE &&
	       component_of(d, wait_first(h->set, h->wait)) == comp &&
	       component_of(d, h->wait->fn) == comp;
}

/* Nothing on the way from the section to the allocation is left to believe:
 * direct calls down to an allocator that has its mask from the knowledge or
 * is handed it as a constant. */
static bool is_plain(const struct decision *d, const struct candidate *c)
{
	const struct hop *last = &c->hops[c->nr_hops - 1];
	const struct pfile *file = program_fn_file(d->s->p, last->fn);
	const struct event *ev = &file->facts->events[last->event];
	const struct know_allocator *k;

	for (uint32_t i = 0; i < c->nr_hops; i++)
		if (program_fn_file(d->s->p, c->hops[i].fn)->facts->
		    events[c->hops[i].event].kind != EV_CALL)
			return false;
	k = program_allocator(d->s->p, file->atoms[ev->name]);
	if (!k || k->gfp_arg < 0)
		return k && !k->doubtful;
	return k->gfp_arg < ev->nr_args &&
	       file->facts->exprs[ev->args + k->gfp_arg].mask & MASK_PRESENT;
}

bool rank_is_coarse(const struct decision *d, ref_t ref)
{
	const struct ref *r = ref_get(&d->s->refs, ref);

	return r->kind == REF_RESOURCE && d->k->resources[r->a].coarse;
}

/* Runs before others can see the object, as far as can be told. */
static bool is_setup(const struct decision *d, const struct view *v,
		     uint32_t fn)
{
	return v->entries == 1 << ENTRY_INIT ||
	       program_func(d->s->p, fn)->flags & FUNC_INIT;
}

/* Does the function that takes the lock also let go of it? What it leaves to
 * others, such as the end of some I/O, is let go of in its own time. */
static bool is_closed(const struct decision *d, const struct candidate *c)
{
	struct deed deeds[ACQUIRE_MAX];

	return acquire_events(d->s, c->fn, c->hazard->ref, true, deeds);
}

static unsigned int wait_limit(const struct decision *d,
			       const struct candidate *c)
{
	const struct ref *r = ref_get(&d->s->refs, c->hazard->ref);

	if (r->kind == REF_RESOURCE &&
	    (d->k->resources[r->a].fs || d->k->resources[r->a].io))
		return HIGH_WAIT_STATED;
	return HIGH_WAIT;
}

/* A worker or thread of a driver that nothing is known of. */
static bool is_any_worker(const struct views *vs, const struct hazard *h)
{
	return h->wait->grade == WAIT_WORKER &&
	       !vs->all->imposed->waited[wait_first(h->set, h->wait)];
}

/* Is a lock held that the shrinker of the super block only tries, and does
 * reclaim come by way of that? Then it does not come while it is the same
 * super block. */
static bool keeps_shrinker_off(const struct decision *d,
			       const struct views *vs,
			       const struct candidate *c)
{
	const struct place *pl = &vs->places[c->place];
	const struct points *pts = vs->all->pts;
	uint32_t nr;
	const ref_t *refs = points_set(pts, point_at(pts, pl->fn,
						     pl->event)->held, &nr);

	if (!wait_is_super(c->hazard->set, c->hazard->wait, d->k))
		return false;
	for (uint32_t i = 0; i < nr; i++)
		if (ref_is_tried(&d->s->refs, refs[i]))
			return true;
	return false;
}

enum confidence rank(const struct decision *d, const struct views *vs,
		     const struct candidate *c)
{
	const struct view *v = &vs->v[c->place];
	const struct wait *w = c->hazard->wait;
	unsigned int more = DOUBT_FAR | DOUBT_BY_NAME;	/* callers, not less */
	unsigned int mild = DOUBT_POINTER | more;
	unsigned int depth = c->nr_hops - 1;

	if (v->doubts & ~mild || w->by_name || depth > 4 ||
	    ref_is_doubtful(&d->s->refs, c->hazard->ref) ||
	    is_setup(d, v, c->fn) || is_any_worker(vs, c->hazard))
		return CONF_LOW;
	if (v->doubts & ~more || w->grade > WAIT_STATED ||
	    rank_is_coarse(d, c->hazard->ref) || !is_closed(d, c))
		return depth <= 2 ? CONF_MODERATE : CONF_LOW;
	if (depth <= HIGH_ALLOC && w->depth <= wait_limit(d, c) &&
	    is_plain(d, c) && is_local(d, c) &&
	    !keeps_shrinker_off(d, vs, c))
		return CONF_HIGH;
	return CONF_MODERATE;
}

/* Two links of a chain are believed, and it is long. */
static bool is_unproven(const struct views *vs, const struct candidate *c)
{
	unsigned int doubts = vs->v[c->place].doubts &
			      ~(DOUBT_FAR | DOUBT_BY_NAME);
	const struct wait *w = c->hazard->wait;

	return (w->grade > WAIT_STATED) + (doubts != 0) + (c->nr_hops > 5) +
	       w->by_name > 1;
}

/* The candidate that stands for those of @c's lock in its component. */
static struct candidate *leader(const struct decision *d, struct map *index,
				struct candidate *list, size_t nr,
				const struct candidate *c)
{
	uint32_t *slot = map_at(index, map_pair(component_of(d, c->fn),
						c->hazard->ref), NULL);

	if (!*slot) {
		*slot = nr + 1;
		return NULL;
	}
	return &list[*slot - 1];
}

size_t rank_gather(const struct decision *d, const struct views *vs,
		   struct candidate *list, size_t nr)
{
	struct map first, count;
	size_t kept = 0;

	map_init(&first);
	map_init(&count);
	for (size_t i = 0; i < nr; i++) {
		struct candidate c = list[i], *to;
		uint32_t *n;

		if (wait_is_odd(d->walk, c.hazard->set, c.hazard->wait,
				c.fn) || is_unproven(vs, &c))
			continue;
		if (rank(d, vs, &c) == CONF_LOW) {
			n = map_at(&count, map_pair(component_of(d, c.fn),
						    c.hazard->ref), NULL);
			to = leader(d, &first, list, kept, &c);
			if (to && ++*n >= TOLD_LOW) {
				to->more++;
				continue;
			}
		}
		list[kept++] = c;
	}
	map_release(&first);
	map_release(&count);
	return kept;
}
