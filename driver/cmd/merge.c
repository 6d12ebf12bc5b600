// SPDX-License-Identifier: GPL-2.0-only
/*
 * gfpscope merge: put the reports of shards together.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/opts.h"
#include "cmd/commands.h"
#include "cmd/marking.h"
#include "emit/merge.h"
#include "emit/report.h"

struct merge_args {
	const char *format, *repo_uri;
	bool whole;
	struct marking_opts marking;
	const char *out;
	const char **reports;
	size_t nr;
};

static int parse(struct merge_args *a, int argc, const char **argv,
		 struct err *err)
{
	static const char *const usage[] = {
		"gfpscope merge [<options>] OUT REPORT..",
		NULL,
	};
	const struct opt opts[] = {
		{ OPT_STRING, 0, "format", &a->format, "F",
		  "json (default), sarif, html, text, org, summary" },
		{ OPT_BOOL, 0, "whole", &a->whole, NULL,
		  "fail when a shard is missing" },
		{ OPT_STRING, 0, "repo-uri", &a->repo_uri, "URI",
		  "where the tree comes from, for SARIF" },
		MARKING_OPTS(&a->marking),
		{ OPT_END },
	};
	const struct opts_spec spec = {
		usage,
		"Puts JSON reports of shards (audit --shard) together into "
		"OUT (- is stdout): the same bytes whatever their order, and "
		"those of the whole report once all are there. Results of a "
		"merge can be merged again.",
		opts,
	};
	int rc = opts_parse(&argc, argv, &spec, NULL, err);

	if (rc)
		return rc;
	if (argc < 3)
		return err_set(err, ERR_USAGE, "OUT and at least one REPORT "
			       "are needed");
	if (!report_format_find(a->format))
		return err_set(err, ERR_USAGE, "no format '%s'; there are: %s",
			       a->format, report_format_names());
	a->out = argv[1];
	a->reports = argv + 2;
	a->nr = (size_t)argc - 2;
	return 0;
}

static int check_whole(const struct merge_args *a, const struct tree_info *t,
		       struct err *err)
{
	if (!t->nr_shards)
		return 0;
	if (a->whole)
		return err_set(err, ERR_FAILED, "only %zu of %u shards are "
			       "there", t->nr_shards,
			       (unsigned int)t->shards_of);
	if (a->marking.baseline || a->marking.decisions ||
	    a->marking.suppress.nr)
		return err_set(err, ERR_USAGE, "--baseline, --suppress and "
			       "--decisions need all shards");
	say_note("%zu of %u shards are there", t->nr_shards,
		 (unsigned int)t->shards_of);
	return 0;
}

static int write_report(const struct merge_args *a, const struct cmd_env *env,
			const struct report_file *merged, struct err *err)
{
	struct marking marking;
	struct report r;
	int rc;

	report_init(&r, &merged->result, &merged->proposals);
	r.spatch = merged->spatch;
	r.data = env->data;
	r.repo_uri = a->repo_uri;
	rc = marking_load(&marking, &a->marking, err);
	if (!rc)
		rc = marking_apply(&marking, &merged->result, &r.marks, err);
	if (!rc)
		rc = report_write(report_format_find(a->format), &r, a->out,
				  err);
	marking_release(&marking);
	report_release(&r);
	return rc;
}

static int run(const struct merge_args *a, const struct cmd_env *env,
	       struct err *err)
{
	struct report_file *in = xcalloc(a->nr, sizeof(*in));
	struct report_file merged;
	int rc = 0;

	report_file_init(&merged);
	for (size_t i = 0; i < a->nr; i++)
		report_file_init(&in[i]);
	for (size_t i = 0; i < a->nr && !rc; i++)
		rc = report_file_read(a->reports[i], &in[i], err);
	if (!rc)
		rc = merge_reports(in, a->reports, a->nr, &merged, err);
	if (!rc)
		rc = check_whole(a, &merged.result.tree, err);
	if (!rc)
		rc = write_report(a, env, &merged, err);
	report_file_release(&merged);
	for (size_t i = 0; i < a->nr; i++)
		report_file_release(&in[i]);
	free(in);
	return rc;
}

int cmd_merge(const struct cmd_env *env, int argc, const char **argv)
{
	struct merge_args a = { .format = "json", .repo_uri = "" };
	struct err err = ERR_INIT;
	int rc = parse(&a, argc, argv, &err);

	if (!rc)
		rc = run(&a, env, &err);
	opt_list_release(&a.marking.suppress);
	return rc < 0 ? cmd_failed("merge", &err) : EXIT_DONE;
}
