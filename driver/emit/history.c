// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs in SQLite: opened, checked, added to in one transaction, loaded.
 *
 * In: results. Out: a trend. The database has two tables: `run` has a line a
 * run, `count` what each directory had of each verdict and rule, by the names
 * that reports use. Nothing is ever changed or deleted in it.
 */
#include "emit/history.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/digest.h"
#include "base/mem.h"
#include "base/str.h"

#define APPLICATION_ID	0x67667073	/* "gfps" */
#define LAYOUT		1
#define BUSY_MS		30000

struct history {
	sqlite3 *db;
	char *path;
};

static const char tables[] =
	"CREATE TABLE run (\n"
	"  id INTEGER PRIMARY KEY,\n"
	"  name TEXT NOT NULL UNIQUE,\n"	/* digest of what it is known by */
	"  tree TEXT NOT NULL,\n"
	"  revision TEXT NOT NULL,\n"
	"  describe TEXT NOT NULL,\n"
	"  kernel TEXT NOT NULL,\n"
	"  version TEXT NOT NULL,\n"
	"  knowledge TEXT NOT NULL,\n"
	"  paths TEXT NOT NULL,\n"
	"  commit_time INTEGER NOT NULL,\n"
	"  added INTEGER NOT NULL);\n"
	"CREATE TABLE count (\n"
	"  run INTEGER NOT NULL REFERENCES run(id),\n"
	"  dir TEXT NOT NULL,\n"
	"  what TEXT NOT NULL,\n"		/* a verdict or a rule */
	"  n INTEGER NOT NULL,\n"
	"  PRIMARY KEY (run, dir, what)) WITHOUT ROWID;\n";

static int failed(struct history *h, const char *what, struct err *err)
{
	int code = sqlite3_errcode(h->db);

	if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT ||
	    code == SQLITE_FORMAT)
		return err_set(err, ERR_FORMAT, "history '%s' is damaged (%s); "
			       "move it away and add the reports again",
			       h->path, sqlite3_errmsg(h->db));
	if (code == SQLITE_BUSY)
		return err_set(err, ERR_IO, "history '%s' was held by another "
			       "program for %d seconds", h->path,
			       BUSY_MS / 1000);
	return err_set(err, ERR_IO, "cannot %s history '%s': %s", what, h->path,
		       sqlite3_errmsg(h->db));
}

static int run_sql(struct history *h, const char *sql, const char *what,
		   struct err *err)
{
	return sqlite3_exec(h->db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 :
	       failed(h, what, err);
}

static int get_number(struct history *h, const char *sql, int64_t *n,
		      struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = 0;

	if (sqlite3_prepare_v2(h->db, sql, -1, &st, NULL) != SQLITE_OK ||
	    sqlite3_step(st) != SQLITE_ROW)
		rc = failed(h, "read", err);
	else
		*n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return rc;
}

/* Is it ours? @layout: out, 0 for an empty file. In a transaction. */
static int check_layout(struct history *h, int64_t *layout, struct err *err)
{
	int64_t id, tables_nr;
	int rc = get_number(h, "PRAGMA application_id", &id, err);

	if (!rc)
		rc = get_number(h, "PRAGMA user_version", layout, err);
	if (!rc)
		rc = get_number(h, "SELECT count(*) FROM sqlite_master",
				&tables_nr, err);
	if (rc)
		return rc;
	if (!id && !*layout && !tables_nr)
		return 0;
	if (id != APPLICATION_ID || *layout < 1)
		return err_set(err, ERR_FORMAT,
			       "'%s' is a database of something else", h->path);
	if (*layout > LAYOUT)
		return err_set(err, ERR_FORMAT, "history '%s' was made by a "
			       "newer gfpscope", h->path);
	return 0;
}

static int check_pages(struct history *h, struct err *err)
{
	sqlite3_stmt *st = NULL;
	const char *said;
	int rc = 0;

	if (sqlite3_prepare_v2(h->db, "PRAGMA quick_check(1)", -1, &st,
			       NULL) != SQLITE_OK ||
	    sqlite3_step(st) != SQLITE_ROW) {
		rc = failed(h, "read", err);
	} else {
		said = (const char *)sqlite3_column_text(st, 0);
		if (!said || strcmp(said, "ok") != 0)
			rc = err_set(err, ERR_FORMAT, "history '%s' is damaged "
				     "(%s); move it away and add the reports "
				     "again", h->path, said ? said : "");
	}
	sqlite3_finalize(st);
	return rc;
}

/* SQLite has other plans with "" and with names that begin with a colon. */
static char *plain_path(const char *path)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_addf(&sb, "%s%s", path[0] && path[0] != ':' ? "" : "./", path);
	return strbuf_detach(&sb);
}

/*
 * All is read in one transaction, which sees one state of the file: between
 * two reads another program may make the tables.
 */
static int check_whole(struct history *h, struct err *err)
{
	int64_t layout;
	int rc = run_sql(h, "BEGIN", "read", err);

	if (rc)
		return rc;
	rc = check_layout(h, &layout, err);
	if (!rc)
		rc = check_pages(h, err);
	sqlite3_exec(h->db, "ROLLBACK", NULL, NULL, NULL);
	return rc;
}

/*
 * A reader too may write if the file lets it: what a killed program left half
 * written must be taken back before anything can be read.
 */
int history_open(struct history **out, const char *path, bool write,
		 struct err *err)
{
	struct history *h = xcalloc(1, sizeof(*h));
	int flags = SQLITE_OPEN_READWRITE | (write ? SQLITE_OPEN_CREATE : 0);
	struct stat st;
	int rc = 0;

	*out = NULL;
	h->path = plain_path(path);
	if (!write && stat(path, &st))
		rc = err_set(err, ERR_NOT_FOUND, "no history '%s'", path);
	else if (sqlite3_open_v2(h->path, &h->db, flags, NULL) != SQLITE_OK)
		rc = failed(h, "open", err);
	if (!rc) {
		sqlite3_busy_timeout(h->db, BUSY_MS);
		rc = check_whole(h, err);
	}
	if (rc)
		history_close(h);
	else
		*out = h;
	return rc;
}

void history_close(struct history *h)
{
	if (!h)
		return;
	sqlite3_close(h->db);
	free(h->path);
	free(h);
}

/* ---- add ---- */

/* In a transaction: another program may have made the tables just now. */
static int make_tables(struct history *h, struct err *err)
{
	char pragmas[96];
	int64_t layout;
	int rc = check_layout(h, &layout, err);

	if (rc || layout)
		return rc;
	snprintf(pragmas, sizeof(pragmas), "PRAGMA application_id = %d;"
		 "PRAGMA user_version = %d", APPLICATION_ID, LAYOUT);
	rc = run_sql(h, tables, "write", err);
	return rc ? rc : run_sql(h, pragmas, "write", err);
}

static void name_run(const struct trend_run *run, const struct result *r,
		     char *name)
{
	struct digest *d = digest_new();

	digest_adds(d, run->tree);
	digest_adds(d, run->revision);
	digest_adds(d, run->version);
	digest_adds(d, run->knowledge);
	digest_adds(d, run->paths);
	for (size_t i = 0; !run->revision[0] && i < r->nr_sites; i++) {
		digest_adds(d, r->sites[i].id);
		digest_adds(d, verdict_name(r->sites[i].verdict));
	}
	for (size_t i = 0; !run->revision[0] && i < r->nr_findings; i++)
		digest_adds(d, r->findings[i].id);
	digest_hex(d, name, 32);
}

static bool bind_text(sqlite3_stmt *st, int i, const char *s)
{
	return sqlite3_bind_text(st, i, s, -1, SQLITE_STATIC) == SQLITE_OK;
}

static int insert_run(struct history *h, const struct trend_run *run,
		      const char *name, int64_t *id, struct err *err)
{
	static const char sql[] =
		"INSERT OR IGNORE INTO run (name, tree, revision, describe, "
		"kernel, version, knowledge, paths, commit_time, added) "
		"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
	sqlite3_stmt *st = NULL;
	bool ok = sqlite3_prepare_v2(h->db, sql, -1, &st, NULL) == SQLITE_OK;
	int rc = 0;

	ok = ok && bind_text(st, 1, name) && bind_text(st, 2, run->tree) &&
	     bind_text(st, 3, run->revision) &&
	     bind_text(st, 4, run->describe) && bind_text(st, 5, run->kernel) &&
	     bind_text(st, 6, run->version) &&
	     bind_text(st, 7, run->knowledge) && bind_text(st, 8, run->paths) &&
	     sqlite3_bind_int64(st, 9, run->commit_time) == SQLITE_OK &&
	     sqlite3_bind_int64(st, 10, run->added) == SQLITE_OK &&
	     sqlite3_step(st) == SQLITE_DONE;
	if (!ok)
		rc = failed(h, "write", err);
	else
		*id = sqlite3_changes(h->db) ?
		      sqlite3_last_insert_rowid(h->db) : 0;
	sqlite3_finalize(st);
	return rc;
}

static bool insert_count(sqlite3_stmt *st, int64_t run, const char *dir,
			 const char *what, uint64_t n)
{
	if (!n)
		return true;
	sqlite3_reset(st);
	return sqlite3_bind_int64(st, 1, run) == SQLITE_OK &&
	       bind_text(st, 2, dir) && bind_text(st, 3, what) &&
	       sqlite3_bind_int64(st, 4, (int64_t)n) == SQLITE_OK &&
	       sqlite3_step(st) == SQLITE_DONE;
}

static int insert_counts(struct history *h, const struct trend_run *run,
			 int64_t id, struct err *err)
{
	static const char sql[] = "INSERT INTO count VALUES (?, ?, ?, ?)";
	sqlite3_stmt *st = NULL;
	bool ok = sqlite3_prepare_v2(h->db, sql, -1, &st, NULL) == SQLITE_OK;
	int rc;

	for (size_t i = 0; i < run->nr_dirs && ok; i++) {
		const struct trend_dir *d = &run->dirs[i];

		for (int v = 0; v < VERDICT_NR && ok; v++)
			ok = insert_count(st, id, d->dir, verdict_name(v),
					  d->sites[v]);
		for (int v = 0; v < RULE_NR && ok; v++)
			ok = insert_count(st, id, d->dir, rule_name(v),
					  d->findings[v]);
	}
	rc = ok ? 0 : failed(h, "write", err);
	sqlite3_finalize(st);
	return rc;
}

static int add_run(struct history *h, const struct trend_run *run,
		   const char *name, bool *known, struct err *err)
{
	int64_t id = 0;
	int rc = make_tables(h, err);

	if (!rc)
		rc = insert_run(h, run, name, &id, err);
	*known = !rc && !id;
	return rc || !id ? rc : insert_counts(h, run, id, err);
}

int history_add(struct history *h, const struct result *r, const char *tree,
		const char *version, int64_t now, bool *known,
		struct err *err)
{
	struct trend one;
	char name[33];
	int rc = run_sql(h, "BEGIN IMMEDIATE", "write", err);

	*known = false;
	if (rc)
		return rc;
	trend_init(&one);
	trend_add(&one, r, tree, version, now);
	name_run(&one.v[0], r, name);
	rc = add_run(h, &one.v[0], name, known, err);
	if (!rc)
		rc = run_sql(h, "COMMIT", "write", err);
	if (rc)
		sqlite3_exec(h->db, "ROLLBACK", NULL, NULL, NULL);
	trend_release(&one);
	return rc;
}

/* ---- load ---- */

struct loading {
	struct history *h;
	struct trend *t;
	sqlite3_stmt *runs, *counts;
};

static const char *get_text(struct loading *l, sqlite3_stmt *st, int i)
{
	const char *s = (const char *)sqlite3_column_text(st, i);

	return arena_strdup(&l->t->arena, s ? s : "");
}

static int odd_row(struct loading *l, const char *what, struct err *err)
{
	return err_set(err, ERR_FORMAT, "history '%s' has counts of '%s', which "
		       "this gfpscope does not know", l->h->path, what);
}

static int take_count(struct loading *l, struct trend_run *run,
		      struct err *err)
{
	const char *dir = (const char *)sqlite3_column_text(l->counts, 0);
	const char *what = (const char *)sqlite3_column_text(l->counts, 1);
	int64_t n = sqlite3_column_int64(l->counts, 2);
	int v = verdict_parse(what ? what : "");
	int rule = rule_parse(what ? what : "");
	struct trend_dir *d;

	if (!dir || (v < 0 && rule < 0) || n < 0)
		return odd_row(l, what ? what : "NULL", err);
	if (!run->nr_dirs || strcmp(run->dirs[run->nr_dirs - 1].dir, dir) != 0)
		run->dirs[run->nr_dirs++].dir =
			arena_strdup(&l->t->arena, dir);
	d = &run->dirs[run->nr_dirs - 1];
	if (v >= 0) {
		d->sites[v] += (uint64_t)n;
		run->sites[v] += (uint64_t)n;
	} else {
		d->findings[rule] += (uint64_t)n;
		run->findings[rule] += (uint64_t)n;
	}
	return 0;
}

/* Rows come by directory; their number is the most that dirs can be. */
static int take_counts(struct loading *l, struct trend_run *run, int64_t id,
		       size_t most, struct err *err)
{
	int rc = 0, step;

	run->dirs = ARENA_ARRAY(&l->t->arena, struct trend_dir, most);
	sqlite3_reset(l->counts);
	sqlite3_bind_int64(l->counts, 1, id);
	while (!rc && (step = sqlite3_step(l->counts)) == SQLITE_ROW)
		rc = take_count(l, run, err);
	if (!rc && step != SQLITE_DONE)
		rc = failed(l->h, "read", err);
	return rc;
}

static int take_run(struct loading *l, struct err *err)
{
	struct trend_run *run = trend_new_run(l->t);
	sqlite3_stmt *st = l->runs;

	run->tree = get_text(l, st, 1);
	run->revision = get_text(l, st, 2);
	run->describe = get_text(l, st, 3);
	run->kernel = get_text(l, st, 4);
	run->version = get_text(l, st, 5);
	run->knowledge = get_text(l, st, 6);
	run->paths = get_text(l, st, 7);
	run->commit_time = sqlite3_column_int64(st, 8);
	run->added = sqlite3_column_int64(st, 9);
	return take_counts(l, run, sqlite3_column_int64(st, 0),
			   (size_t)sqlite3_column_int64(st, 10), err);
}

static int prepare(struct loading *l, const char *tree, struct err *err)
{
	static const char runs[] =
		"SELECT id, tree, revision, describe, kernel, version, "
		"knowledge, paths, commit_time, added, "
		"(SELECT count(DISTINCT dir) FROM count WHERE run = id) "
		"FROM run WHERE ?1 IS NULL OR tree = ?1 ORDER BY id";
	static const char counts[] =
		"SELECT dir, what, n FROM count WHERE run = ? ORDER BY dir";

	if (sqlite3_prepare_v2(l->h->db, runs, -1, &l->runs, NULL) ||
	    sqlite3_prepare_v2(l->h->db, counts, -1, &l->counts, NULL) ||
	    (tree && !bind_text(l->runs, 1, tree)))
		return failed(l->h, "read", err);
	return 0;
}

int history_load(struct history *h, const char *tree, struct trend *t,
		 struct err *err)
{
	struct loading l = { .h = h, .t = t };
	int64_t layout;
	int rc = run_sql(h, "BEGIN", "read", err), step;

	if (rc)
		return rc;
	rc = check_layout(h, &layout, err);
	if (!rc && layout) {
		rc = prepare(&l, tree, err);
		while (!rc && (step = sqlite3_step(l.runs)) == SQLITE_ROW)
			rc = take_run(&l, err);
		if (!rc && step != SQLITE_DONE)
			rc = failed(h, "read", err);
	}
	sqlite3_finalize(l.runs);
	sqlite3_finalize(l.counts);
	sqlite3_exec(h->db, "ROLLBACK", NULL, NULL, NULL);
	if (!rc)
		trend_sort(t);
	return rc;
}
