/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Views: what the passes of all colours saw of each site (and of each
 * unrestricted allocation), collected.
 */
#ifndef JUDGE_VIEW_H
#define JUDGE_VIEW_H

#include "judge/alloc.h"
#include "judge/context.h"
#include "judge/mask.h"

/* Something that reclaim waits for may be held at the site. */
struct hazard {
	ref_t ref;
	uint32_t colour;
	const struct wait *wait;
	const struct reclaim_set *set;
	enum reclaim_side side;
	bool instance;		/* a lock of an object reclaim cannot hold, or
				 * one that only kswapd waits for */
	bool outside;		/* may be held by a caller already */
	bool foreign;		/* held by a driver that has nothing to do with
				 * the site but that it calls it: see doors */
	bool nowhere;		/* after all not: no way to it is done with the
				 * constants that are handed down */
	struct way way;		/* from the function that takes it */
};

/* A place that is looked at: one where the mask of a site acts, or an
 * allocation with a full mask. */
struct place {
	uint32_t file, fn, event;
	uint32_t site;		/* in views.sites; UINT32_MAX: none */
	struct way way;		/* from fn down to where the mask acts; nr 0:
				 * it acts at the event itself */
	bool seen;		/* some pass reached it */
};

struct view {
	uint8_t levels, doubts;
	uint16_t entries;
	uint32_t colours;		/* passes that reached it */
	struct hazard *hazards;
	uint32_t nr_hazards, cap_hazards;
	struct way free_way;		/* from an entry, no scope on it */
	struct way scoped_way;		/* from where a scope is opened */
	uint32_t free_colour, scoped_colour;
	const char *lost;	/* with DOUBT_MASK: why */
};

/* A site, and what was seen of all of its places. */
struct sited {
	uint32_t file, fn, event;	/* fn FN_NONE: not in a function */
	const struct site *site;
	struct mask_acts acts;
	struct view view;
};

struct views {
	const struct contexts *all;
	struct masks masks;
	struct sited *sites;		/* by file, place in the facts */
	uint32_t nr_sites;
	struct place *places;		/* by fn, event, site */
	uint32_t nr;
	struct view *v;			/* by place; empty: has a site */
	bool *quiet;			/* by component: a leaf whose code never
					 * holds what its reclaim waits for */
	struct arena *colour_arenas;	/* own the ways */
	uint32_t nr_arenas;
};

/** views_make() - run all passes on @threads threads and collect. Places are
 * those of all sites and the calls that allocate under something held.
 * @pts: those of @c; gets the sets that are not there yet */
void views_make(struct views *vs, struct contexts *c, struct points *pts,
		const struct allocs *a, unsigned int threads);
void views_release(struct views *vs);

#endif
