// SPDX-License-Identifier: GPL-2.0-only
/*
 * Unit tests of what stays known between two runs: comparison by stable id,
 * suppressions, decisions.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "emit/compare.h"
#include "emit/explain.h"
#include "emit/marks.h"
#include "emit/report_parts.h"
#include "emit/skim.h"
#include "test/sample.h"
#include "test/test.h"

static void count(const struct result *a, const struct result *b,
		  size_t *by_kind)
{
	struct delta d;

	delta_make(&d, a, b);
	memcpy(by_kind, d.sites_by_kind, sizeof(d.sites_by_kind));
	delta_release(&d);
}

static void same_is_unchanged(void **state)
{
	struct result a, b;
	size_t n[DELTA_NR];

	sample_result(&a);
	sample_result(&b);
	count(&a, &b, n);
	assert_int_equal(n[DELTA_UNCHANGED], a.nr_sites);
	assert_int_equal(n[DELTA_NEW] + n[DELTA_GONE] + n[DELTA_CHANGED] +
			 n[DELTA_MOVED], 0);
	result_release(&a);
	result_release(&b);
}

/* Lines inserted above, and the function moved below another one. */
static void moved_code_is_unchanged(void **state)
{
	struct result a, b;
	size_t n[DELTA_NR];

	sample_result(&a);
	sample_result(&b);
	for (size_t i = 0; i < b.nr_sites; i++)
		b.sites[i].line = b.sites[i].line * 3 + 100;
	result_sort(&b);
	count(&a, &b, n);
	assert_int_equal(n[DELTA_UNCHANGED], a.nr_sites);
	result_release(&a);
	result_release(&b);
}

static void renamed_file_is_moved(void **state)
{
	struct result a, b;
	size_t n[DELTA_NR];

	sample_result(&a);
	sample_result(&b);
	for (size_t i = 0; i < b.nr_sites; i++)
		if (!strcmp(b.sites[i].path, "fs/a/file.c"))
			b.sites[i].path = "fs/a/io.c";
	result_sort(&b);
	count(&a, &b, n);
	assert_int_equal(n[DELTA_MOVED], 2);
	assert_int_equal(n[DELTA_UNCHANGED], 2);
	assert_int_equal(n[DELTA_NEW] + n[DELTA_GONE], 0);
	result_release(&a);
	result_release(&b);
}

static void renamed_function_is_moved(void **state)
{
	struct result a, b;
	size_t n[DELTA_NR];

	sample_result(&a);
	sample_result(&b);
	for (size_t i = 0; i < b.nr_sites; i++)
		if (!strcmp(b.sites[i].function, "a_write"))
			b.sites[i].function = "a_write_iter";
	result_sort(&b);
	count(&a, &b, n);
	assert_int_equal(n[DELTA_MOVED], 2);
	assert_int_equal(n[DELTA_UNCHANGED], 2);
	result_release(&a);
	result_release(&b);
}

static void one_of_two_equals_is_gone(void **state)
{
	struct result a, b;
	size_t n[DELTA_NR];

	sample_result(&a);
	sample_result(&b);
	for (size_t i = 1; i + 1 < b.nr_sites; i++)
		b.sites[i] = b.sites[i + 1];	/* drops the first of them */
	b.nr_sites--;
	result_sort(&b);
	count(&a, &b, n);
	assert_int_equal(n[DELTA_GONE], 1);
	assert_int_equal(n[DELTA_UNCHANGED], b.nr_sites);
	assert_int_equal(n[DELTA_NEW], 0);
	result_release(&a);
	result_release(&b);
}

static void other_verdict_is_changed(void **state)
{
	struct result a, b;
	struct delta d;

	sample_result(&a);
	sample_result(&b);
	b.sites[3].verdict = VERDICT_UNNEEDED;
	delta_make(&d, &a, &b);
	assert_int_equal(d.sites_by_kind[DELTA_CHANGED], 1);
	assert_int_equal(d.sites[3].kind, DELTA_CHANGED);
	assert_true(delta_has_new(&d));
	delta_release(&d);
	/* Something that became unknown is told, but asks for nothing. */
	delta_make(&d, &b, &a);
	assert_int_equal(d.sites_by_kind[DELTA_CHANGED], 1);
	assert_false(delta_has_new(&d));
	delta_release(&d);
	result_release(&a);
	result_release(&b);
}

static void new_finding_is_new(void **state)
{
	struct result a, b;
	struct delta d;

	sample_result(&a);
	sample_result(&b);
	a.nr_findings = 0;
	delta_make(&d, &a, &b);
	assert_int_equal(d.findings_by_kind[DELTA_NEW], 1);
	assert_true(delta_has_new(&d));
	delta_release(&d);
	delta_make(&d, &b, &a);
	assert_int_equal(d.findings_by_kind[DELTA_GONE], 1);
	assert_false(delta_has_new(&d));
	delta_release(&d);
	result_release(&a);
	result_release(&b);
}

/* Ids that are not unique pair by the rest, and nothing is lost. */
static void doubles_pair_by_the_rest(void **state)
{
	struct result a, b;
	size_t n[DELTA_NR];

	sample_result(&a);
	sample_result(&b);
	memcpy(b.sites[1].id, b.sites[2].id, 17);
	count(&a, &b, n);
	assert_int_equal(n[DELTA_UNCHANGED], 3);
	assert_int_equal(n[DELTA_MOVED], 1);
	result_release(&a);
	result_release(&b);
}

static char *temp_file(const char *text)
{
	struct err err = ERR_INIT;
	struct strbuf path = STRBUF_INIT;
	char *dir = dir_temp("test-compare", &err);

	assert_non_null(dir);
	strbuf_addf(&path, "%s/file", dir);
	assert_int_equal(file_write(path.buf, text, strlen(text), &err), 0);
	free(dir);
	return strbuf_detach(&path);
}

static void drop_file(char *path)
{
	struct err err = ERR_INIT;

	*strrchr(path, '/') = '\0';
	assert_int_equal(dir_remove(path, &err), 0);
	free(path);
}

#define SUPPRESS(body) \
	"{\"schema\": \"gfpscope-suppress/1\", \"suppressions\": [" body "]}"

static void suppressions_mark_and_expire(void **state)
{
	static const char text[] = SUPPRESS(
		"{\"path\": \"fs/a/file.c\", \"function\": \"a_read\","
		" \"rule\": \"missing-scope\", \"reason\": \"known\","
		" \"expires\": \"2024-02-29\"},"
		"{\"path\": \"fs/inode.c\", \"function\": \"find\","
		" \"rule\": \"unknown\", \"reason\": \"later\"}");
	struct result r;
	struct suppressions s;
	struct marks m;
	struct err err = ERR_INIT;
	char *path = temp_file(text);

	sample_result(&r);
	suppressions_init(&s);
	assert_int_equal(suppressions_read(&s, path, &err), 0);
	assert_int_equal(s.v[0].expires, 1709251200);	/* 2024-03-01 */
	suppressions_expire(&s, 1709251199);
	marks_make(&m, &r, NULL, &s, NULL);
	assert_string_equal(m.findings[0].suppressed->reason, "known");
	assert_int_equal(m.suppressed_findings, 1);
	assert_int_equal(m.suppressed_sites, 1);
	assert_non_null(m.sites[3].suppressed);
	marks_release(&m);
	suppressions_expire(&s, 1709251200);
	marks_make(&m, &r, NULL, &s, NULL);
	assert_null(m.findings[0].suppressed);
	assert_true(s.v[0].expired);
	marks_release(&m);
	suppressions_release(&s);
	result_release(&r);
	drop_file(path);
}

static void bad_suppressions_are_refused(void **state)
{
	static const char *const texts[] = {
		SUPPRESS("{\"id\": \"0123456789abcdef\"}"),	/* no reason */
		SUPPRESS("{\"id\": \"0123456789abcdef\", \"reason\": \"\"}"),
		SUPPRESS("{\"path\": \"a.c\", \"reason\": \"x\"}"),
		SUPPRESS("{\"id\": \"0123456789abcdef\", \"reason\": \"x\","
			 " \"expires\": \"soon\"}"),
		SUPPRESS("{\"id\": \"0123456789abcdef\", \"reason\": \"x\","
			 " \"expires\": \"2026-13-01\"}"),
		"{\"schema\": \"x\", \"suppressions\": []}", "nonsense",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct suppressions s;
		struct err err = ERR_INIT;
		char *path = temp_file(texts[i]);

		suppressions_init(&s);
		assert_int_equal(suppressions_read(&s, path, &err),
				 ERR_FORMAT);
		assert_non_null(strstr(err.msg, path));
		err_clear(&err);
		suppressions_release(&s);
		drop_file(path);
	}
}

static void decisions_get_stale(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct decisions d;
	struct result r;
	struct err err = ERR_INIT;
	char *path;

	sample_result(&r);
	strbuf_addf(&text, "{\"schema\": \"gfpscope-decisions/1\", "
		    "\"decisions\": ["
		    "{\"site\": \"%s\", \"verdict\": \"redundant\","
		    " \"decision\": \"accept\"},"
		    "{\"site\": \"%s\", \"verdict\": \"redundant\","
		    " \"decision\": \"reject\", \"why\": \"no\"},"
		    "{\"site\": \"%s\", \"verdict\": \"keep\","
		    " \"decision\": \"defer\"},"
		    "{\"site\": \"ffffffffffffffff\", \"verdict\": \"keep\","
		    " \"decision\": \"defer\"}]}", r.sites[1].id,
		    r.sites[1].id, r.sites[0].id);
	path = temp_file(text.buf);
	decisions_init(&d);
	assert_int_equal(decisions_read(&d, path, &err), 0);
	r.tree.nr_paths = 0;
	decisions_check(&d, &r);
	assert_int_equal(d.nr, 3);		/* the last of equals */
	assert_int_equal(d.nr_stale, 2);	/* other verdict; gone */
	assert_int_equal(decisions_find(&d, &r.sites[1])->kind,
			 DECIDE_REJECT);
	assert_null(decisions_find(&d, &r.sites[0]));
	assert_null(decisions_find(&d, &r.sites[2]));
	/* A change of the same run gives it another verdict: still not. */
	assert_false(decisions_allow(&d, &r.sites[1], true));
	r.sites[1].verdict = VERDICT_UNNEEDED;
	assert_false(decisions_allow(&d, &r.sites[1], true));
	r.sites[1].verdict = VERDICT_REDUNDANT;
	assert_true(decisions_allow(&d, &r.sites[0], true));
	assert_false(decisions_allow(&d, &r.sites[0], false));
	/* What some paths do not have may be elsewhere. */
	r.tree.nr_paths = 1;
	decisions_check(&d, &r);
	assert_int_equal(d.nr_stale, 1);
	assert_null(decisions_find(&d, &r.sites[0]));
	decisions_release(&d);
	strbuf_release(&text);
	result_release(&r);
	drop_file(path);
}

static void explain_finds_places_and_ids(void **state)
{
	static const struct {
		const char *word;
		int rc;
		size_t sites, findings;
	} cases[] = {
		{ "fs/a/file.c:10", 0, 1, 0 },
		{ "./fs/a/file.c:10:21", 0, 1, 0 },
		{ "fs/a/file.c:10:22", 0, 0, 0 },
		{ "fs/a/file.c:40", 0, 0, 1 },
		{ "fs/a/file.c", ERR_USAGE, 0, 0 },
		{ "fs/a/file.c:", ERR_USAGE, 0, 0 },
		{ ":3", ERR_USAGE, 0, 0 },
		{ "", ERR_USAGE, 0, 0 },
	};
	struct result r;
	struct explain_set set;
	struct err err = ERR_INIT;

	sample_result(&r);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(explain_find(&set, &r, cases[i].word, &err),
				 cases[i].rc);
		assert_int_equal(set.nr_sites, cases[i].sites);
		assert_int_equal(set.nr_findings, cases[i].findings);
		explain_set_release(&set);
		err_clear(&err);
	}
	assert_int_equal(explain_find(&set, &r, r.sites[0].id, &err), 0);
	assert_int_equal(set.nr_sites, 1);
	explain_set_release(&set);
	assert_string_equal(explain_near(&r, "fs/a/file.c:11"),
			    "fs/a/file.c:10");
	assert_null(explain_near(&r, "fs/none.c:1"));
	result_release(&r);
}

static void chains_are_skimmed(void **state)
{
	static const struct {
		const char *in, *out;	/* out: NULL as it was */
	} cases[] = {
		{ "{\"s\":[{\"evidence\":[{\"t\":\"]\\\"}\"}],"
		  "\"x\":\"\\\"evidence\\\":[1]\","
		  "\"reclaim\" :\n [[1], {}]}]}",
		  "{\"s\":[{\"evidence\":[],"
		  "\"x\":\"\\\"evidence\\\":[1]\","
		  "\"reclaim\" :\n []}]}" },
		{ "{\"a\":[{\"evidence\":[]},{\"evidence\":[2]}]}",
		  "{\"a\":[{\"evidence\":[]},{\"evidence\":[]}]}" },
		{ "{\"evidence\":[1]}", NULL },
		{ "{\"a\":[{\"evidence\":\"x\"}]}", NULL },
		{ "{\"a\":[{\"b\":\"evidence\", \"c\":[1]}]}", NULL },
		{ "{\"a\":[{\"evidence\":[1, {",
		  "{\"a\":[{\"evidence\":[" },
		{ "{\"a\":[{\"evidence\":[],\"e\\vidence\":[1]}]}", NULL },
		{ "{\"a\":[{\"evidence\"", NULL },
		{ "{\"a\":[{\"evidence\\", NULL },
		{ "", NULL },
	};

	/* Whole, and in pieces of every size. */
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		size_t len = strlen(cases[i].in);

		for (size_t by = 1; by <= len + 1; by++) {
			struct strbuf sb = STRBUF_INIT;
			struct skim skim = { 0 };

			for (size_t at = 0; at <= len; at += by)
				skim_chains(&skim, cases[i].in + at,
					    len - at < by ? len - at : by,
					    &sb);
			assert_string_equal(sb.buf, cases[i].out ?
					    cases[i].out : cases[i].in);
			strbuf_release(&sb);
		}
	}
}

static void reports_are_cut(void **state)
{
	static const struct {
		const char *text, *rest, *sites;	/* rest: NULL: refused */
		long nr_sites, nr_findings;
	} cases[] = {
		{ "{\"sites\": [], \"findings\": []}",
		  "{\"sites\": [], \"findings\": []}", "", 0, 0 },
		{ " {\"a\": [{\"sites\": [1]}], \"findings\": [\n{}, {}\n],"
		  "\"b\": -1.5e3, \"sites\" : [{\"x\": \"]}\\\"\"}]}\n",
		  " {\"a\": [{\"sites\": [1]}], \"findings\": [],"
		  "\"b\": -1.5e3, \"sites\" : []}\n",
		  "{\"x\": \"]}\\\"\"}", 1, 2 },
		/* brackets are cut; whether they fit is not looked at here */
		{ "{\"findings\":[{]],\"sites\":[]}", "{\"findings\":[],"
		  "\"sites\":[]}", "", 0, 1 },
		/* no lists of objects */
		{ "{\"findings\":[{},],\"sites\":[1]}",
		  "{\"findings\":[],\"sites\":[]}", "1", -1, -1 },
		{ "{\"findings\":[{} {}],\"sites\":[,{}]}",
		  "{\"findings\":[],\"sites\":[]}", ",{}", -1, -1 },
		{ "{\"sites\": [], \"findings\": [], \"sites\": []}", NULL,
		  NULL, 0, 0 },
		{ "{\"sites\": [], \"f\\u0069ndings\": []}", NULL, NULL, 0,
		  0 },
		{ "{\"sites\": {}, \"findings\": []}", NULL, NULL, 0, 0 },
		{ "{\"sites\": []}", NULL, NULL, 0, 0 },
		{ "[]", NULL, NULL, 0, 0 }, { "", NULL, NULL, 0, 0 },
		{ "{}", NULL, NULL, 0, 0 }, { "{\"", NULL, NULL, 0, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct report_parts p;
		size_t len = strlen(cases[i].text);
		bool cut = report_parts_cut(&p, cases[i].text, len);

		assert_int_equal(cut, cases[i].rest != NULL);
		if (cut) {
			assert_string_equal(p.rest.buf, cases[i].rest);
			assert_int_equal(p.sites.len, strlen(cases[i].sites));
			assert_memory_equal(p.sites.text, cases[i].sites,
					    p.sites.len);
			assert_int_equal(part_count(p.sites),
					 cases[i].nr_sites);
			assert_int_equal(part_count(p.findings),
					 cases[i].nr_findings);
		}
		report_parts_release(&p);
		/* Cut off anywhere it is refused, or is white space short. */
		for (size_t n = 0; n < len; n++) {
			cut = report_parts_cut(&p, cases[i].text, n);
			assert_true(!cut || strspn(cases[i].text + n, " \n") ==
				    len - n);
			report_parts_release(&p);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_is_unchanged),
		cmocka_unit_test(moved_code_is_unchanged),
		cmocka_unit_test(renamed_file_is_moved),
		cmocka_unit_test(renamed_function_is_moved),
		cmocka_unit_test(one_of_two_equals_is_gone),
		cmocka_unit_test(other_verdict_is_changed),
		cmocka_unit_test(new_finding_is_new),
		cmocka_unit_test(doubles_pair_by_the_rest),
		cmocka_unit_test(suppressions_mark_and_expire),
		cmocka_unit_test(bad_suppressions_are_refused),
		cmocka_unit_test(decisions_get_stale),
		cmocka_unit_test(explain_finds_places_and_ids),
		cmocka_unit_test(chains_are_skimmed),
		cmocka_unit_test(reports_are_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
