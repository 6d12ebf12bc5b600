// SPDX-License-Identifier: GPL-2.0-only
/*
 * gfpscope nightly: audit many trees, tell what is new since last night.
 *
 * Every step leaves its result on disk before the next begins; a run that was
 * broken off is gone on with by the next call.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/opts.h"
#include "cmd/commands.h"
#include "cmd/marking.h"
#include "cmd/night_audit.h"
#include "emit/history.h"
#include "emit/news.h"
#include "emit/read_report.h"
#include "input/source.h"

struct nightly {
	const char *config;
	bool check, quiet;
	struct night_config c;
	struct nights n;
	struct news news;
	struct history *history;
	size_t nr_partial;
};

static int parse(struct nightly *a, int argc, const char **argv,
		 struct err *err)
{
	static const char *const usage[] = {
		"gfpscope nightly -c CONFIG [--check] [-q]",
		NULL,
	};
	const struct opt opts[] = {
		{ OPT_STRING, 'c', "config", &a->config, "FILE",
		  "the configuration, see reports/nightly" },
		{ OPT_BOOL, 0, "check", &a->check, NULL,
		  "only check the configuration and list the trees" },
		{ OPT_BOOL, 'q', "quiet", &a->quiet, NULL,
		  "no digest on stdout, no notes" },
		{ OPT_END },
	};
	const struct opts_spec spec = {
		usage,
		"Audits each tree of the configuration, compares it with its "
		"last report, and writes the reports, a digest of what is new "
		"and drafts of mails. Sends nothing.",
		opts,
		.partial = "some of the trees failed, or were done in part",
	};
	int rc = opts_parse(&argc, argv, &spec, NULL, err);

	if (rc)
		return rc;
	if (argc > 1)
		return err_set(err, ERR_USAGE, "too many words: '%s'",
			       argv[1]);
	if (!a->config)
		return err_set(err, ERR_USAGE, "name the configuration: "
			       "-c FILE");
	return 0;
}

/* ---- the news of one tree ---- */

static long index_of(const struct nights *n, const char *id)
{
	for (size_t i = 0; i < n->nr; i++)
		if (!strcmp(n->runs[i].id, id))
			return (long)i;
	return -1;
}

static void take_marking_opts(struct nightly *a, const struct night_tree *t,
			      const char *before, struct marking_opts *o)
{
	long i = index_of(&a->n, before);

	memset(o, 0, sizeof(*o));
	if (i >= 0)
		o->baseline = nights_path(&a->n, (size_t)i, t->dir,
					  "report.json");
	o->decisions = t->decisions[0] ? t->decisions : NULL;
	o->suppress.v = t->suppress.v;
	o->suppress.nr = t->suppress.nr;
}

static struct maintainers *load_maintainers(const struct night_tree *t,
					    const struct tree_info *info,
					    struct source **source)
{
	*source = NULL;
	if (source_open_git(source, t->repo, info->revision, NULL))
		return NULL;
	return maintainers_load(*source, NULL);
}

static bool other_tool(const struct report_file *a, const struct report_file *b)
{
	return strcmp(a->version, b->version) != 0 ||
	       strcmp(a->result.knowledge, b->result.knowledge) != 0;
}

static const char *remark(struct nightly *a, const struct night_status *s)
{
	struct arena *m = &a->n.arena;

	if (s->fetch[0])
		return arena_printf(m, "could not be fetched and was audited "
				    "as it is here: %s", s->fetch);
	return s->state == NIGHT_PARTIAL ? s->why : "";
}

static void add_news(struct nightly *a, const struct night_tree *t,
		     const struct night_status *s,
		     const struct report_file *now, const struct marks *marks,
		     const struct report_file *before)
{
	struct source *source;
	struct report report;
	struct news_tree tree = {
		.name = t->name, .report = &report, .before_run = s->before,
		.remark = remark(a, s),
		.maintainers = load_maintainers(t, &now->result.tree, &source),
	};

	if (before) {
		tree.before = &before->result.tree;
		tree.new_tool = other_tool(before, now);
	}
	report_init(&report, &now->result, &now->proposals);
	report.marks = marks;
	news_add(&a->news, &tree);
	report_release(&report);
	maintainers_free(tree.maintainers);
	source_close(source);
	a->nr_partial += tree.remark[0] != '\0';
}

static int keep_history(struct nightly *a, const struct night_tree *t,
			const struct report_file *r, struct err *err)
{
	bool known;

	return history_add(a->history, &r->result, t->name, r->version,
			   time(NULL), &known, err);
}

static int take_report(struct nightly *a, const struct night_tree *t,
		       const struct night_status *s, struct report_file *now,
		       struct err *err)
{
	struct marking_opts opts;
	struct marking marking;
	const struct marks *marks;
	int rc = report_file_read(nights_path(&a->n, a->n.now, t->dir,
					      "report.json"), now, err);

	if (rc)
		return rc;
	take_marking_opts(a, t, s->before, &opts);
	rc = marking_load(&marking, &opts, err);
	if (!rc)
		rc = marking_apply(&marking, &now->result, &marks, err);
	if (!rc)
		add_news(a, t, s, now, marks,
			 opts.baseline ? &marking.before : NULL);
	marking_release(&marking);
	return rc;
}

/* A report that cannot be read any more is that tree's trouble, too; a
 * history that cannot be written is the night's. */
static int take_tree(struct nightly *a, const struct night_tree *t,
		     struct err *err)
{
	struct night_status s = nights_status(&a->n, a->n.now, t->dir);
	long last = nights_last_good(&a->n, t->dir, SIZE_MAX);
	const char *last_id = last < 0 ? "" : a->n.runs[last].id;
	struct err trouble = ERR_INIT;
	struct report_file now;
	int rc = 0;

	if (s.state == NIGHT_FAILED || s.state == NIGHT_OPEN) {
		news_failed(&a->news, t->name, s.why, last_id);
		return 0;
	}
	report_file_init(&now);
	if (take_report(a, t, &s, &now, &trouble))
		news_failed(&a->news, t->name, trouble.msg, last_id);
	else
		rc = keep_history(a, t, &now, err);
	err_clear(&trouble);
	report_file_release(&now);
	return rc;
}

/* ---- the night ---- */

static int write_mails(struct nightly *a, struct err *err)
{
	const char *dir = nights_path(&a->n, a->n.now, "mail", "");
	int rc = dir_remove(dir, err);

	if (!rc && a->news.nr_lists)
		rc = dir_make(dir, err);
	for (size_t i = 0; i < a->news.nr_lists && !rc; i++) {
		struct strbuf name = STRBUF_INIT;
		struct outfile o;

		if (!news_mail_name(&a->news, i, &name)) {
			say_warning("no mail drafted to '%s'",
				    a->news.lists[i].address);
			continue;
		}
		rc = outfile_open(&o, nights_path(&a->n, a->n.now, "mail",
						  name.buf), err);
		strbuf_release(&name);
		if (rc)
			break;
		news_put_mail(o.f, &a->news, i, a->c.from);
		rc = outfile_commit(&o, err);
	}
	return rc;
}

static int write_digest(struct nightly *a, struct err *err)
{
	struct outfile o;
	int rc = outfile_open(&o, nights_path(&a->n, a->n.now, "",
					      "digest.txt"), err);

	if (rc)
		return rc;
	news_put_digest(o.f, &a->news);
	rc = outfile_commit(&o, err);
	if (!rc && !a->quiet)
		news_put_digest(stdout, &a->news);
	return rc;
}

static int audit_all(struct nightly *a, struct err *err)
{
	struct night_fetches fetches = { NULL };
	int rc = 0;

	for (size_t i = 0; i < a->c.nr_trees && !rc; i++) {
		const struct night_tree *t = &a->c.trees[i];
		uint8_t state = nights_status(&a->n, a->n.now, t->dir).state;

		if (state == NIGHT_OK || state == NIGHT_PARTIAL)
			continue;
		rc = night_audit(&a->n, &a->c, t, &fetches, err);
	}
	free(fetches.why);
	return rc;
}

static int tell_all(struct nightly *a, struct err *err)
{
	struct strbuf path = STRBUF_INIT;
	int rc;

	strbuf_addf(&path, "%s/history.db", a->c.output);
	news_init(&a->news, a->n.runs[a->n.now].id, a->c.lists,
		  a->c.confidence);
	rc = history_open(&a->history, path.buf, true, err);
	strbuf_release(&path);
	for (size_t i = 0; i < a->c.nr_trees && !rc; i++)
		rc = take_tree(a, &a->c.trees[i], err);
	if (!rc)
		rc = write_mails(a, err);
	if (!rc)
		rc = write_digest(a, err);
	history_close(a->history);
	return rc;
}

static int night(struct nightly *a, struct err *err)
{
	size_t removed = 0;
	bool resumed;
	int rc = nights_begin(&a->n, a->c.digest, time(NULL), &resumed, err);

	if (rc)
		return rc;
	if (resumed && !a->quiet)
		say_note("going on with the run of %s, which was broken off",
			 a->n.runs[a->n.now].id);
	rc = audit_all(a, err);
	if (!rc)
		rc = tell_all(a, err);
	if (!rc)
		rc = nights_finish(&a->n, err);
	if (!rc)
		rc = nights_rotate(&a->n, &a->c, &removed, err);
	if (removed && !a->quiet)
		say_note("removed %zu old runs", removed);
	return rc;
}

static void list_trees(const struct night_config *c)
{
	for (size_t i = 0; i < c->nr_trees; i++)
		printf("%s: %s of %s, to %s/runs/*/%s\n", c->trees[i].name,
		       c->trees[i].rev, c->trees[i].repo, c->output,
		       c->trees[i].dir);
}

static int run(struct nightly *a, int *code, struct err *err)
{
	int rc = night_config_read(&a->c, a->config, err);

	if (!rc && a->check) {
		list_trees(&a->c);
	} else if (!rc) {
		rc = nights_open(&a->n, a->c.output, err);
		if (!rc)
			rc = night(a, err);
		if (a->news.nr_failed || a->nr_partial)
			*code = EXIT_PARTIAL;
		if (a->news.nr_failed && a->news.nr_failed == a->news.nr_trees)
			*code = EXIT_FAILED;
		news_release(&a->news);
		nights_close(&a->n);
	}
	night_config_release(&a->c);
	return rc;
}

int cmd_nightly(const struct cmd_env *env, int argc, const char **argv)
{
	struct nightly a = { .config = NULL };
	struct err err = ERR_INIT;
	int code = EXIT_DONE;
	int rc = parse(&a, argc, argv, &err);

	if (!rc)
		rc = run(&a, &code, &err);
	return rc < 0 ? cmd_failed("nightly", &err) : code;
}
