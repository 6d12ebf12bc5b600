// SPDX-License-Identifier: GPL-2.0-only
/*
 * Unit tests of runs in a row: kept in a database, counted, shown.
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "emit/burndown.h"
#include "emit/csv.h"
#include "emit/history.h"
#include "emit/table.h"
#include "test/sample.h"
#include "test/test.h"

struct place {
	char *dir, *db;
};

static int place_make(void **state)
{
	struct place *p = xcalloc(1, sizeof(*p));
	struct strbuf sb = STRBUF_INIT;

	p->dir = dir_temp("gfpscope-test", NULL);
	assert_non_null(p->dir);
	strbuf_addf(&sb, "%s/history.db", p->dir);
	p->db = strbuf_detach(&sb);
	*state = p;
	return 0;
}

static int place_drop(void **state)
{
	struct place *p = *state;

	assert_int_equal(dir_remove(p->dir, NULL), 0);
	free(p->dir);
	free(p->db);
	free(p);
	return 0;
}

/* Add the sample as revision @digit at day @day. */
static int try_sample(const char *db, const char *tree, char digit,
		      int64_t day, bool *known, struct err *err)
{
	struct history *h;
	struct result r;
	char revision[41];
	int rc;

	memset(revision, digit, 40);
	revision[40] = '\0';
	sample_result(&r);
	r.tree.revision = revision;
	r.tree.describe = digit == '0' ? "" : "v6.1";
	r.tree.commit_time = day * 86400;
	rc = history_open(&h, db, true, err);
	if (!rc)
		rc = history_add(h, &r, tree, "0.1", 1800000000, known, err);
	history_close(h);
	result_release(&r);
	return rc;
}

/* The same, which must work; returns whether it was known. */
static bool add_sample(const char *db, const char *tree, char digit,
		       int64_t day)
{
	struct err err = ERR_INIT;
	bool known;

	if (try_sample(db, tree, digit, day, &known, &err))
		fail_msg("%s", err.msg);
	return known;
}

static void load(const char *db, const char *tree, struct trend *t)
{
	struct err err = ERR_INIT;
	struct history *h;

	trend_init(t);
	if (history_open(&h, db, false, &err) ||
	    history_load(h, tree, t, &err))
		fail_msg("%s", err.msg);
	history_close(h);
}

static void what_is_added_comes_back(void **state)
{
	struct place *p = *state;
	const struct trend_run *r;
	struct trend t;

	assert_false(add_sample(p->db, "main", '2', 20000));
	assert_false(add_sample(p->db, "main", '1', 19000));
	assert_false(add_sample(p->db, "next", '1', 19000));
	load(p->db, NULL, &t);
	assert_int_equal(t.nr, 3);
	trend_release(&t);
	load(p->db, "main", &t);
	assert_int_equal(t.nr, 2);
	r = &t.v[0];
	assert_int_equal(r->revision[0], '1');
	assert_int_equal(r->commit_time, INT64_C(19000) * 86400);
	assert_int_equal(r->added, 1800000000);
	assert_string_equal(r->describe, "v6.1");
	assert_string_equal(r->kernel, "6.1.192");
	assert_string_equal(r->paths, "fs\ndrivers/b");
	assert_int_equal(r->sites[VERDICT_REDUNDANT], 2);
	assert_int_equal(r->sites[VERDICT_SCOPE], 1);
	assert_int_equal(r->sites[VERDICT_UNKNOWN], 1);
	assert_int_equal(trend_total(r->sites, VERDICT_NR), 4);
	assert_int_equal(trend_open(r->sites), 3);
	assert_int_equal(r->findings[RULE_MISSING_SCOPE], 1);
	assert_int_equal(r->nr_dirs, 3);
	assert_string_equal(r->dirs[0].dir, "drivers/b");
	assert_int_equal(r->dirs[0].sites[VERDICT_SCOPE], 1);
	assert_string_equal(r->dirs[1].dir, "fs");
	assert_string_equal(r->dirs[2].dir, "fs/a");
	assert_int_equal(r->dirs[2].sites[VERDICT_REDUNDANT], 2);
	assert_int_equal(r->dirs[2].findings[RULE_MISSING_SCOPE], 1);
	trend_release(&t);
}

static void the_same_run_is_kept_once(void **state)
{
	struct place *p = *state;
	struct trend t;

	assert_false(add_sample(p->db, "main", '1', 1));
	assert_true(add_sample(p->db, "main", '1', 1));
	assert_false(add_sample(p->db, "other", '1', 1));
	load(p->db, NULL, &t);
	assert_int_equal(t.nr, 2);
	trend_release(&t);
}

static void plain_directories_differ_by_what_they_have(void **state)
{
	struct place *p = *state;
	struct history *h;
	struct result r;
	bool known;

	sample_result(&r);
	r.tree.revision = "";
	assert_int_equal(history_open(&h, p->db, true, NULL), 0);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(history_add(h, &r, "", "1", 1, &known, NULL),
				 0);
		assert_int_equal(known, i == 1);
		if (i == 1)
			r.sites[0].verdict = VERDICT_KEEP;
	}
	history_close(h);
	result_release(&r);
}

/* Of a process of its own, which says on stderr what went wrong. */
static void add_five(const char *db, int writer)
{
	struct err err = ERR_INIT;
	char tree[16];
	bool known;

	snprintf(tree, sizeof(tree), "t%d", writer);
	for (int i = 0; i < 5; i++) {
		if (!try_sample(db, tree, (char)('0' + i), i, &known, &err))
			continue;
		fprintf(stderr, "writer %d: %s\n", writer, err.msg);
		_exit(1);
	}
	_exit(0);
}

static void many_writers_lose_nothing(void **state)
{
	struct place *p = *state;
	struct trend t;
	pid_t pids[6];
	int status;

	for (int i = 0; i < 6; i++) {
		pids[i] = fork();
		if (!pids[i])
			add_five(p->db, i);
	}
	for (int i = 0; i < 6; i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_int_equal(status, 0);
	}
	load(p->db, NULL, &t);
	assert_int_equal(t.nr, 30);
	for (size_t i = 0; i < t.nr; i++)
		assert_int_equal(t.v[i].nr_dirs, 3);
	trend_release(&t);
}

/* Change every row, let it reach the file, and end without a commit. */
static void end_half_way(const char *db)
{
	static const char sql[] =
		"PRAGMA cache_size = 1; PRAGMA cache_spill = 1;"
		"BEGIN IMMEDIATE; DELETE FROM count;"
		"UPDATE run SET tree = hex(zeroblob(100000))";
	sqlite3 *raw;

	if (sqlite3_open(db, &raw) != SQLITE_OK ||
	    sqlite3_exec(raw, sql, NULL, NULL, NULL) != SQLITE_OK)
		_exit(1);
	_exit(0);
}

static void expect_open(const char *path, bool write, int code,
			const char *words)
{
	struct err err = ERR_INIT;
	struct history *h;

	assert_int_equal(history_open(&h, path, write, &err), code);
	assert_null(h);
	assert_non_null(strstr(err.msg, words));
	err_clear(&err);
}

static void what_was_half_written_is_taken_back(void **state)
{
	struct place *p = *state;
	struct strbuf before = STRBUF_INIT, after = STRBUF_INIT;
	struct trend t;
	pid_t pid;
	int status;

	add_sample(p->db, "main", '1', 1);
	assert_int_equal(file_read(p->db, 0, &before, NULL), 0);
	pid = fork();
	if (!pid)
		end_half_way(p->db);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(file_read(p->db, 0, &after, NULL), 0);
	assert_true(after.len > before.len);
	load(p->db, "main", &t);
	assert_int_equal(t.nr, 1);
	assert_int_equal(t.v[0].nr_dirs, 3);
	trend_release(&t);
	strbuf_release(&before);
	strbuf_release(&after);
}

static void bad_databases_are_told(void **state)
{
	static const char text[] = "this is no database at all, but long "
				   "enough to be looked at";
	struct place *p = *state;
	struct strbuf sb = STRBUF_INIT;

	expect_open(p->db, false, ERR_NOT_FOUND, "no history");
	assert_int_equal(file_write(p->db, text, sizeof(text), NULL), 0);
	expect_open(p->db, true, ERR_FORMAT, "damaged");
	expect_open(p->db, false, ERR_FORMAT, "damaged");
	expect_open(p->dir, true, ERR_IO, "cannot");
	strbuf_addf(&sb, "%s/no/such/dir.db", p->dir);
	expect_open(sb.buf, true, ERR_IO, "cannot");
	strbuf_release(&sb);
}

static void damage_within_is_told(void **state)
{
	struct place *p = *state;
	struct strbuf sb = STRBUF_INIT;

	for (int i = 0; i < 8; i++)
		add_sample(p->db, "main", (char)('0' + i), i + 1);
	assert_int_equal(file_read(p->db, 0, &sb, NULL), 0);
	assert_true(sb.len >= 3 * 4096);
	memset(sb.buf + 4096, 0xa5, sb.len - 4096);
	assert_int_equal(file_write(p->db, sb.buf, sb.len, NULL), 0);
	expect_open(p->db, true, ERR_FORMAT, "damaged");
	/* Cut in the middle of a page. */
	assert_int_equal(file_write(p->db, sb.buf, 5000, NULL), 0);
	expect_open(p->db, false, ERR_FORMAT, "damaged");
	strbuf_release(&sb);
}

static void an_empty_file_is_an_empty_history(void **state)
{
	struct place *p = *state;
	struct trend t;

	assert_int_equal(file_write(p->db, "", 0, NULL), 0);
	load(p->db, NULL, &t);
	assert_int_equal(t.nr, 0);
	trend_release(&t);
	assert_false(add_sample(p->db, "", '1', 1));
}

/* ---- shown ---- */

static char *show(void (*write)(FILE *, const void *), const void *what)
{
	char *buf = NULL;
	size_t len;
	FILE *f = open_memstream(&buf, &len);

	write(f, what);
	fclose(f);
	return buf;
}
#define SHOW(fn, what) show((void (*)(FILE *, const void *))(fn), what)

/* Three runs: the sample, one site settled and one directory more, nothing. */
static void three_runs(struct trend *t)
{
	struct result r;

	trend_init(t);
	sample_result(&r);
	trend_add(t, &r, "main", "1", 0);
	r.tree.describe = "<script>\"&=\x1b\xe9,v2";
	r.tree.commit_time += 86400;
	r.sites[0].path = "a.c";
	r.sites[2].verdict = VERDICT_KEEP;
	trend_add(t, &r, "main", "2", 0);
	r.nr_sites = r.nr_findings = 0;
	r.tree.describe = "v3";
	r.tree.commit_time += 86400;
	trend_add(t, &r, "main", "2", 0);
	result_release(&r);
	trend_sort(t);
}

static void burndown_counts(void **state)
{
	struct burndown b;
	struct trend t;

	three_runs(&t);
	burndown_make(&b, &t, MEASURE_ALL, 0);
	assert_int_equal(b.nr, 4);
	assert_int_equal(b.totals[0], 4);
	assert_int_equal(b.totals[1], 4);
	assert_int_equal(b.totals[2], 0);
	assert_string_equal(b.rows[0].dir, "");
	assert_int_equal(b.rows[0].n[0], 0);
	assert_int_equal(b.rows[0].n[1], 1);
	assert_string_equal(b.rows[3].dir, "fs/a");
	assert_int_equal(b.rows[3].n[0], 2);
	assert_true(burndown_changed(&b, 1));
	assert_false(burndown_changed(&b, 2));
	burndown_release(&b);
	burndown_make(&b, &t, MEASURE_OPEN, 2);
	assert_int_equal(b.totals[0], 3);
	assert_int_equal(b.totals[1], 2);
	assert_int_equal(b.nr_columns, 2);
	assert_int_equal(b.columns[0], 0);
	assert_int_equal(b.columns[1], 2);
	burndown_release(&b);
	burndown_make(&b, &t, measure_parse("missing-scope"), 1);
	assert_int_equal(b.totals[0], 1);
	assert_int_equal(b.columns[0], 2);
	burndown_release(&b);
	trend_release(&t);
}

static void measures_have_names(void **state)
{
	for (int i = 0; i < MEASURE_NR; i++)
		assert_int_equal(measure_parse(measure_name(i)), i);
	assert_int_equal(measure_parse(""), -1);
	assert_int_equal(measure_parse("ALL"), -1);
}

static void burndown_as_text(void **state)
{
	struct burndown b;
	struct trend t;
	char *s;

	three_runs(&t);
	burndown_make(&b, &t, MEASURE_ALL, 2);
	s = SHOW(burndown_text, &b);
	assert_string_equal(s,
		"restricted sites: all\n\n"
		"directory        v6.1          v3  change\n"
		"           2023-11-14  2023-11-16        \n"
		".                   .           .       .\n"
		"drivers/b           1           .      -1\n"
		"fs                  1           .      -1\n"
		"fs/a                2           .      -2\n"
		"total               4           .      -4\n"
		"\n1 of 3 runs are not shown\n"
		"\nsince <script>\"&=\\x1b\\xe9,v2 another version of the "
		"tool or of its knowledge counts\n");
	free(s);
	burndown_release(&b);
	trend_release(&t);
}

static void burndown_as_page_is_escaped(void **state)
{
	struct burndown b;
	struct trend t;
	char *s;

	three_runs(&t);
	burndown_make(&b, &t, MEASURE_ALL, 0);
	s = SHOW(burndown_html, &b);
	assert_null(strstr(s, "<script"));
	assert_non_null(strstr(s, "&lt;script&gt;&quot;&amp;="));
	assert_null(strchr(s, '\x1b'));
	assert_null(strstr(s, "\xe9,"));
	assert_non_null(strstr(s, "4 at first, 0 now"));
	assert_non_null(strstr(s, "<td class=\"less\">-2</td>"));
	assert_null(strstr(s, "http:"));
	free(s);
	burndown_release(&b);
	trend_release(&t);
}

static void runs_as_csv(void **state)
{
	struct trend t;
	char *s;

	three_runs(&t);
	s = SHOW(trend_csv, &t);
	assert_non_null(strstr(s, "\nmain,0123456789abcdef0123456789abcdef"
			       "01234567,v6.1,6.1.192,2023-11-14,fs/a,"
			       "2,0,0,0,0,0,0,0,0,2,2,1,0,0\n"));
	assert_non_null(strstr(s, ",\"<script>\"\"&="));
	/* The run without a site has a row too. */
	assert_non_null(strstr(s, ",v3,6.1.192,2023-11-16,.,0,0,0,0,0,0,0,0,"
			       "0,0,0,0,0,0\n"));
	free(s);
	trend_release(&t);
}

static void the_present_joins_the_past(void **state)
{
	struct trend t;
	struct result r;

	three_runs(&t);
	sample_result(&r);
	/* Known already, but by another tool: a run of its own. */
	trend_join(&t, &r, "main", "3", 0);
	assert_int_equal(t.nr, 4);
	trend_join(&t, &r, "main", "3", 0);
	assert_int_equal(t.nr, 4);
	assert_int_equal(t.v[0].commit_time, r.tree.commit_time);
	assert_int_equal(trend_total(t.v[3].sites, VERDICT_NR), 0);
	/* Of other paths there is no past. */
	r.tree.nr_paths = 0;
	trend_join(&t, &r, "main", "3", 0);
	assert_int_equal(t.nr, 1);
	result_release(&r);
	trend_release(&t);
}

static void put_csv(FILE *f, const void *s)
{
	csv_str(f, s);
}

static void csv_fields(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "", "" },
		{ "fs/a", "fs/a" },
		{ "a,b", "\"a,b\"" },
		{ "a\"b", "\"a\"\"b\"" },
		{ "a\nb", "\"a\nb\"" },
		{ "=1+1", "'=1+1" },
		{ "@x,", "\"'@x,\"" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char *s = show(put_csv, cases[i].in);

		assert_string_equal(s, cases[i].out);
		free(s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define IN_PLACE(t) cmocka_unit_test_setup_teardown(t, place_make, place_drop)
		IN_PLACE(what_is_added_comes_back),
		IN_PLACE(the_same_run_is_kept_once),
		IN_PLACE(plain_directories_differ_by_what_they_have),
		IN_PLACE(many_writers_lose_nothing),
		IN_PLACE(what_was_half_written_is_taken_back),
		IN_PLACE(bad_databases_are_told),
		IN_PLACE(damage_within_is_told),
		IN_PLACE(an_empty_file_is_an_empty_history),
		cmocka_unit_test(burndown_counts),
		cmocka_unit_test(measures_have_names),
		cmocka_unit_test(burndown_as_text),
		cmocka_unit_test(burndown_as_page_is_escaped),
		cmocka_unit_test(runs_as_csv),
		cmocka_unit_test(the_present_joins_the_past),
		cmocka_unit_test(csv_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
