// SPDX-License-Identifier: GPL-2.0-only
/*
 * gfpscope history: keep one line a run, show the runs.
 */
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "base/opts.h"
#include "cmd/commands.h"
#include "emit/history.h"
#include "emit/read_report.h"

struct history_args {
	const char *db, *tree, *format;
};

static int add_one(struct history *h, const char *path, const char *tree,
		   struct err *err)
{
	struct report_file r;
	bool known = false;
	int rc;

	report_file_init(&r);
	rc = report_file_skim(path, &r, err);
	if (!rc && r.result.tree.nr_shards)
		rc = err_set(err, ERR_FORMAT, "'%s' has only some shards; "
			     "merge them first", path);
	if (!rc)
		rc = history_add(h, &r.result, tree ? tree : "", r.version,
				 time(NULL), &known, err);
	if (!rc)
		say_note("%s: %s", path, known ? "was there already" : "added");
	report_file_release(&r);
	return rc;
}

/* Those before one that fails stay. */
static int do_add(const struct history_args *a, int argc, const char **argv,
		  struct err *err)
{
	struct history *h;
	int rc;

	if (argc < 1)
		return err_set(err, ERR_USAGE, "add needs a REPORT");
	if (a->format)
		return err_set(err, ERR_USAGE, "add takes no --format");
	rc = history_open(&h, a->db, true, err);
	for (int i = 0; i < argc && !rc; i++)
		rc = add_one(h, argv[i], a->tree, err);
	history_close(h);
	return rc;
}

typedef void show_fn(FILE *f, const struct trend *t);

static show_fn *find_format(const char *name, struct err *err)
{
	if (!name || !strcmp(name, "text"))
		return trend_text;
	if (!strcmp(name, "csv"))
		return trend_csv;
	if (!strcmp(name, "json"))
		return trend_json;
	err_set(err, ERR_USAGE, "no format '%s'; there are: text, csv, json",
		name);
	return NULL;
}

static int do_show(const struct history_args *a, int argc, const char **argv,
		   struct err *err)
{
	show_fn *show = find_format(a->format, err);
	struct history *h;
	struct trend t;
	int rc;

	if (!show)
		return err->code;
	if (argc)
		return err_set(err, ERR_USAGE, "too many words: '%s'",
			       argv[0]);
	trend_init(&t);
	rc = history_open(&h, a->db, false, err);
	if (!rc)
		rc = history_load(h, a->tree, &t, err);
	if (!rc && a->tree && !t.nr)
		rc = err_set(err, ERR_NOT_FOUND, "no runs of tree '%s' in '%s'",
			     a->tree, a->db);
	if (!rc)
		show(stdout, &t);
	history_close(h);
	trend_release(&t);
	return rc;
}

static int run(const struct history_args *a, int argc, const char **argv,
	       struct err *err)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (!strcmp(what, "add"))
		return do_add(a, argc - 2, argv + 2, err);
	if (!strcmp(what, "show"))
		return do_show(a, argc - 2, argv + 2, err);
	return err_set(err, ERR_USAGE, "which? add, show or burndown (see -h)");
}

int cmd_history(const struct cmd_env *env, int argc, const char **argv)
{
	static const char *const usage[] = {
		"gfpscope history add [--db FILE] [--tree NAME] REPORT..",
		"gfpscope history show [--db FILE] [--tree NAME] [--format F]",
		"gfpscope history burndown [<options>] (see burndown -h)",
		NULL,
	};
	struct history_args a = { .db = "gfpscope-history.db" };
	const struct opt opts[] = {
		{ OPT_STRING, 0, "db", &a.db, "FILE",
		  "the history (default: gfpscope-history.db)" },
		{ OPT_STRING, 0, "tree", &a.tree, "NAME",
		  "the name of the tree, to tell runs of several apart" },
		{ OPT_STRING, 0, "format", &a.format, "F",
		  "text (default), csv or json" },
		{ OPT_END },
	};
	const struct opts_spec spec = {
		usage,
		"Keeps of each report what was audited and the counts by "
		"verdict and directory, in a SQLite database. A run that is "
		"there already is not added twice.",
		opts,
	};
	struct err err = ERR_INIT;
	int rc;

	if (argc > 1 && !strcmp(argv[1], "burndown"))
		return cmd_burndown(env, argc - 1, argv + 1);
	rc = opts_parse(&argc, argv, &spec, NULL, &err);
	if (!rc)
		rc = run(&a, argc, argv, &err);
	return rc < 0 ? cmd_failed("history", &err) : EXIT_DONE;
}
