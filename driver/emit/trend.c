// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs in a row: made from results, sorted by the age of what was audited.
 *
 * In: results, one after the other. Out: their counts by directory. Knows
 * neither where runs are kept nor how they are shown.
 */
#include "emit/trend.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/str.h"
#include "emit/compare.h"
#include "emit/summary.h"

void trend_init(struct trend *t)
{
	memset(t, 0, sizeof(*t));
	arena_init(&t->arena);
}

void trend_release(struct trend *t)
{
	free(t->v);
	arena_release(&t->arena);
	memset(t, 0, sizeof(*t));
}

struct trend_run *trend_new_run(struct trend *t)
{
	struct trend_run *run;

	GROW(t->v, t->nr, t->cap);
	run = &t->v[t->nr++];
	*run = (struct trend_run){
		.tree = "", .revision = "", .describe = "", .kernel = "",
		.version = "", .knowledge = "", .paths = "",
	};
	return run;
}

/* One site or finding; equal directories are added up later. */
struct item {
	const char *path;
	size_t dir_len;
	int verdict, rule;	/* -1: the other one */
};

static int cmp_items(const void *va, const void *vb)
{
	const struct item *a = va, *b = vb;
	size_t len = a->dir_len < b->dir_len ? a->dir_len : b->dir_len;
	int c = len ? memcmp(a->path, b->path, len) : 0;

	if (c)
		return c;
	return a->dir_len < b->dir_len ? -1 : a->dir_len > b->dir_len;
}

static size_t take_items(struct item *v, const struct result *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->nr_sites; i++, n++)
		v[n] = (struct item){ r->sites[i].path,
				      summary_dir_len(r->sites[i].path),
				      r->sites[i].verdict, -1 };
	for (size_t i = 0; i < r->nr_findings; i++, n++)
		v[n] = (struct item){ r->findings[i].path,
				      summary_dir_len(r->findings[i].path),
				      -1, r->findings[i].rule };
	if (n)
		qsort(v, n, sizeof(*v), cmp_items);
	return n;
}

static void count_dirs(struct arena *a, struct trend_run *run,
		       const struct result *r)
{
	size_t most = r->nr_sites + r->nr_findings;
	struct item *v = xcalloc(most + 1, sizeof(*v));
	struct trend_dir *dir = NULL;
	size_t nr = take_items(v, r);

	run->dirs = ARENA_ARRAY(a, struct trend_dir, most);
	for (size_t i = 0; i < nr; i++) {
		if (!i || cmp_items(&v[i - 1], &v[i])) {
			dir = &run->dirs[run->nr_dirs++];
			dir->dir = arena_printf(a, "%.*s", (int)v[i].dir_len,
						v[i].path);
		}
		if (v[i].verdict >= 0) {
			dir->sites[v[i].verdict]++;
			run->sites[v[i].verdict]++;
		} else {
			dir->findings[v[i].rule]++;
			run->findings[v[i].rule]++;
		}
	}
	free(v);
}

static const char *join_paths(struct arena *a, const struct tree_info *t)
{
	struct strbuf sb = STRBUF_INIT;
	const char *s;

	for (size_t i = 0; i < t->nr_paths; i++)
		strbuf_addf(&sb, "%s%s", i ? "\n" : "", t->paths[i]);
	s = arena_strdup(a, sb.buf);
	strbuf_release(&sb);
	return s;
}

void trend_add(struct trend *t, const struct result *r, const char *tree,
	       const char *version, int64_t now)
{
	struct trend_run *run = trend_new_run(t);
	struct arena *a = &t->arena;

	run->tree = arena_strdup(a, tree);
	run->revision = arena_strdup(a, r->tree.revision);
	run->describe = arena_strdup(a, r->tree.describe);
	run->kernel = arena_strdup(a, r->tree.kernel);
	run->version = arena_strdup(a, version);
	run->knowledge = arena_strdup(a, r->knowledge);
	run->paths = join_paths(a, &r->tree);
	run->commit_time = r->tree.commit_time;
	run->added = now;
	count_dirs(a, run, r);
}

static bool same_run(const struct trend_run *a, const struct trend_run *b)
{
	return !strcmp(a->revision, b->revision) &&
	       !strcmp(a->version, b->version) &&
	       !strcmp(a->knowledge, b->knowledge);
}

void trend_join(struct trend *t, const struct result *r, const char *tree,
		const char *version, int64_t now)
{
	struct trend_run own;
	size_t n = 0;

	trend_add(t, r, tree, version, now);
	own = t->v[--t->nr];
	for (size_t i = 0; i < t->nr; i++) {
		const struct trend_run *run = &t->v[i];

		if (strcmp(run->paths, own.paths) == 0 &&
		    (!own.revision[0] || !same_run(run, &own)))
			t->v[n++] = *run;
	}
	t->nr = n;
	*trend_new_run(t) = own;
	trend_sort(t);
}

static int64_t age_of(const struct trend_run *r)
{
	return r->commit_time ? r->commit_time : r->added;
}

static int cmp_i64(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int cmp_runs(const void *va, const void *vb)
{
	const struct trend_run *a = va, *b = vb;
	int c = cmp_i64(age_of(a), age_of(b));

	if (!c)
		c = cmp_i64(a->added, b->added);
	if (!c)
		c = strcmp(a->tree, b->tree);
	if (!c)
		c = strcmp(a->revision, b->revision);
	if (!c)
		c = strcmp(a->version, b->version);
	return c ? c : strcmp(a->knowledge, b->knowledge);
}

void trend_sort(struct trend *t)
{
	if (t->nr)
		qsort(t->v, t->nr, sizeof(*t->v), cmp_runs);
}

void trend_date(const struct trend_run *r, char out[16])
{
	time_t when = (time_t)age_of(r);
	struct tm tm;

	out[0] = '\0';
	if (when && gmtime_r(&when, &tm) && tm.tm_year < 8100 &&
	    tm.tm_year > -1900)
		strftime(out, 16, "%Y-%m-%d", &tm);
}

const char *trend_label(const struct trend_run *r)
{
	if (r->describe[0])
		return r->describe;
	return r->revision[0] ? r->revision : "directory";
}

uint64_t trend_total(const uint64_t *counts, size_t nr)
{
	uint64_t n = 0;

	for (size_t i = 0; i < nr; i++)
		n += counts[i];
	return n;
}

uint64_t trend_open(const uint64_t *sites)
{
	uint64_t n = 0;

	for (int i = 0; i < VERDICT_NR; i++)
		if (verdict_asks(i))
			n += sites[i];
	return n;
}
