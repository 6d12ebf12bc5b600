// SPDX-License-Identifier: GPL-2.0-only
/*
 * gfpscope convert: from decided sites to diffs that apply.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/opts.h"
#include "base/str.h"
#include "cmd/commands.h"
#include "cmd/selection.h"
#include "edit/edit.h"
#include "edit/spatch.h"
#include "emit/proposals.h"
#include "emit/read_plan.h"
#include "input/source.h"
#include "link/knowledge.h"

struct convert {
	const char *repo, *rev, *worktree;
	const char *plan, *out;
	unsigned int threads;
	bool quiet, no_sandbox;
	struct opt_list only, rules;
	struct selection selection;

	struct source *source;
	struct knowledge knowledge;
	struct result result;
	struct proposals proposals;
	struct edit_stats stats;
};

static const char *const usage[] = {
	"gfpscope convert [<options>] [REV] [-- PATH..]",
	"gfpscope convert --worktree DIR [<options>] [-- PATH..]",
	NULL
};

static int parse(struct convert *c, int argc, const char **argv,
		 struct err *err)
{
	const struct opt opts[] = {
		{ OPT_STRING, 'C', "repo", &c->repo, "DIR",
		  "the git repository (default: here)" },
		{ OPT_STRING, 0, "worktree", &c->worktree, "DIR",
		  "a plain directory instead of a revision" },
		{ OPT_STRING, 0, "plan", &c->plan, "FILE",
		  "change what this plan says, judge nothing" },
		{ OPT_LIST, 0, "only", &c->only, "WHAT",
		  "an id, a path, a verdict or a confidence; may be repeated" },
		{ OPT_STRING, 'o', "output", &c->out, "DIR",
		  "write the diffs there; - is stdout" },
		{ OPT_UINT, 'j', "jobs", &c->threads, "N",
		  "threads (default: one per CPU)" },
		{ OPT_BOOL, 'q', "quiet", &c->quiet, NULL, "no progress line" },
		{ OPT_BOOL, 0, "no-sandbox", &c->no_sandbox, NULL,
		  "run Coccinelle without its cage" },
		{ OPT_END },
	};
	const struct opts_spec spec = { .usage = usage, .opts = opts };
	int dashdash;
	int rc = opts_parse(&argc, argv, &spec, &dashdash, err);

	if (rc)
		return rc;
	if (argc > 1)
		c->rev = argv[1];
	return selection_parse(&c->selection, &c->only, err);
}

static int read_blob(void *ctx, const char *path, struct strbuf *out,
		     struct err *err)
{
	struct convert *c = ctx;

	return source_read_file(c->source, path, out, err);
}

static bool want(void *ctx, const struct result_site *site)
{
	struct convert *c = ctx;

	return selection_has(&c->selection, site);
}

static int load(struct convert *c, const struct cmd_env *env, struct err *err)
{
	struct strbuf dir = STRBUF_INIT;
	const char *dirs[1];
	int rc;

	strbuf_addf(&dir, "%s/cocci/kernel", env->data);
	dirs[0] = dir.buf;
	rc = knowledge_load(&c->knowledge, dirs, 1, err);
	strbuf_release(&dir);
	if (!rc)
		rc = c->worktree ?
		     source_open_dir(&c->source, c->worktree, err) :
		     source_open_git(&c->source, c->repo ? c->repo : ".",
				     c->rev, err);
	if (!rc)
		rc = plan_file_read(c->plan, read_blob, c, &c->result, err);
	return rc;
}

static int edit(struct convert *c, const struct cmd_env *env, struct err *err)
{
	struct strbuf rules = STRBUF_INIT;
	struct edit_opts o = {
		.words = c->knowledge.masks,
		.nr_words = c->knowledge.nr_masks, .threads = c->threads,
		.no_sandbox = c->no_sandbox, .quiet = c->quiet,
		.repo = c->repo ? c->repo : ".",
		.rev = source_info(c->source)->revision, .worktree = c->worktree,
		.read = read_blob, .want = want, .ctx = c,
	};
	int rc;

	strbuf_addf(&rules, "%s/cocci/convert/nofs.cocci", env->data);
	o.rules = rules.buf;
	rc = edit_run(&o, &c->result, &c->proposals, &c->stats, err);
	strbuf_release(&rules);
	return rc;
}

static void print_all(const struct proposals *p)
{
	size_t i, k;

	for (i = 0; i < p->nr; i++)
		fputs(p->v[i].diff, stdout);
	for (i = 0; i < p->nr_refused; i++)
		for (k = 0; k < p->refused[i].nr_sites; k++)
			fprintf(stderr, "%s:%u:%u: refused: %s\n",
				p->refused[i].sites[k]->path,
				p->refused[i].sites[k]->line,
				p->refused[i].sites[k]->column,
				p->refused[i].why);
}

static int output(struct convert *c, struct err *err)
{
	struct strbuf spatch = STRBUF_INIT;
	int rc = 0;

	if (!c->out || !strcmp(c->out, "-")) {
		print_all(&c->proposals);
	} else {
		spatch_version(NULL, &spatch, NULL);
		rc = proposals_write(c->out, &c->proposals, &c->result,
				     spatch.buf, err);
	}
	strbuf_release(&spatch);
	if (!rc && !c->quiet)
		say_note("%zu of %zu sites changed in %zu diffs, %zu refused, %.2f CPU seconds of Coccinelle",
			 c->stats.sites_done, c->stats.sites, c->proposals.nr,
			 c->stats.sites_refused, c->stats.cpu);
	return rc;
}

int cmd_convert(const struct cmd_env *env, int argc, const char **argv)
{
	struct convert c = { .out = NULL };
	struct err err = ERR_INIT;
	int rc;

	result_init(&c.result);
	proposals_init(&c.proposals);
	rc = parse(&c, argc, argv, &err);
	if (!rc)
		rc = load(&c, env, &err);
	if (!rc)
		rc = edit(&c, env, &err);
	if (!rc)
		rc = output(&c, &err);
	proposals_release(&c.proposals);
	result_release(&c.result);
	source_close(c.source);
	knowledge_release(&c.knowledge);
	selection_release(&c.selection);
	opt_list_release(&c.only);
	return rc < 0 ? cmd_failed("convert", &err) : EXIT_DONE;
}
