// SPDX-License-Identifier: GPL-2.0-only
/*
 * gfpscope compare: what is new, gone, changed or moved between two reports.
 */
#include <string.h>

#include "base/file.h"
#include "base/opts.h"
#include "base/workers.h"
#include "cmd/commands.h"
#include "emit/compare_out.h"
#include "emit/read_report.h"
#include "emit/report.h"
#include "emit/shard.h"

struct compare {
	const char *format, *output, *old, *new;
	bool exit_code;
};

static const char *const usage[] = {
	"gfpscope compare [<options>] OLD.json NEW.json",
	NULL
};

static int parse(struct compare *c, int argc, const char **argv,
		 struct err *err)
{
	const struct opt opts[] = {
		{ OPT_STRING, 0, "format", &c->format, "F",
		  "text (default), json, html" },
		{ OPT_STRING, 'o', "output", &c->output, "FILE",
		  "write there instead of stdout" },
		{ OPT_BOOL, 0, "exit-code", &c->exit_code, NULL,
		  "exit 1 when there is something new to act on" },
		{ OPT_END },
	};
	const struct opts_spec spec = {
		.usage = usage,
		.about = "Pairs the sites and findings of two JSON reports by their stable ids. A site\n"
			 "whose file or function was renamed is told as moved.",
		.opts = opts,
		.finds = "something new to act on (--exit-code)",
	};
	int dashdash;
	int rc = opts_parse(&argc, argv, &spec, &dashdash, err);

	if (rc)
		return rc;
	if (argc != 3)
		return err_set(err, ERR_USAGE, "two reports are needed, "
			       "OLD.json and NEW.json");
	c->old = argv[1];
	c->new = argv[2];
	if (strcmp(c->format, "text") && strcmp(c->format, "json") &&
	    strcmp(c->format, "html"))
		return err_set(err, ERR_USAGE, "no format '%s'; there are: "
			       "text, json, html", c->format);
	return 0;
}

static int write_page(FILE *f, const struct cmd_env *env,
		      const struct delta *d, const struct report_file *now,
		      struct err *err)
{
	struct marks marks;
	struct report r;
	int rc;

	marks_make(&marks, &now->result, d, NULL, NULL);
	report_init(&r, &now->result, &now->proposals);
	r.marks = &marks;
	r.spatch = now->spatch;
	r.data = env->data;
	rc = emit_html(f, &r, err);
	report_release(&r);
	marks_release(&marks);
	return rc;
}

static int write_delta(const struct compare *c, const struct cmd_env *env,
		       const struct delta *d, const struct report_file *before,
		       const struct report_file *now, struct err *err)
{
	struct outfile o;
	int rc = outfile_open(&o, c->output, err);

	if (rc)
		return rc;
	if (strcmp(c->format, "json") == 0)
		compare_put_json(o.f, d, &before->result, &now->result);
	else if (strcmp(c->format, "text") == 0)
		compare_put_text(o.f, d, &before->result, &now->result);
	else
		rc = write_page(o.f, env, d, now, err);
	if (rc) {
		outfile_abort(&o);
		return rc;
	}
	return outfile_commit(&o, err);
}

/* The two reports, read at the same time: that is most of the work. */
struct side {
	const char *path;
	bool chains;		/* the page shows them */
	struct report_file report;
	struct err err;
	int rc;
};

static void load_sides(void *ctx, unsigned int thread, size_t first,
		       size_t end)
{
	struct side *sides = ctx;

	for (size_t i = first; i < end; i++)
		sides[i].rc = (sides[i].chains ? report_file_read :
			       report_file_skim)(sides[i].path,
						 &sides[i].report,
						 &sides[i].err);
}

static int run(const struct compare *c, const struct cmd_env *env, int *code,
	       struct err *err)
{
	struct side sides[2] = { { .path = c->old }, { .path = c->new } };
	struct delta d = { 0 };
	int rc = 0;

	sides[1].chains = strcmp(c->format, "html") == 0;
	for (int i = 0; i < 2; i++)
		report_file_init(&sides[i].report);
	workers_run(2, 2, 1, load_sides, sides);
	for (int i = 0; i < 2 && !rc; i++)
		if (sides[i].rc)
			rc = err_set(err, sides[i].rc, "%s", sides[i].err.msg);
	if (!rc && !shard_same_reach(&sides[0].report.result.tree,
				     &sides[1].report.result.tree))
		rc = err_set(err, ERR_FAILED, "'%s' and '%s' report other "
			     "paths or shards of their trees", c->old, c->new);
	if (!rc) {
		delta_make(&d, &sides[0].report.result,
			   &sides[1].report.result);
		rc = write_delta(c, env, &d, &sides[0].report,
				 &sides[1].report, err);
		if (c->exit_code && delta_has_new(&d))
			*code = EXIT_FINDINGS;
	}
	delta_release(&d);
	for (int i = 0; i < 2; i++) {
		err_clear(&sides[i].err);
		report_file_release(&sides[i].report);
	}
	return rc;
}

int cmd_compare(const struct cmd_env *env, int argc, const char **argv)
{
	struct compare c = { .format = "text", .output = "-" };
	struct err err = ERR_INIT;
	int code = EXIT_DONE;
	int rc = parse(&c, argc, argv, &err);

	if (!rc)
		rc = run(&c, env, &code, &err);
	return rc < 0 ? cmd_failed("compare", &err) : code;
}
