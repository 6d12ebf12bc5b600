// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fetch and audit one tree of a night by child processes.
 *
 * In: a tree of the configuration. Out: its directory in the run, with the
 * reports and, last of all, what became of it. The audit is this very program,
 * so that whatever a tree does to it ends with that process.
 */
#include "cmd/night_audit.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/proc.h"
#include "emit/read_report.h"

#define FETCH_SECONDS	3600
#define SELF		"/proc/self/exe"

struct argv {
	const char **v;
	size_t nr, cap;
};

static void push(struct argv *a, const char *word)
{
	GROW(a->v, a->nr, a->cap);
	a->v[a->nr++] = word;
}

static void push_option(struct argv *a, const char *name, const char *value)
{
	if (!value[0])
		return;
	push(a, name);
	push(a, value);
}

/* The last line a program said, without what all lines begin with. */
static char *last_line(const struct strbuf *said)
{
	static const char *const heads[] = { "gfpscope audit: ", "gfpscope: " };
	size_t end = said->len, begin;
	const char *s;

	while (end && said->buf[end - 1] == '\n')
		end--;
	for (begin = end; begin && said->buf[begin - 1] != '\n';)
		begin--;
	s = said->buf + begin;
	for (size_t i = 0; i < ARRAY_SIZE(heads); i++) {
		if (end - begin > strlen(heads[i]) && str_starts(s, heads[i])) {
			s += strlen(heads[i]);
			break;
		}
	}
	return xstrndup(s, (size_t)(said->buf + end - s));
}

/* Why a program that ran did not do it, as one line; NULL: it did. */
static char *outcome(int rc, const struct proc_result *r, struct err *err)
{
	struct strbuf sb = STRBUF_INIT;
	char *line;

	if (rc)
		strbuf_adds(&sb, err->msg);
	else if (r->status < 0)
		strbuf_addf(&sb, "ended by signal %d", -r->status);
	else if (r->status)
		strbuf_addf(&sb, "exit code %d", r->status);
	err_clear(err);
	if (!sb.len)
		return NULL;
	line = last_line(&r->err);
	if (line[0] && !rc)
		strbuf_addf(&sb, ": %s", line);
	free(line);
	return strbuf_detach(&sb);
}

/* Once for all branches of a repository, which follow each other. */
static const char *fetch(struct night_fetches *f, const struct night_tree *t)
{
	const char *const argv[] = {
		"env", "GIT_TERMINAL_PROMPT=0", "git", "-C", t->repo, "fetch",
		"--quiet", t->fetch, NULL,
	};
	const struct proc_opts opts = { .wall_seconds = FETCH_SECONDS };
	struct err err = ERR_INIT;
	struct proc_result r;
	int rc;

	if (!t->fetch[0])
		return "";
	if (!f->repo || strcmp(f->repo, t->repo) != 0 ||
	    strcmp(f->remote, t->fetch) != 0) {
		rc = proc_run(argv, &opts, &r, &err);
		free(f->why);
		f->why = outcome(rc, &r, &err);
		f->repo = t->repo;
		f->remote = t->fetch;
		proc_result_release(&r);
	}
	return f->why ? f->why : "";
}

static bool same_dirs(const struct night_tree *t, const struct tree_info *i)
{
	if (t->dirs.nr != i->nr_paths || i->nr_shards)
		return false;
	for (size_t j = 0; j < t->dirs.nr; j++)
		if (strcmp(t->dirs.v[j], i->paths[j]) != 0)
			return false;
	return true;
}

/* The newest report that can be read and has the same directories. */
static long find_before(struct nights *n, const struct night_tree *t)
{
	long i = nights_last_good(n, t->dir, SIZE_MAX);

	while (i >= 0) {
		struct report_file r;
		bool fits;

		report_file_init(&r);
		fits = !report_file_read(nights_path(n, (size_t)i, t->dir,
						     "report.json"), &r,
					 NULL) &&
		       same_dirs(t, &r.result.tree);
		report_file_release(&r);
		if (fits)
			break;
		i = nights_last_good(n, t->dir, (size_t)i);
	}
	return i;
}

static void audit_words(struct argv *a, const struct night_config *c,
			const struct night_tree *t, const char *out,
			const char *jobs, const char *before,
			const char *history)
{
	push(a, SELF);
	push(a, "audit");
	push(a, "-q");
	push_option(a, "-C", t->repo);
	push_option(a, "-o", out);
	push_option(a, "--format", c->formats);
	push_option(a, "--repo-uri", t->uri);
	push_option(a, "--jobs", jobs);
	push_option(a, "--cache-dir", c->cache_dir);
	push_option(a, "--history", history);
	push_option(a, "--tree", t->name);
	if (c->propose)
		push(a, "--propose");
	push_option(a, "--baseline", before);
	push_option(a, "--decisions", t->decisions);
	for (size_t i = 0; i < t->suppress.nr; i++)
		push_option(a, "--suppress", t->suppress.v[i]);
	for (size_t i = 0; i < c->rules.nr; i++)
		push_option(a, "--rules", c->rules.v[i]);
	push(a, t->rev);
	push(a, "--");
	for (size_t i = 0; i < t->dirs.nr; i++)
		push(a, t->dirs.v[i]);
	push(a, NULL);
}

/* @why: out, what it said last, or why it failed; to be freed */
static enum night_state run_audit(struct nights *n,
				  const struct night_config *c,
				  const struct night_tree *t,
				  const char *before, char **why)
{
	const struct proc_opts opts = { .wall_seconds = c->timeout };
	struct err err = ERR_INIT;
	struct proc_result r;
	struct argv a = { NULL };
	char jobs[16] = "";
	enum night_state state = NIGHT_FAILED;
	int rc;

	if (c->jobs)
		snprintf(jobs, sizeof(jobs), "%u", c->jobs);
	audit_words(&a, c, t, nights_path(n, n->now, t->dir, ""), jobs,
		    before, arena_printf(&n->arena, "%s/history.db",
					 n->output));
	rc = proc_run(a.v, &opts, &r, &err);
	if (!rc && r.status == EXIT_DONE) {
		state = NIGHT_OK;
		*why = xstrdup("");
	} else if (!rc && r.status == EXIT_PARTIAL) {
		state = NIGHT_PARTIAL;
		*why = last_line(&r.err);
	} else {
		*why = outcome(rc, &r, &err);
	}
	proc_result_release(&r);
	free(a.v);
	return state;
}

int night_audit(struct nights *n, const struct night_config *c,
		const struct night_tree *t, struct night_fetches *fetches,
		struct err *err)
{
	const char *dir = nights_path(n, n->now, t->dir, "");
	struct night_status s = { .before = "" };
	const char *baseline = "";
	char *why = NULL;
	long before;
	/* What a broken off audit left behind is not trusted. */
	int rc = dir_remove(dir, err);

	if (!rc)
		rc = dir_make(dir, err);
	if (rc)
		return rc;
	s.fetch = fetch(fetches, t);
	before = find_before(n, t);
	if (before >= 0) {
		s.before = n->runs[before].id;
		baseline = nights_path(n, (size_t)before, t->dir,
				       "report.json");
	}
	s.state = (uint8_t)run_audit(n, c, t, baseline, &why);
	s.why = why;
	rc = nights_set_status(n, t->dir, &s, err);
	free(why);
	return rc;
}
