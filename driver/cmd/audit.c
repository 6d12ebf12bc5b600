// SPDX-License-Identifier: GPL-2.0-only
/*
 * gfpscope audit: decide every restricted site of a tree, write the report.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/opts.h"
#include "base/version.h"
#include "cmd/commands.h"
#include "cmd/marking.h"
#include "cmd/output.h"
#include "cmd/pipeline.h"
#include "cmd/propose.h"
#include "edit/spatch.h"
#include "emit/history.h"
#include "emit/report.h"

struct audit {
	struct pipeline_opts in;
	struct output_opts out;
	struct marking_opts marking;
	const char *repo_uri, *shard;
	const char *history, *tree;
	bool exit_code, propose;
};

static const char *const usage[] = {
	"gfpscope audit [<options>] [REV] [-- PATH..]",
	"gfpscope audit --worktree DIR [<options>] [-- PATH..]",
	NULL
};

/* What became of a site is told of whole reports, by merge. */
static int parse_shard(struct audit *a, struct err *err)
{
	if (a->marking.baseline || a->marking.decisions ||
	    a->marking.suppress.nr)
		return err_set(err, ERR_USAGE, "--shard goes without "
			       "--baseline, --suppress and --decisions; give "
			       "them to gfpscope merge");
	if (a->propose)
		return err_set(err, ERR_USAGE, "--shard goes without "
			       "--propose: a change may reach into several "
			       "shards");
	return shard_parse(a->shard, &a->in.shard, err);
}

static int parse(struct audit *a, int argc, const char **argv,
		 struct err *err)
{
	const struct opt opts[] = {
		PIPELINE_OPTS(&a->in),
		{ OPT_STRING, 0, "shard", &a->shard, "I/N",
		  "report the I-th of N parts only, for gfpscope merge" },
		OUTPUT_OPTS(&a->out),
		{ OPT_BOOL, 0, "propose", &a->propose, NULL,
		  "make the diffs too, with Coccinelle" },
		{ OPT_STRING, 0, "repo-uri", &a->repo_uri, "URI",
		  "where the tree comes from, for SARIF" },
		{ OPT_STRING, 0, "history", &a->history, "FILE",
		  "show the past runs that this history has in the page" },
		{ OPT_STRING, 0, "tree", &a->tree, "NAME",
		  ".. those of this tree only" },
		{ OPT_BOOL, 0, "exit-code", &a->exit_code, NULL,
		  "exit 1 when something should be changed (with --baseline: "
		  "something new)" },
		MARKING_OPTS(&a->marking),
		{ OPT_END },
	};
	const struct opts_spec spec = {
		.usage = usage,
		.about = "Reads the tree of REV (HEAD if none is named), decides for every mask\n"
			 "without __GFP_FS or __GFP_IO whether the restriction is needed and by what,\n"
			 "and reports it." PIPELINE_ABOUT,
		.opts = opts,
		.finds = "something to act on (--exit-code)",
		.partial = PIPELINE_PARTIAL,
	};
	int dashdash;
	int rc = opts_parse(&argc, argv, &spec, &dashdash, err);

	if (!rc && a->shard)
		rc = parse_shard(a, err);
	return rc ? rc : pipeline_words(&a->in, argc, argv, dashdash, err);
}

/* Is there something that a person should act on, and is it new? */
static bool has_work(const struct report *r)
{
	const struct result *res = r->result;
	bool compared = r->marks && r->marks->delta;

	for (size_t i = 0; i < res->nr_sites; i++) {
		const struct mark *m = report_site_mark(r, i);

		if (m->suppressed || !verdict_asks(res->sites[i].verdict) ||
		    (m->decision && m->decision->kind == DECIDE_REJECT))
			continue;
		if (!compared || m->delta == DELTA_NEW ||
		    m->delta == DELTA_CHANGED)
			return true;
	}
	for (size_t i = 0; i < res->nr_findings; i++) {
		const struct mark *m = report_finding_mark(r, i);

		if (!m->suppressed && (!compared || m->delta == DELTA_NEW))
			return true;
	}
	return false;
}

static int propose(struct audit *a, const struct cmd_env *env,
		   struct pipeline *p, const struct marks *marks,
		   struct proposals *out, struct strbuf *spatch,
		   struct err *err)
{
	struct propose_opts o = {
		.decisions = marks ? marks->decisions : NULL,
	};
	int rc = spatch_version(NULL, spatch, err);

	if (rc)
		return rc;
	return propose_run(env, p, &a->in, &o, out, NULL, err);
}

/* A history that is not there yet has no past. */
static int load_trend(const struct audit *a, const struct result *r,
		      struct trend *t, struct err *err)
{
	struct history *h = NULL;
	int rc = history_open(&h, a->history, false, err);

	if (!rc)
		rc = history_load(h, a->tree ? a->tree : "", t, err);
	history_close(h);
	if (rc && rc != ERR_NOT_FOUND)
		return rc;
	err_clear(err);
	trend_join(t, r, a->tree ? a->tree : "", GFPSCOPE_VERSION, time(NULL));
	return 0;
}

static int report(struct audit *a, const struct cmd_env *env,
		  const struct output *out, struct pipeline *p,
		  struct marking *marking, int *code, struct err *err)
{
	const struct marks *marks;
	struct proposals proposals;
	struct strbuf spatch = STRBUF_INIT;
	struct trend trend;
	struct report r;
	int rc;

	proposals_init(&proposals);
	trend_init(&trend);
	rc = marking_apply(marking, &p->result, &marks, err);
	if (!rc && a->propose)
		rc = propose(a, env, p, marks, &proposals, &spatch, err);
	if (!rc && a->history)
		rc = load_trend(a, &p->result, &trend, err);
	report_init(&r, &p->result, a->propose ? &proposals : NULL);
	r.marks = marks;
	r.trend = &trend;
	r.spatch = spatch.buf;
	r.data = env->data;
	r.repo_uri = a->repo_uri ? a->repo_uri : "";
	if (!rc)
		rc = output_write(out, &r, a->in.quiet, err);
	if (a->exit_code && has_work(&r))
		*code = EXIT_FINDINGS;
	if (pipeline_code(p) != EXIT_DONE)
		*code = EXIT_PARTIAL;
	report_release(&r);
	trend_release(&trend);
	strbuf_release(&spatch);
	proposals_release(&proposals);
	return rc;
}

static int run(struct audit *a, const struct cmd_env *env, int *code,
	       struct err *err)
{
	struct output out;
	struct marking marking;
	struct pipeline p;
	int rc = output_prepare(&out, &a->out, err);

	if (rc)
		return rc;
	rc = marking_load(&marking, &a->marking, err);
	if (!rc) {
		rc = pipeline_run(&p, env, &a->in, err);
		if (!rc)
			rc = report(a, env, &out, &p, &marking, code, err);
		pipeline_release(&p);
	}
	marking_release(&marking);
	return rc;
}

int cmd_audit(const struct cmd_env *env, int argc, const char **argv)
{
	struct audit a = { .exit_code = false };
	struct err err = ERR_INIT;
	int code = EXIT_DONE;
	int rc = parse(&a, argc, argv, &err);

	if (!rc)
		rc = run(&a, env, &code, &err);
	opt_list_release(&a.in.rules);
	opt_list_release(&a.out.formats);
	opt_list_release(&a.marking.suppress);
	return rc < 0 ? cmd_failed("audit", &err) : code;
}
