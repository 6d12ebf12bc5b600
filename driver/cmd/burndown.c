// SPDX-License-Identifier: GPL-2.0-only
/*
 * gfpscope burndown: what is left in each directory, run after run.
 */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/opts.h"
#include "cmd/commands.h"
#include "emit/burndown.h"
#include "emit/history.h"

struct burndown_args {
	const char *db, *tree, *format, *output, *count;
	unsigned int columns;
	int measure;
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

static int check(struct burndown_args *a, int argc, const char **argv,
		 size_t *format, struct err *err)
{
	if (argc > 1)
		return err_set(err, ERR_USAGE, "too many words: '%s'",
			       argv[1]);
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
	int rc = history_open(&h, a->db, false, err);

	if (!rc)
		rc = history_load(h, a->tree, t, err);
	history_close(h);
	if (!rc && !t->nr)
		rc = err_set(err, ERR_NOT_FOUND, "no runs in '%s'", a->db);
	if (!rc)
		rc = check_one_tree(t, err);
	if (!rc)
		keep_paths_of_last(t);
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

static int run(struct burndown_args *a, int argc, const char **argv,
	       struct err *err)
{
	struct trend t;
	size_t format;
	int rc = check(a, argc, argv, &format, err);

	if (rc)
		return rc;
	trend_init(&t);
	rc = load(a, &t, err);
	if (!rc)
		rc = show(a, &t, format, err);
	trend_release(&t);
	return rc;
}

int cmd_burndown(const struct cmd_env *env, int argc, const char **argv)
{
	static const char *const usage[] = {
		"gfpscope burndown [--db FILE] [--tree NAME] [<options>]",
		NULL,
	};
	struct burndown_args a = {
		.db = "gfpscope-history.db", .format = "text", .output = "-",
		.count = "all", .columns = 8,
	};
	const struct opt opts[] = {
		{ OPT_STRING, 0, "db", &a.db, "FILE",
		  "the history (default: gfpscope-history.db)" },
		{ OPT_STRING, 0, "tree", &a.tree, "NAME",
		  "only runs of this tree" },
		{ OPT_STRING, 0, "count", &a.count, "WHAT",
		  "all sites (default), open ones, findings, or a verdict or "
		  "rule by its name" },
		{ OPT_UINT, 0, "columns", &a.columns, "N",
		  "runs in a table (default: 8; 0: all)" },
		{ OPT_STRING, 0, "format", &a.format, "F",
		  "text (default), csv or html; csv has all counts of all "
		  "runs" },
		{ OPT_STRING, 'o', "output", &a.output, "FILE",
		  "write it there, not to stdout" },
		{ OPT_END },
	};
	const struct opts_spec spec = {
		usage,
		"Shows how many sites or findings each directory had, run "
		"after run.",
		opts,
	};
	struct err err = ERR_INIT;
	int rc = opts_parse(&argc, argv, &spec, NULL, &err);

	if (!rc)
		rc = run(&a, argc, argv, &err);
	return rc < 0 ? cmd_failed("burndown", &err) : EXIT_DONE;
}
