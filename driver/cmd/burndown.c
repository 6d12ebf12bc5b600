// SPDX-License-Identifier: GPL-2.0-only
/*
 * gfpscope burndown: what is left in each directory, run after run.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/datadir.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/opts.h"
#include "base/version.h"
#include "cmd/commands.h"
#include "cmd/pipeline.h"
#include "emit/burndown.h"
#include "emit/history.h"

#define HISTORY_FILE "gfpscope-history.db"

struct burndown_args {
	const char *db, *tree, *format, *output, *count;
	unsigned int columns;
	int measure;
	struct pipeline_opts in;	/* for revisions */
	const char **revs;		/* none: runs of a history */
	size_t nr_revs;
};

static void write_csv(FILE *f, const struct burndown *b)
{
	trend_csv(f, b->trend);
}

static const struct {
	const char *name;
	void (*write)(FILE *f, const struct burndown *b);
} formats[] = {
	{ "text", burndown_text },
	{ "csv", write_csv },
	{ "html", burndown_html },
};

/* "[REV..] [-- PATH..]" */
static int take_words(struct burndown_args *a, int argc, const char **argv,
		      int dashdash, struct err *err)
{
	int words = dashdash < 0 ? argc : dashdash;

	a->revs = argv + 1;
	a->nr_revs = (size_t)words - 1;
	a->in.paths = argv + words;
	a->in.nr_paths = (size_t)(argc - words);
	if (a->in.worktree)
		return err_set(err, ERR_USAGE, "a burndown is over revisions, "
			       "not of a --worktree");
	if (!a->nr_revs && (a->in.nr_paths || a->in.repo))
		return err_set(err, ERR_USAGE, "name the revisions to audit");
	return 0;
}

static int check(struct burndown_args *a, size_t *format, struct err *err)
{
	a->measure = measure_parse(a->count);
	if (a->measure < 0)
		return err_set(err, ERR_USAGE, "cannot count '%s'; there are "
			       "all, open, findings, and the names of verdicts "
			       "and rules", a->count);
	for (*format = 0; *format < ARRAY_SIZE(formats); ++*format)
		if (!strcmp(formats[*format].name, a->format))
			return 0;
	return err_set(err, ERR_USAGE, "no format '%s'; there are: text, csv, "
		       "html", a->format);
}

/* Runs of several trees, or of several sets of paths, are no row. */
static int check_one_tree(const struct trend *t, struct err *err)
{
	for (size_t i = 1; i < t->nr; i++)
		if (strcmp(t->v[i].tree, t->v[0].tree) != 0)
			return err_set(err, ERR_USAGE, "there are runs of "
				       "several trees ('%s', '%s'); name one "
				       "with --tree", t->v[0].tree,
				       t->v[i].tree);
	return 0;
}

static void keep_paths_of_last(struct trend *t)
{
	const char *paths = t->nr ? t->v[t->nr - 1].paths : "";
	size_t n = 0;

	for (size_t i = 0; i < t->nr; i++)
		if (!strcmp(t->v[i].paths, paths))
			t->v[n++] = t->v[i];
	if (n < t->nr)
		say_note("%zu runs reported other paths than the last one and "
			 "are left out", t->nr - n);
	t->nr = n;
}

static int load(const struct burndown_args *a, struct trend *t,
		struct err *err)
{
	struct history *h;
	int rc = history_open(&h, a->db ? a->db : HISTORY_FILE, false, err);

	if (!rc)
		rc = history_load(h, a->tree, t, err);
	history_close(h);
	if (!rc && !t->nr)
		rc = err_set(err, ERR_NOT_FOUND, "no runs in '%s'",
			     a->db ? a->db : HISTORY_FILE);
	if (!rc)
		rc = check_one_tree(t, err);
	if (!rc)
		keep_paths_of_last(t);
	return rc;
}

static int audit_one(const struct burndown_args *a, const struct cmd_env *env,
		     const char *rev, struct history *h, struct trend *t,
		     struct err *err)
{
	const char *tree = a->tree ? a->tree : "";
	struct pipeline_opts in = a->in;
	struct pipeline p;
	bool known;
	int rc;

	in.rev = rev;
	rc = pipeline_run(&p, env, &in, err);
	if (!rc && p.nr_unreadable)
		rc = err_set(err, ERR_IO, "%zu files could not be read",
			     p.nr_unreadable);
	if (!rc && h)
		rc = history_add(h, &p.result, tree, GFPSCOPE_VERSION,
				 time(NULL), &known, err);
	if (!rc)
		trend_add(t, &p.result, tree, GFPSCOPE_VERSION, 0);
	pipeline_release(&p);
	if (rc)
		err_prefix(err, "%s", rev);
	return rc;
}

/* One after the other, for each takes all CPUs; shown in this order, too. */
static int audit(const struct burndown_args *a, struct trend *t,
		 struct err *err)
{
	char *data = datadir_find(err);
	struct cmd_env env = { .data = data };
	struct history *h = NULL;
	int rc = data ? 0 : err->code;

	if (!rc && a->db)
		rc = history_open(&h, a->db, true, err);
	for (size_t i = 0; i < a->nr_revs && !rc; i++)
		rc = audit_one(a, &env, a->revs[i], h, t, err);
	history_close(h);
	free(data);
	return rc;
}

static int show(const struct burndown_args *a, const struct trend *t,
		size_t format, struct err *err)
{
	struct burndown b;
	struct outfile o;
	int rc = outfile_open(&o, a->output, err);

	if (rc)
		return rc;
	burndown_make(&b, t, a->measure, a->columns);
	formats[format].write(o.f, &b);
	burndown_release(&b);
	return outfile_commit(&o, err);
}

static int run(struct burndown_args *a, struct err *err)
{
	struct trend t;
	size_t format;
	int rc = check(a, &format, err);

	if (rc)
		return rc;
	trend_init(&t);
	rc = a->nr_revs ? audit(a, &t, err) : load(a, &t, err);
	if (!rc)
		rc = show(a, &t, format, err);
	trend_release(&t);
	return rc;
}

static int parse(struct burndown_args *a, int argc, const char **argv,
		 struct err *err)
{
	static const char *const usage[] = {
		"gfpscope burndown [--db FILE] [--tree NAME] [<options>]",
		"gfpscope burndown [-C DIR] [<options>] REV.. [-- PATH..]",
		NULL,
	};
	const struct opt opts[] = {
		{ OPT_STRING, 0, "db", &a->db, "FILE",
		  "the history (default: " HISTORY_FILE "); runs over "
		  "revisions are added to it if it is named" },
		{ OPT_STRING, 0, "tree", &a->tree, "NAME",
		  "only runs of this tree; the name that runs are added by" },
		{ OPT_STRING, 0, "count", &a->count, "WHAT",
		  "all sites (default), open ones, findings, or a verdict or "
		  "rule by its name" },
		{ OPT_UINT, 0, "columns", &a->columns, "N",
		  "runs in a table (default: 8; 0: all)" },
		{ OPT_STRING, 0, "format", &a->format, "F",
		  "text (default), csv or html; csv has all counts of all "
		  "runs" },
		{ OPT_STRING, 'o', "output", &a->output, "FILE",
		  "write it there, not to stdout" },
		PIPELINE_OPTS(&a->in),
		{ OPT_END },
	};
	const struct opts_spec spec = {
		usage,
		"Shows how many sites or findings each directory had, run "
		"after run: the runs of a history, oldest commit first, or "
		"audits of the REVs in the order given."
		PIPELINE_ABOUT,
		opts,
	};
	int dashdash;
	int rc = opts_parse(&argc, argv, &spec, &dashdash, err);

	return rc ? rc : take_words(a, argc, argv, dashdash, err);
}

int cmd_burndown(const struct cmd_env *env, int argc, const char **argv)
{
	struct burndown_args a = {
		.format = "text", .output = "-", .count = "all", .columns = 8,
	};
	struct err err = ERR_INIT;
	int rc = parse(&a, argc, argv, &err);

	if (!rc)
		rc = run(&a, &err);
	opt_list_release(&a.in.rules);
	return rc < 0 ? cmd_failed("burndown", &err) : EXIT_DONE;
}
