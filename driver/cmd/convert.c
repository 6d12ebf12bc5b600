// SPDX-License-Identifier: GPL-2.0-only
/*
 * gfpscope convert: from decided sites to diffs that apply, in a directory, on
 * stdout or in a work tree.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/opts.h"
#include "base/str.h"
#include "cmd/apply.h"
#include "cmd/branch.h"
#include "cmd/commands.h"
#include "cmd/marking.h"
#include "cmd/pipeline.h"
#include "cmd/propose.h"
#include "cmd/selection.h"
#include "edit/spatch.h"
#include "emit/proposals.h"
#include "emit/read_plan.h"

struct convert {
	struct pipeline_opts in;
	const char *plan, *from, *out, *branch, *decisions_file, *build;
	bool apply, stacked, no_sandbox, fold;
	unsigned int seconds;
	struct opt_list only;
	struct selection selection;
	struct decisions decisions;

	struct pipeline p;
	struct proposals proposals;
	struct edit_stats stats;
	struct strbuf spatch;
};

static const char *const usage[] = {
	"gfpscope convert [<options>] [REV] [-- PATH..]",
	"gfpscope convert --worktree DIR [<options>] [-- PATH..]",
	NULL
};

static int check_words(struct convert *c, struct err *err)
{
	if (c->apply + !!c->out + !!c->branch > 1)
		return err_set(err, ERR_USAGE,
			       "--apply, --branch and -o exclude each other");
	if (c->branch && c->in.worktree)
		return err_set(err, ERR_USAGE,
			       "--branch needs a commit to start from, not a plain directory");
	if (c->stacked && !c->out)
		return err_set(err, ERR_USAGE,
			       "--stacked is about the diffs that -o writes");
	/* what is one text is one patch */
	c->stacked |= c->apply || c->branch || (c->out && !strcmp(c->out, "-"));
	return selection_parse(&c->selection, &c->only, err);
}

static int parse(struct convert *c, int argc, const char **argv,
		 struct err *err)
{
	const struct opt opts[] = {
		PIPELINE_OPTS(&c->in),
		SELECTION_OPTS(c),
		{ OPT_STRING, 0, "plan", &c->plan, "FILE",
		  "change what this plan says and judge nothing" },
		{ OPT_GROUP, 0, NULL, NULL, NULL, "where it goes" },
		{ OPT_STRING, 'o', "output", &c->out, "DIR",
		  "one diff per proposal and proposals.json; - is stdout" },
		{ OPT_BOOL, 0, "stacked", &c->stacked, NULL,
		  "number the diffs of -o DIR, each to be applied on those before it" },
		{ OPT_BOOL, 0, "apply", &c->apply, NULL,
		  "change the work tree, which must be clean" },
		{ OPT_STRING, 0, "branch", &c->branch, "NAME",
		  "one commit per proposal on a new branch; no work tree is touched" },
		{ OPT_UINT, 0, "spatch-seconds", &c->seconds, "N",
		  "limit for one run of Coccinelle (default: 120)" },
		{ OPT_END },
	};
	const struct opts_spec spec = {
		.usage = usage,
		.about = "Changes the sites that an audit of REV has decided "
			 "with high confidence: needless masks become plain, "
			 "needed ones become scopes where the critical section "
			 "is. Each change is checked: it applies, its scopes "
			 "balance on every path, the sites are gone and nothing "
			 "else has changed. What fails a check is refused, with "
			 "the reason. --apply, --branch, --stacked and -o - "
			 "go on with masks that a new scope covers until "
			 "none is left; else each diff stands alone."
			 PIPELINE_ABOUT,
		.opts = opts,
		.partial = PIPELINE_PARTIAL,
	};
	int dashdash;
	int rc = opts_parse(&argc, argv, &spec, &dashdash, err);

	if (!rc)
		rc = pipeline_words(&c->in, argc, argv, dashdash, err);
	return rc ? rc : check_words(c, err);
}

static int read_blob(void *ctx, const char *path, struct strbuf *out,
		     struct err *err)
{
	struct convert *c = ctx;

	return source_read_file(c->p.source, path, out, err);
}

/* As the pipeline would leave it, but for the judgement. */
static int load_plan(struct convert *c, const struct cmd_env *env,
		     struct err *err)
{
	struct strbuf dir = STRBUF_INIT;
	const char *dirs[1];
	int rc;

	memset(&c->p, 0, sizeof(c->p));
	result_init(&c->p.result);
	strbuf_addf(&dir, "%s/cocci/kernel", env->data);
	dirs[0] = dir.buf;
	rc = knowledge_load(&c->p.knowledge, dirs, 1, err);
	strbuf_release(&dir);
	if (!rc && c->in.worktree)
		rc = source_open_dir(&c->p.source, c->in.worktree, err);
	else if (!rc)
		rc = source_open_git(&c->p.source,
				     c->in.repo ? c->in.repo : ".",
				     c->in.rev, err);
	if (!rc)
		rc = source_list(c->p.source, NULL, 0, &c->p.files, err);
	if (!rc)
		rc = plan_file_read(c->plan, read_blob, c, &c->p.result, err);
	if (!rc)
		c->p.result.tree.revision =
			arena_strdup(&c->p.result.arena,
				     source_info(c->p.source)->revision);
	return rc;
}

static bool want(void *ctx, const struct result_site *site)
{
	return selection_has(&((struct convert *)ctx)->selection, site);
}

static int propose(struct convert *c, const struct cmd_env *env,
		   struct err *err)
{
	struct strbuf done = STRBUF_INIT;
	struct propose_opts o = {
		.no_sandbox = c->no_sandbox, .want = want, .ctx = c,
		.stacked = c->stacked, .judged = !c->plan, .fold = c->fold,
		.seconds = c->seconds, .build = c->build,
		.decisions = &c->decisions,
	};
	int rc = 0;

	decisions_check(&c->decisions, &c->p.result);
	marking_tell_stale(&c->decisions);
	if (c->from)
		rc = selection_from(&c->selection, c->from,
				    c->p.result.tree.revision, err);
	if (!rc)
		rc = spatch_version(NULL, &c->spatch, err);
	if (c->out && !c->stacked) {
		strbuf_addf(&done, "%s/.done", c->out);
		o.done = done.buf;
	}
	if (!rc)
		rc = propose_run(env, &c->p, &c->in, &o, &c->proposals,
				 &c->stats, err);
	strbuf_release(&done);
	return rc;
}

static void print_refused(const struct proposals *p)
{
	size_t i, k;

	for (i = 0; i < p->nr_refused; i++)
		for (k = 0; k < p->refused[i].nr_sites; k++)
			fprintf(stderr, "%s:%u:%u: refused: %s\n",
				p->refused[i].sites[k]->path,
				p->refused[i].sites[k]->line,
				p->refused[i].sites[k]->column,
				p->refused[i].why);
}

static void print_diffs(const struct proposals *p)
{
	size_t i;

	for (i = 0; i < p->nr; i++)
		fputs(p->v[i].diff, stdout);
}

static void print_summary(const struct convert *c)
{
	size_t i, unsure;

	for (i = 0; i < c->proposals.nr; i++)
		printf("%s  %-9s %3zu site%s  %s: %s\n", c->proposals.v[i].id,
		       proposal_kind_name(c->proposals.v[i].kind),
		       c->proposals.v[i].nr_sites,
		       c->proposals.v[i].nr_sites == 1 ? " " : "s",
		       c->proposals.v[i].files[0], c->proposals.v[i].title);
	if (c->stats.plans)
		return;
	unsure = selection_unsure(&c->selection, &c->p.result);
	if (unsure)
		printf("nothing to change: %zu site%s decided so, but with less confidence (--only moderate, --only low)\n",
		       unsure, unsure == 1 ? " is" : "s are");
	else
		puts("nothing to change: no site was decided so");
}

static int output(struct convert *c, struct err *err)
{
	bool to_stdout = c->out && !strcmp(c->out, "-");
	int rc = 0;

	if (!c->in.quiet || to_stdout) {
		print_refused(&c->proposals);
		propose_tell_wrappers(&c->proposals);
	}
	if (to_stdout) {
		print_diffs(&c->proposals);
	} else {
		if (c->apply)
			rc = apply_worktree(&c->in, &c->p.result,
					    &c->proposals, err);
		else if (c->branch)
			rc = branch_make(&c->in, &c->p.result, &c->proposals,
					 c->branch, c->spatch.buf, err);
		else if (c->out)
			rc = proposals_write(c->out, &c->proposals,
					     &c->p.result, c->spatch.buf,
					     c->stacked, err);
		if (!rc)
			print_summary(c);
	}
	if (!rc && !c->in.quiet && c->stats.plans)
		say_note("%zu of %zu sites in %zu changes, %zu refused; %.1f CPU seconds of Coccinelle",
			 c->stats.sites_done, c->stats.sites, c->proposals.nr,
			 c->stats.sites_refused, c->stats.cpu);
	return rc;
}

static int run(struct convert *c, const struct cmd_env *env, int *code,
	       struct err *err)
{
	int rc = c->apply ? apply_check_clean(&c->in, err) : 0;

	if (!rc && c->decisions_file)
		rc = decisions_read(&c->decisions, c->decisions_file, err);
	if (rc)
		return rc;
	if (c->plan)
		rc = load_plan(c, env, err);
	else
		rc = pipeline_run(&c->p, env, &c->in, err);
	if (!rc)
		rc = propose(c, env, err);
	if (!rc)
		rc = output(c, err);
	if (!rc)
		*code = pipeline_code(&c->p);
	proposals_release(&c->proposals);
	pipeline_release(&c->p);
	return rc;
}

int cmd_convert(const struct cmd_env *env, int argc, const char **argv)
{
	struct convert c = { .spatch = STRBUF_INIT };
	struct err err = ERR_INIT;
	int code = EXIT_DONE, rc;

	proposals_init(&c.proposals);
	decisions_init(&c.decisions);
	rc = parse(&c, argc, argv, &err);
	if (!rc)
		rc = run(&c, env, &code, &err);
	selection_release(&c.selection);
	decisions_release(&c.decisions);
	strbuf_release(&c.spatch);
	opt_list_release(&c.only);
	opt_list_release(&c.in.rules);
	return rc < 0 ? cmd_failed("convert", &err) : code;
}
