/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Proposals as files: one diff each, and an index of all.
 */
#ifndef EMIT_PROPOSALS_H
#define EMIT_PROPOSALS_H

#include "base/err.h"
#include "edit/proposal.h"
#include "judge/result.h"

/**
 * proposals_write() - write proposals.json and <id>.diff into @dir.
 * @numbered: <NNNN>-<id>.diff instead, so that names are in the order that
 *	the diffs apply in
 *
 * @dir is made when missing. Diffs of earlier runs that are not among @p are
 * removed, so that what stands there is one run's work. proposals.json comes
 * last: once it is there, all it names is there.
 */
int proposals_write(const char *dir, const struct proposals *p,
		    const struct result *r, const char *spatch, bool numbered,
		    struct err *err);

#endif
