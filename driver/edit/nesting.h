/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How deep in its sections a function is, place by place. For the layer
 * itself.
 */
#ifndef EDIT_NESTING_H
#define EDIT_NESTING_H

#include "edit/section.h"

#define DEPTH_UNKNOWN	(-1)

struct nesting {
	int *acquires, *releases;	/* depth before each point of the
					 * section, DEPTH_UNKNOWN */
	int *events;			/* before each event of the function */
	uint32_t first_event, nr_events;
};

/**
 * nesting_init() - walk the function's flow graph, one deeper behind each
 * acquire of @s and one less behind each release.
 *
 * What is reached with different depths, or not at all, is DEPTH_UNKNOWN; an
 * acquire that may fail counts as taken.
 */
void nesting_init(struct nesting *n, const struct facts *facts,
		  const struct func *fn, const struct section *s);
void nesting_release(struct nesting *n);

/** nesting_of_site() - depth at the site of @facts at byte @offset. */
int nesting_of_site(const struct nesting *n, const struct facts *facts,
		    uint32_t offset);

#endif
