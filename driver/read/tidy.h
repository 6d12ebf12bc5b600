/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Leaves out what says nothing: assignments to numbers that nobody looks at,
 * and conditions, variables and expressions that nothing refers to.
 */
#ifndef READ_TIDY_H
#define READ_TIDY_H

#include "read/builder.h"
#include "read/idmap.h"

/**
 * tidy_function() - tidy what was added to @b after @start was taken.
 * @names, @locals: scratch, cleared here
 */
void tidy_function(struct builder *b, const struct builder_mark *start,
		   struct idmap *names, struct idmap *locals);

/** tidy_exprs() - the same for the expressions of all of @b. */
void tidy_exprs(struct builder *b);

#endif
