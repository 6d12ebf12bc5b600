// SPDX-License-Identifier: GPL-2.0-only
/*
 * Proposals for a pipeline's result: finds the rules, says where the source
 * is, and lets people's decisions choose among the sites.
 */
#include "cmd/propose.h"

#include <stdio.h>

#include "base/str.h"
#include "cmd/rounds.h"

struct propose {
	struct pipeline *pipeline;
	const struct propose_opts *opts;
};

static int read_blob(void *ctx, const char *path, struct strbuf *out,
		     struct err *err)
{
	struct propose *p = ctx;

	return source_read_file(p->pipeline->source, path, out, err);
}

static bool want(void *ctx, const struct result_site *site)
{
	const struct propose_opts *o = ((struct propose *)ctx)->opts;

	return decisions_allow(o->decisions, site,
			       o->want ? o->want(o->ctx, site)
				       : edit_wanted(NULL, site));
}

static void make_plans(void *ctx, const struct result *r, struct plans *out)
{
	plans_make(r, want, ctx, out);
}

int propose_run(const struct cmd_env *env, struct pipeline *p,
		const struct pipeline_opts *in, const struct propose_opts *o,
		struct proposals *out, struct edit_stats *stats,
		struct err *err)
{
	struct strbuf rules = STRBUF_INIT;
	struct propose ctx = { p, o };
	struct rounds rounds = {
		.pipeline = p, .in = in, .make = make_plans, .ctx = &ctx,
		.once = !o->judged,
	};
	struct edit_opts eo = {
		.words = p->knowledge.masks,
		.nr_words = p->knowledge.nr_masks,
		.threads = in->threads,
		.spatch = o->spatch,
		.no_sandbox = o->no_sandbox,
		.quiet = in->quiet,
		.stacked = o->stacked,
		.fold = o->fold,
		.done = o->done,
		.seconds = o->seconds,
		.build = o->build,
		.read = read_blob,
		.want = want,
		.ctx = &ctx,
	};
	int rc;

	strbuf_addf(&rules, "%s/cocci/convert/nofs.cocci", env->data);
	eo.rules = rules.buf;
	if (in->worktree) {
		eo.worktree = in->worktree;
	} else {
		eo.repo = in->repo ? in->repo : ".";
		eo.rev = p->result.tree.revision;
	}
	if (o->stacked)
		rc = rounds_run(&rounds, &eo, out, stats, err);
	else
		rc = edit_run(&eo, &p->result, out, stats, err);
	strbuf_release(&rules);
	return rc;
}

void propose_tell_wrappers(const struct proposals *p)
{
	size_t i, k;

	for (i = 0; i < p->nr; i++) {
		for (k = 0; k < p->v[i].nr_wrappers; k++) {
			const struct wrapper *w = &p->v[i].wrappers[k];

			fprintf(stderr, "%s:%u: %s: %s() is handed GFP_KERNEL in every call (%u): its parameter '%s' %s%s\n",
				w->path, w->line, w->folded ? "folded" : "note",
				w->function, w->calls, w->parameter,
				w->folded ? "is gone" :
				w->why ? "stays: " : "is of no use (--fold-params)",
				w->why ? w->why : "");
		}
	}
}
