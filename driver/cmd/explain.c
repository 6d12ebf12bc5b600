// SPDX-License-Identifier: GPL-2.0-only
/*
 * gfpscope explain: why a site got its verdict, as a chain with the source
 * lines on the way.
 *
 * From an audit made for this, or from a report (--report); then the source
 * lines come from the report's revision, if the repository has it.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/opts.h"
#include "cmd/commands.h"
#include "cmd/pipeline.h"
#include "emit/explain.h"
#include "emit/read_report.h"

struct explain {
	struct pipeline_opts in;
	const char *report, *word;
	bool json, dot;
	/* the file whose lines were asked for last */
	struct source *source;
	struct strbuf text, line;
	char *path;
};

static const char *const usage[] = {
	"gfpscope explain [<options>] PATH:LINE [REV]",
	"gfpscope explain [<options>] --report FILE PATH:LINE|ID",
	NULL
};

static int parse(struct explain *e, int argc, const char **argv,
		 struct err *err)
{
	const struct opt opts[] = {
		{ OPT_STRING, 0, "report", &e->report, "FILE",
		  "explain from this JSON report instead of a new audit" },
		{ OPT_BOOL, 0, "json", &e->json, NULL, "as JSON" },
		{ OPT_BOOL, 0, "dot", &e->dot, NULL, "as a graph for dot" },
		PIPELINE_OPTS(&e->in),
		{ OPT_END },
	};
	const struct opts_spec spec = {
		.usage = usage,
		.about = "Tells why the site or finding at PATH:LINE (or with this ID) is what the\n"
			 "report says: the way from an entry point to it, and the way from reclaim to\n"
			 "the same resource.",
		.opts = opts,
	};
	int dashdash;
	int rc = opts_parse(&argc, argv, &spec, &dashdash, err);

	if (rc)
		return rc;
	if (argc < 2)
		return err_set(err, ERR_USAGE, "which site? PATH:LINE or an "
			       "id is needed");
	if (argc > 3 || (argc > 2 && e->report))
		return err_set(err, ERR_USAGE, "'%s' is one word too many%s",
			       argv[argc - 1],
			       e->report ? " (--report has its revision)" : "");
	if (e->json && e->dot)
		return err_set(err, ERR_USAGE, "--json or --dot, not both");
	e->word = argv[1];
	e->in.rev = argv[2];
	if (e->in.rev && e->in.worktree)
		return err_set(err, ERR_USAGE, "--worktree takes no revision");
	return 0;
}

static const char *source_line(void *ctx, const char *path, uint32_t line)
{
	struct explain *e = ctx;
	const char *s, *end;

	if (!e->source)
		return NULL;
	if (!e->path || strcmp(e->path, path) != 0) {
		struct err ignored = ERR_INIT;

		free(e->path);
		e->path = xstrdup(path);
		strbuf_clear(&e->text);
		if (source_read_file(e->source, path, &e->text, &ignored))
			strbuf_clear(&e->text);
		err_clear(&ignored);
	}
	for (s = e->text.buf; *s && line > 1; line--) {
		s += strcspn(s, "\n");
		s += *s == '\n';
	}
	if (!*s)
		return NULL;
	end = s + strcspn(s, "\r\n");
	strbuf_clear(&e->line);
	strbuf_add(&e->line, s, (size_t)(end - s));
	return e->line.buf;
}

static int put(struct explain *e, struct result *result,
	       const struct proposals *proposals, struct err *err)
{
	struct explain_opts o = {
		.colour = isatty(STDOUT_FILENO) && !getenv("NO_COLOR"),
		.line = source_line,
		.ctx = e,
	};
	struct explain_set set;
	struct report r;
	int rc = explain_find(&set, result, e->word, err);

	if (rc)
		return rc;
	report_init(&r, result, proposals);
	if (!set.nr_sites && !set.nr_findings) {
		const char *near = explain_near(result, e->word);

		rc = err_set(err, ERR_NOT_FOUND, "%s '%s'%s%s",
			     strchr(e->word, ':') ? "nothing at" :
			     "no site or finding has the id", e->word, near ? "; the nearest is at " : "",
			     near ? near : "");
	} else if (e->json) {
		explain_put_json(stdout, &r, &set);
	} else if (e->dot) {
		explain_put_dot(stdout, &r, &set);
	} else {
		explain_put_text(stdout, &r, &set, &o);
	}
	report_release(&r);
	explain_set_release(&set);
	return rc;
}

static int from_audit(struct explain *e, const struct cmd_env *env,
		      struct err *err)
{
	struct pipeline p;
	int rc = pipeline_run(&p, env, &e->in, err);

	if (!rc) {
		e->source = p.source;
		rc = put(e, &p.result, NULL, err);
	}
	pipeline_release(&p);
	return rc;
}

static int from_report(struct explain *e, struct err *err)
{
	struct report_file f;
	struct err ignored = ERR_INIT;
	int rc;

	report_file_init(&f);
	rc = report_file_read(e->report, &f, err);
	if (!rc) {
		const char *rev = f.result.tree.revision;

		if (e->in.worktree)
			source_open_dir(&e->source, e->in.worktree, &ignored);
		else if (rev[0])
			source_open_git(&e->source, e->in.repo ? e->in.repo :
					".", rev, &ignored);
		rc = put(e, &f.result, &f.proposals, err);
		source_close(e->source);
	}
	err_clear(&ignored);
	report_file_release(&f);
	return rc;
}

int cmd_explain(const struct cmd_env *env, int argc, const char **argv)
{
	struct explain e = { .json = false };
	struct err err = ERR_INIT;
	int rc;

	strbuf_init(&e.text);
	strbuf_init(&e.line);
	rc = parse(&e, argc, argv, &err);
	if (!rc)
		rc = e.report ? from_report(&e, &err)
			      : from_audit(&e, env, &err);
	strbuf_release(&e.text);
	strbuf_release(&e.line);
	free(e.path);
	opt_list_release(&e.in.rules);
	return rc < 0 ? cmd_failed("explain", &err) : EXIT_DONE;
}
