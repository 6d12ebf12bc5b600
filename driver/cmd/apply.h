/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Changes to a work tree that somebody works in.
 */
#ifndef CMD_APPLY_H
#define CMD_APPLY_H

#include "base/err.h"
#include "cmd/pipeline.h"
#include "edit/proposal.h"

/** apply_check_clean() - refuse a work tree with changes that are not
 * committed, or none at all. Call it before the long work. */
int apply_check_clean(const struct pipeline_opts *in, struct err *err);

/**
 * apply_worktree() - apply all diffs of @p, which stack, or none.
 *
 * The work tree must be at the revision that @r was made of.
 */
int apply_worktree(const struct pipeline_opts *in, const struct result *r,
		   const struct proposals *p, struct err *err);

#endif
