/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From the result of a pipeline to proposals, for all commands that make any.
 */
#ifndef CMD_PROPOSE_H
#define CMD_PROPOSE_H

#include <stdbool.h>

#include "base/err.h"
#include "cmd/commands.h"
#include "cmd/pipeline.h"
#include "edit/edit.h"
#include "emit/decisions.h"

struct propose_opts {
	bool no_sandbox;
	bool stacked;				/* see struct edit_opts; with
						 * what new scopes free */
	bool judged;				/* the result is a judge's */
	bool fold;				/* .. */
	const char *done;			/* .. */
	unsigned int seconds;			/* .. */
	const char *build;			/* .. */
	const char *spatch;			/* NULL: from PATH */
	const struct decisions *decisions;	/* checked; NULL: none */
	/* Which sites; NULL: those that edit_wanted() takes. Decisions come
	 * on top: what was rejected is never changed. */
	bool (*want)(void *ctx, const struct result_site *site);
	void *ctx;
};

/**
 * propose_run() - propose changes for the sites of @p's result.
 * @in: the options that @p was run with
 * @out: initialised and empty; borrows sites from the result
 * @stats: may be NULL
 *
 * An `instance` site is changed only when a person accepted it; no decision
 * makes a change of a site whose verdict asks for none.
 */
int propose_run(const struct cmd_env *env, struct pipeline *p,
		const struct pipeline_opts *in, const struct propose_opts *o,
		struct proposals *out, struct edit_stats *stats,
		struct err *err);

/** propose_tell_wrappers() - on stderr: where a parameter has become useless,
 * and what became of it. */
void propose_tell_wrappers(const struct proposals *p);

#endif
