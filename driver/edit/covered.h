/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which masks does a scope cover? For the layer itself.
 */
#ifndef EDIT_COVERED_H
#define EDIT_COVERED_H

#include "edit/inside.h"
#include "edit/plan.h"

/* The places of the scope's function that the sites of a plan are reached
 * through, in the text that is changed. */
struct passages {
	struct section_point **v;	/* of each site: as many as its
					 * nr_through; NULL: none */
	bool *lost;			/* of each site: some are gone */
	uint32_t *own;			/* of each site: its own byte offset
					 * where it is in this file */
};

/** passages_init() - those of @p, in @a; @map: where they have moved, NULL. */
void passages_init(struct passages *ps, const struct plan *p,
		   const struct remap *map, struct arena *a);

/**
 * covered_refuse() - say of the sites that the scope does not cover on every
 * way why their masks stay.
 * @in: of the changed file
 * @why: of each site of @p; those that have one are not looked at
 *
 * Return: how many got one.
 */
int covered_refuse(const struct passages *ps, const struct inside *in,
		   const struct plan *p, const char **why);

#endif
