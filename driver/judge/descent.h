/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Descents: from a call down to an allocation, through pointers of one
 * colour only.
 */
#ifndef JUDGE_DESCENT_H
#define JUDGE_DESCENT_H

#include "judge/alloc.h"
#include "judge/hop.h"

enum { DESCENT_MAX = 8 };	/* hops, the allocation's own included */

struct descent {
	const struct allocs *allocs;
	struct node *nodes;	/* of the last search */
	uint32_t nr, cap;
};

void descent_init(struct descent *ds, const struct allocs *a);
void descent_release(struct descent *ds);

/**
 * descent_find() - a shortest way from @top to an allocation that a scope of
 * @level does not cover, in the pass of @colour.
 * @ref: what @top holds; where a callee has let go of it is skipped
 * @hops: DESCENT_MAX of them; the last holds the allocation
 * Return: number of hops, 0 when there is none so near.
 */
uint32_t descent_find(struct descent *ds, struct hop top, ref_t ref,
		      enum level level, uint32_t colour, struct hop *hops);

#endif
