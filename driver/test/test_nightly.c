// SPDX-License-Identifier: GPL-2.0-only
/*
 * Unit tests of the nightly: its configuration, its runs on disk, its news.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "emit/news.h"
#include "emit/night_config.h"
#include "emit/nights.h"
#include "test/sample.h"
#include "test/test.h"

static int place_make(void **state)
{
	*state = dir_temp("gfpscope-test", NULL);
	return *state ? 0 : -1;
}

static int place_drop(void **state)
{
	assert_int_equal(dir_remove(*state, NULL), 0);
	free(*state);
	return 0;
}

/* ---- configuration ---- */

static int read_config(const char *dir, const char *text,
		       struct night_config *c, struct err *err)
{
	struct strbuf path = STRBUF_INIT;
	int rc;

	strbuf_addf(&path, "%s/c.json", dir);
	assert_int_equal(file_write(path.buf, text, strlen(text), NULL), 0);
	rc = night_config_read(c, path.buf, err);
	strbuf_release(&path);
	return rc;
}

#define HEAD "{\"schema\": \"gfpscope-nightly/1\", \"output\": \"out\", "
#define REPO "{\"name\": \"a\", \"path\": \"r\", \"branches\": [\"m\"]}"

static void a_config_in_full(void **state)
{
	static const char text[] = HEAD "\"keep\": 3, \"jobs\": 2, "
		"\"timeout\": 60, \"formats\": [\"html\", \"json\"], "
		"\"from\": \"A <a@b>\", \"cache_dir\": \"/c\", "
		"\"rules\": [\"own\"], \"lists\": [\"l@x\"], "
		"\"repositories\": [{\"name\": \"a\", \"path\": \"/r\", "
		"\"fetch\": \"origin\", \"uri\": \"git://x\", "
		"\"branches\": [\"m\", \"x/y\"], \"dirs\": [\"fs\"], "
		"\"suppress\": [\"s.json\"], \"decisions\": \"d.json\"}]}";
	struct night_config c;

	assert_int_equal(read_config(*state, text, &c, NULL), 0);
	assert_int_equal(c.keep, 3);
	assert_int_equal(c.jobs, 2);
	assert_int_equal(c.timeout, 60);
	assert_string_equal(c.formats, "json,html,json");
	assert_string_equal(c.from, "A <a@b>");
	assert_string_equal(c.cache_dir, "/c");
	assert_string_equal(c.lists.v[0], "l@x");
	assert_string_equal(c.trees[0].uri, "git://x");
	night_config_release(&c);
}

static void a_config_comes_out_as_it_says(void **state)
{
	static const char text[] = HEAD "\"formats\": [\"html\"], "
		"\"lists\": [\"l@x\"], \"rules\": [\"own\"], "
		"\"repositories\": [{\"name\": \"a\", \"path\": \"/r\", "
		"\"fetch\": \"origin\", \"branches\": [\"m\", \"x/y\"], "
		"\"dirs\": [\"fs\"], \"suppress\": [\"s.json\"], "
		"\"decisions\": \"d.json\"}]}";
	struct night_config c;
	struct strbuf path = STRBUF_INIT;

	assert_int_equal(read_config(*state, text, &c, NULL), 0);
	assert_int_equal(c.nr_trees, 2);
	assert_string_equal(c.trees[1].name, "a/x/y");
	assert_string_equal(c.trees[1].dir, "a/x_y");
	assert_string_equal(c.trees[1].rev, "x/y");
	assert_string_equal(c.trees[1].repo, "/r");
	assert_string_equal(c.trees[1].fetch, "origin");
	assert_string_equal(c.trees[0].dirs.v[0], "fs");
	strbuf_addf(&path, "%s/s.json", (const char *)*state);
	assert_string_equal(c.trees[0].suppress.v[0], path.buf);
	assert_true(str_ends(c.trees[0].decisions, "/d.json"));
	assert_true(str_ends(c.output, "/out"));
	assert_true(str_ends(c.rules.v[0], "/own"));
	assert_string_equal(c.formats, "json,html");
	assert_int_equal(c.keep, 14);
	assert_int_equal(c.timeout, 7200);
	assert_int_equal(strlen(c.digest), 16);
	strbuf_release(&path);
	night_config_release(&c);
}

static void bad_configs_are_told(void **state)
{
	static const struct {
		const char *text, *words;
	} cases[] = {
		{ "", "not JSON" },
		{ "[]", "no object" },
		{ "{}", "schema" },
		{ "{\"schema\": \"gfpscope-nightly/2\"}", "gfpscope-nightly/1" },
		{ "{\"schema\": \"gfpscope-nightly/1\"}", "output: missing" },
		{ HEAD "\"kep\": 1}", "kep: is no key" },
		{ HEAD "\"keep\": 0}", "keep: is too small" },
		{ HEAD "\"keep\": -1}", "keep" },
		{ HEAD "\"keep\": \"3\"}", "keep: has another type" },
		{ HEAD "\"formats\": [\"pdf\"]}", "formats" },
		{ HEAD "\"from\": \"a\\nBcc: b\"}", "from" },
		{ HEAD "\"repositories\": []}", "repositories: is empty" },
		{ HEAD "\"repositories\": [1]}", "repositories" },
		{ HEAD "\"repositories\": [{\"nmae\": \"a\"}]}", "branches" },
		{ HEAD "\"repositories\": [{\"name\": \"a\", \"path\": \"r\", "
		  "\"branches\": [], \"brnches\": []}]}", "brnches" },
		{ HEAD "\"repositories\": [{\"name\": \"a\", \"path\": \"r\", "
		  "\"branches\": []}]}", "branches: is empty" },
		{ HEAD "\"repositories\": [{\"name\": \"../a\", \"path\": \"r\""
		  ", \"branches\": [\"m\"]}]}", "name: must be" },
		{ HEAD "\"repositories\": [{\"name\": \"a\", \"path\": \"r\", "
		  "\"branches\": [\"-m\"]}]}", "no revision" },
		{ HEAD "\"repositories\": [{\"name\": \"a\", \"path\": \"r\", "
		  "\"branches\": [\"../../x\"]}]}", "no revision" },
		{ HEAD "\"repositories\": [{\"name\": \"a\", \"path\": \"r\", "
		  "\"fetch\": \"--upload-pack=x\", \"branches\": [\"m\"]}]}",
		  "fetch" },
		{ HEAD "\"repositories\": [" REPO ", " REPO "]}",
		  "a/m: would stand for two trees" },
		{ HEAD "\"repositories\": [{\"name\": \"a\", \"path\": \"r\", "
		  "\"branches\": [\"x/y\", \"x_y\"]}]}", "two trees" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct err err = ERR_INIT;
		struct night_config c;

		assert_int_equal(read_config(*state, cases[i].text, &c, &err),
				 ERR_FORMAT);
		if (!strstr(err.msg, cases[i].words))
			fail_msg("'%s' is not in '%s'", cases[i].words,
				 err.msg);
		err_clear(&err);
		night_config_release(&c);
	}
}

/* ---- runs on disk ---- */

#define NIGHT INT64_C(1800000000)	/* 2027-01-15T080000Z */
#define DAY 86400

static struct nights open_nights(const char *dir)
{
	struct err err = ERR_INIT;
	struct nights n;

	if (nights_open(&n, dir, &err))
		fail_msg("%s", err.msg);
	return n;
}

/* A run at @when with tree "a/m" in @state; done unless it is NIGHT_OPEN. */
static void one_night(const char *dir, int64_t when, enum night_state state)
{
	struct nights n = open_nights(dir);
	struct night_status s = { (uint8_t)state, "why", "", "before" };
	bool resumed;

	assert_int_equal(nights_begin(&n, "c1", when, &resumed, NULL), 0);
	if (state != NIGHT_OPEN) {
		assert_int_equal(nights_set_status(&n, "a/m", &s, NULL), 0);
		assert_int_equal(nights_finish(&n, NULL), 0);
	}
	nights_close(&n);
}

static void a_run_that_was_broken_off_goes_on(void **state)
{
	static const struct {
		const char *config;
		int64_t later;
		bool resumed;
	} cases[] = {
		{ "c1", 3600, true },
		{ "c2", 3600, false },
		{ "c1", NIGHT_RESUME + 1, false },
		{ "c1", -1, true },
		{ "c1", -NIGHT_RESUME - 1, false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct strbuf dir = STRBUF_INIT;
		struct nights n;
		bool resumed;

		strbuf_addf(&dir, "%s/%zu", (const char *)*state, i);
		one_night(dir.buf, NIGHT, NIGHT_OPEN);
		n = open_nights(dir.buf);
		assert_int_equal(n.nr, 1);
		assert_string_equal(n.runs[0].id, "2027-01-15T080000Z");
		assert_int_equal(nights_begin(&n, cases[i].config,
					      NIGHT + cases[i].later,
					      &resumed, NULL), 0);
		assert_int_equal(resumed, cases[i].resumed);
		assert_int_equal(n.nr, cases[i].resumed ? 1 : 2);
		/* Always the newest by name, also with the clock set back. */
		assert_int_equal(n.now, n.nr - 1);
		assert_true(n.nr == 1 ||
			    strcmp(n.runs[0].id, n.runs[1].id) < 0);
		nights_close(&n);
		strbuf_release(&dir);
	}
}

static void a_done_run_is_not_gone_on_with(void **state)
{
	struct nights n;
	bool resumed;

	one_night(*state, NIGHT, NIGHT_OK);
	n = open_nights(*state);
	assert_true(n.runs[0].done);
	assert_int_equal(nights_begin(&n, "c1", NIGHT, &resumed, NULL), 0);
	assert_false(resumed);
	assert_string_equal(n.runs[1].id, "2027-01-15T080001Z");
	nights_close(&n);
}

static void two_at_once_are_one_too_many(void **state)
{
	struct err err = ERR_INIT;
	struct nights n = open_nights(*state), other;

	assert_int_equal(nights_open(&other, *state, &err), ERR_FAILED);
	assert_non_null(strstr(err.msg, "another nightly is at work"));
	nights_close(&other);
	err_clear(&err);
	nights_close(&n);
	n = open_nights(*state);
	nights_close(&n);
}

static void the_last_good_report_is_found(void **state)
{
	struct night_status s;
	struct nights n;
	bool resumed;

	one_night(*state, NIGHT, NIGHT_OK);
	one_night(*state, NIGHT + DAY, NIGHT_PARTIAL);
	one_night(*state, NIGHT + 2 * DAY, NIGHT_FAILED);
	one_night(*state, NIGHT + 3 * DAY, NIGHT_OPEN);
	n = open_nights(*state);
	assert_int_equal(nights_begin(&n, "c9", NIGHT + 4 * DAY, &resumed,
				      NULL), 0);
	assert_int_equal(nights_last_good(&n, "a/m", SIZE_MAX), 1);
	assert_int_equal(nights_last_good(&n, "a/m", 1), 0);
	assert_int_equal(nights_last_good(&n, "a/m", 0), -1);
	assert_int_equal(nights_last_good(&n, "a/x", SIZE_MAX), -1);
	s = nights_status(&n, 2, "a/m");
	assert_int_equal(s.state, NIGHT_FAILED);
	assert_string_equal(s.why, "why");
	assert_string_equal(s.before, "before");
	assert_int_equal(nights_status(&n, 3, "a/m").state, NIGHT_OPEN);
	/* Damaged ones count as not tried. */
	assert_int_equal(file_write(nights_path(&n, 1, "a/m", "tree.json"),
				    "{\"state\": \"ok\"", 14, NULL), 0);
	assert_int_equal(nights_status(&n, 1, "a/m").state, NIGHT_OPEN);
	assert_int_equal(file_write(nights_path(&n, 1, "a/m", "tree.json"),
				    "[]", 2, NULL), 0);
	assert_int_equal(nights_status(&n, 1, "a/m").state, NIGHT_OPEN);
	nights_close(&n);
}

static bool there(struct nights *n, size_t i)
{
	struct stat st;

	return stat(nights_path(n, i, "", ""), &st) == 0;
}

static void old_runs_go_needed_ones_stay(void **state)
{
	struct night_tree tree = { .dir = "a/m" };
	struct night_config c = { .keep = 2, .trees = &tree, .nr_trees = 1 };
	struct nights n;
	size_t removed;
	bool resumed;

	one_night(*state, NIGHT, NIGHT_OK);
	one_night(*state, NIGHT + DAY, NIGHT_OK);
	one_night(*state, NIGHT + 2 * DAY, NIGHT_OPEN);
	for (int i = 3; i < 7; i++)
		one_night(*state, NIGHT + i * DAY, NIGHT_FAILED);
	n = open_nights(*state);
	assert_int_equal(nights_begin(&n, "c1", NIGHT + 7 * DAY, &resumed,
				      NULL), 0);
	assert_int_equal(nights_finish(&n, NULL), 0);
	assert_int_equal(nights_rotate(&n, &c, &removed, NULL), 0);
	/* Stay: the present one, one before it, the last with a report. */
	assert_int_equal(removed, 5);
	for (size_t i = 0; i < 8; i++)
		assert_int_equal(there(&n, i), i == 1 || i >= 6);
	nights_close(&n);
	n = open_nights(*state);
	assert_int_equal(n.nr, 3);
	nights_close(&n);
}

static void strangers_are_left_alone(void **state)
{
	struct night_config c = { .keep = 1 };
	struct strbuf path = STRBUF_INIT;
	struct nights n;
	size_t removed;
	bool resumed;

	strbuf_addf(&path, "%s/runs/2020-my-notes", (const char *)*state);
	assert_int_equal(dir_make(path.buf, NULL), 0);
	one_night(*state, NIGHT, NIGHT_OK);
	n = open_nights(*state);
	assert_int_equal(n.nr, 1);
	nights_begin(&n, "c1", NIGHT + DAY, &resumed, NULL);
	nights_finish(&n, NULL);
	assert_int_equal(nights_rotate(&n, &c, &removed, NULL), 0);
	assert_int_equal(removed, 1);
	assert_int_equal(access(path.buf, F_OK), 0);
	nights_close(&n);
	strbuf_release(&path);
}

/* ---- news ---- */

static const char maintainers_text[] =
	"Maintainers List\n----------------\n\n"
	"A FILE SYSTEM\nL:\ta@lists.example.org\nS:\tMaintained\nF:\tfs/a/\n\n"
	"ODD ONE\nL:\todd/../one@example.org\nF:\tdrivers/b/\n\n"
	"THE REST\nL:\tall@lists.example.org\nF:\t*\nF:\t*/\n";

struct told {
	struct result before, now;
	struct delta delta;
	struct marks marks;
	struct report report;
	struct maintainers *maintainers;
	struct news news;
	struct news_tree tree;
};

/* The sample twice; tests change `now` before tell(). */
static void told_init(struct told *t)
{
	memset(t, 0, sizeof(*t));
	sample_result(&t->before);
	sample_result(&t->now);
	t->now.tree.describe = "v6.2";
	t->maintainers = maintainers_parse(maintainers_text,
					   strlen(maintainers_text), "", 0,
					   NULL, NULL);
	news_init(&t->news, "RUN", (struct night_words){ NULL, 0 },
		  CONF_LOW);
	t->tree = (struct news_tree){
		.name = "main/x", .report = &t->report,
		.before = &t->before.tree, .before_run = "OLD", .remark = "",
		.maintainers = t->maintainers,
	};
}

static void tell(struct told *t, struct suppressions *s,
		 const struct decisions *d)
{
	delta_make(&t->delta, &t->before, &t->now);
	marks_make(&t->marks, &t->now, &t->delta, s, d);
	report_init(&t->report, &t->now, NULL);
	t->report.marks = &t->marks;
	news_add(&t->news, &t->tree);
}

static void told_release(struct told *t)
{
	news_release(&t->news);
	maintainers_free(t->maintainers);
	report_release(&t->report);
	marks_release(&t->marks);
	delta_release(&t->delta);
	result_release(&t->before);
	result_release(&t->now);
}

static char *digest_of(const struct news *n)
{
	char *buf = NULL;
	size_t len;
	FILE *f = open_memstream(&buf, &len);

	news_put_digest(f, n);
	fclose(f);
	return buf;
}

static char *mail_of(const struct news *n, size_t i)
{
	char *buf = NULL;
	size_t len;
	FILE *f = open_memstream(&buf, &len);

	news_put_mail(f, n, i, "G <g@x>");
	fclose(f);
	return buf;
}

static void expect_in(const char *text, const char *words)
{
	if (!strstr(text, words))
		fail_msg("'%s' is not in:\n%s", words, text);
}

static void nothing_new_is_one_line(void **state)
{
	struct told t;
	char *s;

	told_init(&t);
	tell(&t, NULL, NULL);
	s = digest_of(&t.news);
	assert_string_equal(s,
		"gfpscope, night of RUN: 1 tree, 0 new, 0 failed\n"
		"The reports are in runs/RUN.\n"
		"\nNothing new:\n"
		"  main/x: v6.2 (0123456789ab): 4 sites, 3 of them ask for a "
		"change, 1 findings\n");
	assert_int_equal(t.news.nr_lists, 0);
	free(s);
	told_release(&t);
}

static void what_is_new_goes_to_its_lists(void **state)
{
	struct strbuf name = STRBUF_INIT;
	struct told t;
	char *s;

	told_init(&t);
	/* The finding and one site of fs/a are new, one of drivers/b too,
	 * and fs/inode.c is of no list but the last. */
	t.before.nr_findings = 0;
	memset(t.before.sites[0].id, 'f', 16);
	t.before.sites[0].path = "gone";
	t.before.sites[0].function = "gone";
	t.now.sites[3].verdict = VERDICT_UNNEEDED;
	tell(&t, NULL, NULL);
	s = digest_of(&t.news);
	expect_in(s, "1 tree, 3 new, 0 failed");
	expect_in(s, "\nmain/x: v6.2 (0123456789ab), before: v6.1 "
		     "(0123456789ab) of OLD\n");
	expect_in(s, "\n  closed: 1\n    gone: gone(): scope "
		     "[ffffffffffffffff]\n");
	expect_in(s, "fs/a/file.c:40:3: missing-scope in a_read()");
	expect_in(s, "unneeded, low confidence: a call is not known");
	expect_in(s, "\n  a@lists.example.org: 1\n"
		     "  all@lists.example.org: 1\n"
		     "  odd/../one@example.org: 1\n");
	assert_null(strchr(s, '\x1b'));
	assert_null(strchr(s, '\xe9'));
	free(s);
	assert_int_equal(t.news.nr_lists, 3);
	s = mail_of(&t.news, 0);
	assert_true(str_starts(s, "From: G <g@x>\nTo: a@lists.example.org\n"
		    "Subject: [gfpscope] 1 new in main/x\nMIME-Version: 1.0\n"));
	expect_in(s, "missing-scope in a_read()");
	assert_null(strstr(s, "fs/inode.c"));
	assert_null(strstr(s, "\nFrom "));
	free(s);
	assert_true(news_mail_name(&t.news, 0, &name));
	assert_string_equal(name.buf, "a@lists.example.org.txt");
	assert_false(news_mail_name(&t.news, 2, &name));
	strbuf_release(&name);
	told_release(&t);
}

static void only_wanted_lists_get_mails(void **state)
{
	const char *wanted = "ALL@lists.example.org";
	struct told t;

	told_init(&t);
	t.news.wanted = (struct night_words){ &wanted, 1 };
	t.before.nr_findings = 0;
	tell(&t, NULL, NULL);
	assert_int_equal(t.news.nr_lists, 1);
	assert_string_equal(t.news.lists[0].address, "all@lists.example.org");
	told_release(&t);
}

static void mails_are_for_what_is_sure(void **state)
{
	struct told t;
	char *s;

	told_init(&t);
	t.news.confidence = CONF_HIGH;
	t.before.nr_findings = t.before.nr_sites = 0;
	tell(&t, NULL, NULL);
	s = digest_of(&t.news);
	/* Two redundant ones are sure; a finding and a scope less so. */
	expect_in(s, "1 tree, 4 new, 0 failed");
	expect_in(s, "drafted, not sent:\n  a@lists.example.org: 2\n"
		     "\n2 new are not of high confidence and in no mail.\n");
	assert_true(strstr(s, "redundant, high") <
		    strstr(s, "missing-scope in"));
	free(s);
	told_release(&t);
}

/* A mail of hundreds is not read: chains for some, a line for the rest. */
static void chains_are_not_endless(void **state)
{
	struct told t;
	struct result_site *v;
	size_t chains = 0;
	char *s;

	told_init(&t);
	t.before.nr_sites = 0;
	v = ARENA_ARRAY(&t.now.arena, struct result_site, 50);
	for (size_t i = 0; i < 50; i++) {
		v[i] = t.now.sites[1];
		snprintf(v[i].id, sizeof(v[i].id), "%016zx", i);
	}
	t.now.sites = v;
	t.now.nr_sites = 50;
	tell(&t, NULL, NULL);
	s = mail_of(&t.news, 0);
	for (char *p = s; (p = strstr(p, "From an entry")); p++)
		chains++;
	assert_int_equal(chains, 20);
	expect_in(s, "\n    fs/a/file.c:10: redundant: GFP_NOFS for kmalloc, "
		     "a_write(): a scope is open [high, 0000000000000031]\n");
	free(s);
	told_release(&t);
}

static void what_people_settled_is_counted_only(void **state)
{
	struct suppression sup = { .id = "", .reason = "known",
		.path = "fs/a/file.c", .function = "a_read",
		.rule = "missing-scope" };
	struct suppressions s = { .v = &sup, .nr = 1 };
	struct decision dec = { .kind = DECIDE_REJECT,
		.verdict = VERDICT_SCOPE, .who = "", .why = "", .when = "" };
	struct decisions d = { .v = &dec, .nr = 1 };
	struct told t;
	char *text;

	told_init(&t);
	t.before.nr_findings = t.before.nr_sites = 0;
	t.now.nr_sites = 1;
	dec.site = t.now.sites[0].id;
	tell(&t, &s, &d);
	text = digest_of(&t.news);
	expect_in(text, ", 0 new,");
	expect_in(text, "also new: 1 suppressed, 1 rejected before, 0 that "
			"need nothing");
	assert_int_equal(t.news.nr_lists, 0);
	free(text);
	told_release(&t);
}

static void the_first_night_has_no_news(void **state)
{
	struct told t;
	char *s;

	told_init(&t);
	report_init(&t.report, &t.now, NULL);
	t.tree.before = NULL;
	t.tree.maintainers = NULL;
	news_add(&t.news, &t.tree);
	news_failed(&t.news, "other/y", "no such repository\x1b", "LAST");
	s = digest_of(&t.news);
	expect_in(s, "2 trees, 0 new, 1 failed");
	expect_in(s, "nothing to compare with, so nothing is new");
	expect_in(s, "\nFAILED  other/y: no such repository\\x1b (its last "
		     "report is of LAST)\n");
	expect_in(s, "no MAINTAINERS");
	assert_null(strstr(s, "drafted"));
	free(s);
	told_release(&t);
}

static void another_tool_is_said(void **state)
{
	struct told t;
	char *s;

	told_init(&t);
	t.tree.new_tool = true;
	t.tree.remark = "could not be fetched";
	tell(&t, NULL, NULL);
	s = digest_of(&t.news);
	expect_in(s, "its knowledge is another");
	expect_in(s, "\n  could not be fetched\n");
	free(s);
	told_release(&t);
}

static void subjects_are_encoded(void **state)
{
	struct told t;
	char *s;

	told_init(&t);
	t.tree.name = "main/b\xc3\xa4um\n\xe2\x82\xac Bcc: x@y \xff";
	t.before.nr_findings = 0;
	tell(&t, NULL, NULL);
	s = mail_of(&t.news, 0);
	expect_in(s, "\nSubject: =?UTF-8?Q?=5Bgfpscope=5D_1_new_in_main/"
		     "b=C3=A4um\\x0a=E2=82=AC?=\n =?UTF-8?Q?_Bcc=3A_x=40y_"
		     "\\xff?=\nMIME");
	assert_null(strstr(s, "\nBcc"));
	free(s);
	told_release(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define IN_PLACE(t) cmocka_unit_test_setup_teardown(t, place_make, place_drop)
		IN_PLACE(a_config_in_full),
		IN_PLACE(a_config_comes_out_as_it_says),
		IN_PLACE(bad_configs_are_told),
		IN_PLACE(a_run_that_was_broken_off_goes_on),
		IN_PLACE(a_done_run_is_not_gone_on_with),
		IN_PLACE(two_at_once_are_one_too_many),
		IN_PLACE(the_last_good_report_is_found),
		IN_PLACE(old_runs_go_needed_ones_stay),
		IN_PLACE(strangers_are_left_alone),
		cmocka_unit_test(nothing_new_is_one_line),
		cmocka_unit_test(what_is_new_goes_to_its_lists),
		cmocka_unit_test(only_wanted_lists_get_mails),
		cmocka_unit_test(mails_are_for_what_is_sure),
		cmocka_unit_test(chains_are_not_endless),
		cmocka_unit_test(what_people_settled_is_counted_only),
		cmocka_unit_test(the_first_night_has_no_news),
		cmocka_unit_test(another_tool_is_said),
		cmocka_unit_test(subjects_are_encoded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
