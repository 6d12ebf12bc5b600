/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A patch series: proposals as mails in a directory, and as commits.
 */
#ifndef EMIT_SERIES_H
#define EMIT_SERIES_H

#include <stdbool.h>

#include "base/err.h"
#include "edit/proposal.h"
#include "input/maintainers.h"
#include "judge/result.h"

struct series_opts {
	const struct result *result;
	const struct proposals *proposals;	/* stacked, in order */
	struct maintainers *maintainers;	/* NULL: nobody is told */
	/* Subject prefix of a patch, as its files' subsystem writes it. */
	const char *(*prefix)(void *ctx, const struct proposal *p);
	void *ctx;
	const char *from;	/* "A Person <a@example.org>" */
	bool signoff, rfc;
	unsigned int version;	/* 1: not said */
	const char *spatch;	/* its version */
	const char *const *commits;	/* 40 hex digits each, NULL: none */
};

/**
 * series_write() - write the mails into @dir, which is made when missing.
 *
 * Mails of an earlier series of the same version are removed. With no
 * proposals nothing is written. The mails are the same, byte for byte, for
 * the same input.
 */
int series_write(const char *dir, const struct series_opts *o,
		 struct err *err);

/**
 * series_commit() - make the proposals commits on a new branch.
 * @repo: the repository, bare or not; its work tree is not touched
 * @branch: must not exist
 * @commits: out, one id of 40 digits for each proposal, in @arena
 */
int series_commit(const char *repo, const char *branch,
		  const struct series_opts *o, struct arena *arena,
		  const char ***commits, struct err *err);

#endif
