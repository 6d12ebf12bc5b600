/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Proposals as commits on a new branch, and who makes them.
 */
#ifndef CMD_BRANCH_H
#define CMD_BRANCH_H

#include "base/err.h"
#include "base/str.h"
#include "cmd/pipeline.h"
#include "edit/proposal.h"

/** author_find() - "A Person <a@example.org>" as git would use it in @repo
 * (NULL: here), appended to @out. */
int author_find(const char *repo, struct strbuf *out, struct err *err);

/**
 * branch_make() - one commit for each of @proposals, in order, on top of what
 * was audited.
 * @proposals: stacked
 * @branch: must not exist; no work tree and no index is touched
 * @spatch: version of Coccinelle
 */
int branch_make(const struct pipeline_opts *in, const struct result *r,
		const struct proposals *proposals, const char *branch,
		const char *spatch, struct err *err);

#endif
