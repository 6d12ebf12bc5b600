/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From decided sites to verified diffs.
 */
#ifndef EDIT_EDIT_H
#define EDIT_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "edit/proposal.h"
#include "judge/result.h"

struct edit_opts {
	const char *rules;		/* absolute path of convert/nofs.cocci */
	const struct mask_word *words;	/* what the reader needs; borrowed */
	size_t nr_words;
	unsigned int threads;		/* 0: one per CPU */
	const char *spatch;		/* NULL: from PATH */
	unsigned int seconds;		/* of one Coccinelle run, 0: 120 */
	size_t memory;			/* .. bytes, 0: 2 GiB */
	bool no_sandbox;
	bool quiet;			/* no progress line */
	bool fold;			/* take away parameters that are
					 * GFP_KERNEL in every call */
	bool stacked;			/* diffs apply one after the other, in
					 * order; else each by itself */

	/* Where the source is: a revision, or a plain directory. With
	 * neither, whether diffs apply is not checked. */
	const char *repo, *rev;
	const char *worktree;

	/* A configured kernel build directory of the same tree: changed files
	 * are compiled by its saved commands. NULL: they are not. */
	const char *build;

	/* Directory where finished proposals are kept and looked for. */
	const char *done;

	/* Append the file @path to @out; called from one thread. */
	int (*read)(void *ctx, const char *path, struct strbuf *out,
		    struct err *err);
	/* Told of each file as the stacked changes have left it; NULL. */
	void (*changed)(void *ctx, const char *path, const struct strbuf *now);
	/* Shall this site be changed? NULL: those with a verdict that
	 * proposes a change, of high confidence, `instance` excepted. */
	bool (*want)(void *ctx, const struct result_site *site);
	void *ctx;
};

struct edit_stats {
	size_t plans, sites, sites_done, sites_refused;
	size_t sites_kept;		/* of those done: they have a scope, the
					 * mask stays */
	double cpu;			/* seconds used by Coccinelle */
};

/**
 * edit_run() - propose changes for the wanted sites of @r.
 * @out: initialised; what there is stays in front. Borrows sites from @r
 * @stats: out, may be NULL
 *
 * A change that cannot be made or proven ends in out->refused with the
 * reason. Return: 0; a negative code when nothing could be tried (no
 * Coccinelle, no temporary directory, an unreadable tree).
 */
int edit_run(const struct edit_opts *o, const struct result *r,
	     struct proposals *out, struct edit_stats *stats,
	     struct err *err);

/** edit_wanted() - the default of edit_opts.want. */
bool edit_wanted(void *ctx, const struct result_site *site);

#endif
