/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Plans in the order and size in which people read patches.
 */
#ifndef EDIT_BATCH_H
#define EDIT_BATCH_H

#include "edit/plan.h"

struct batch_opts {
	bool (*want)(void *ctx, const struct result_site *site);
	/* Whose patch is it? Sites with equal groups go together. */
	const char *(*group)(void *ctx, const char *path);
	void *ctx;
	size_t max_sites;	/* of one patch */
};

/**
 * batch_make() - group by maintainer, then by reason: for each scope first the
 * patch that opens it, then those that drop the masks it covers; redundant,
 * needless and other masks apart from each other.
 *
 * The plans are meant to be stacked in this order (edit_plans()).
 */
void batch_make(const struct result *r, const struct batch_opts *o,
		struct plans *p);

#endif
