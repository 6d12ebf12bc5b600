/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Changes on top of changes: what a new scope makes needless is changed in the
 * same run.
 */
#ifndef CMD_ROUNDS_H
#define CMD_ROUNDS_H

#include "cmd/pipeline.h"
#include "edit/plan.h"

struct rounds {
	struct pipeline *pipeline;
	const struct pipeline_opts *in;	/* that it was run with */
	/* Plans for the sites of @r, as plans_make() gives them. */
	void (*make)(void *ctx, const struct result *r, struct plans *out);
	/* Whose patch is it? NULL: not asked. */
	const char *(*group)(void *ctx, const char *path);
	void *ctx;
	bool once;			/* the result is no judge's */
};

/**
 * rounds_run() - carry out stacked plans for the pipeline's result, then judge
 * the tree as it would be and do so again, until no scope is opened any more.
 * @o: as for edit_plans(); its read() is asked for files as they were
 * @out: initialised; borrows from the pipeline's results
 * @stats: out, of all rounds
 *
 * With @o->fold, parameters that have become useless go at the end, from
 * functions that several files use; a run over a shard does not know them all.
 * What an earlier round refused is not told a second time. Return: 0 or a
 * negative code, as edit_plans() and pipeline_again().
 */
int rounds_run(const struct rounds *r, const struct edit_opts *o,
	       struct proposals *out, struct edit_stats *stats,
	       struct err *err);

#endif
