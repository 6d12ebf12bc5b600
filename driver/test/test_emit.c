// SPDX-License-Identifier: GPL-2.0-only
/*
 * Unit tests of the neutral result and of the plain report formats.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "emit/jsonw.h"
#include "emit/read_report.h"
#include "emit/report.h"
#include "emit/summary.h"
#include "emit/text.h"
#include "emit/utf8.h"
#include "test/sample.h"
#include "test/test.h"

static char *write_to_string(int (*write)(FILE *, const struct report *,
					  struct err *),
			     const struct report *r)
{
	char *buf = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&buf, &len);

	assert_non_null(f);
	assert_int_equal(write(f, r, NULL), 0);
	assert_int_equal(fclose(f), 0);
	return buf;
}

static void names_and_back(void **state)
{
	for (int i = 0; i < VERDICT_NR; i++)
		assert_int_equal(verdict_parse(verdict_name(i)), i);
	for (int i = 0; i < CONF_NR; i++)
		assert_int_equal(confidence_parse(confidence_name(i)), i);
	for (int i = 0; i < RULE_NR; i++)
		assert_int_equal(rule_parse(rule_name(i)), i);
	for (int i = 0; i < PROPOSE_NR; i++)
		assert_int_equal(proposal_kind_parse(proposal_kind_name(i)),
				 i);
	for (int i = 0; i < TOKEN_NR_ROLES; i++)
		assert_non_null(token_role_name(i));
	for (int i = 0; i < NOTE_NR_KINDS; i++)
		assert_non_null(note_kind_name(i));
	assert_int_equal(verdict_parse("free"), -1);
	assert_int_equal(rule_parse(""), -1);
	assert_int_equal(check_state_parse("not run"), CHECK_NOT_RUN);
}

static void utf8_decodes_strictly(void **state)
{
	static const struct {
		const char *s;
		size_t n;
		uint32_t cp;
	} cases[] = {
		{ "a", 1, 'a' },
		{ "\xc3\xa9", 2, 0xe9 },
		{ "\xe2\x82\xac", 3, 0x20ac },
		{ "\xf0\x9f\x90\xa7", 4, 0x1f427 },
		{ "\xc0\x80", 1, UTF8_BAD },		/* overlong NUL */
		{ "\xe0\x80\xaf", 1, UTF8_BAD },	/* overlong slash */
		{ "\xed\xa0\x80", 1, UTF8_BAD },	/* surrogate */
		{ "\xf4\x90\x80\x80", 1, UTF8_BAD },	/* over U+10FFFF */
		{ "\xe9t", 1, UTF8_BAD },		/* latin-1 */
		{ "\xe2\x82", 1, UTF8_BAD },		/* cut short */
		{ "\x80", 1, UTF8_BAD },
		{ "\xff", 1, UTF8_BAD },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		uint32_t cp;
		size_t n = utf8_next(cases[i].s, strlen(cases[i].s), &cp);

		assert_int_equal(n, cases[i].n);
		assert_int_equal(cp, cases[i].cp);
	}
	for (uint32_t cp = 1; cp < 0x110000; cp += 7) {
		char out[4];
		uint32_t back;
		size_t n = utf8_put(cp, out);

		if (cp >= 0xd800 && cp < 0xe000)
			continue;
		assert_int_equal(utf8_next(out, n, &back), n);
		assert_int_equal(back, cp);
	}
}

static void json_escapes(void **state)
{
	char *buf = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&buf, &len);
	struct jsonw w;

	jsonw_init(&w, f);
	jsonw_object_flat(&w, NULL);
	jsonw_str(&w, "a", "q\" b\\ n\n t\t e\x1b l\xe9 \xe2\x80\xa8 </");
	jsonw_latin1(&w, "b", "\xe9");
	jsonw_str(&w, "c", NULL);
	jsonw_int(&w, "d", -1);
	jsonw_end(&w);
	fclose(f);
	assert_string_equal(buf, "{\"a\": \"q\\\" b\\\\ n\\n t\\t e\\u001b "
			    "l\xef\xbf\xbd \\u2028 </\", \"b\": \"\xc3\xa9\", "
			    "\"c\": null, \"d\": -1}\n");
	free(buf);
}

static void json_in_script_has_no_brackets(void **state)
{
	char *buf = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&buf, &len);
	struct jsonw w;

	jsonw_init(&w, f);
	w.in_script = true;
	jsonw_array_flat(&w, NULL);
	jsonw_str(&w, NULL, "</script><!--&");
	jsonw_end(&w);
	fclose(f);
	assert_string_equal(buf, "[\"\\u003c/script\\u003e\\u003c!--\\u0026\"]"
			    "\n");
	free(buf);
}

static void text_is_inert(void **state)
{
	char *buf = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&buf, &len);

	text_put(f, "a\x1b[31m\n\xe9\xe2\x80\xae\xc3\xa9");
	fclose(f);
	assert_string_equal(buf, "a\\x1b[31m\\x0a\\xe9\\xe2\\x80\\xae\xc3\xa9");
	free(buf);
}

static void ids_survive_moves(void **state)
{
	struct result a, b;

	sample_result(&a);
	sample_result(&b);
	for (size_t i = 0; i < b.nr_sites; i++)
		b.sites[i].line += 17;
	b.findings[0].line += 17;
	b.findings[0].message = "kmalloc(GFP_KERNEL) under lock of line 317";
	result_sort(&b);
	for (size_t i = 0; i < a.nr_sites; i++)
		assert_string_equal(a.sites[i].id, b.sites[i].id);
	assert_string_equal(a.findings[0].id, b.findings[0].id);
	result_release(&a);
	result_release(&b);
}

static void equal_sites_are_numbered(void **state)
{
	struct result r;

	sample_result(&r);
	assert_string_equal(r.sites[1].path, "fs/a/file.c");
	assert_int_equal(r.sites[1].ordinal, 0);
	assert_int_equal(r.sites[2].ordinal, 1);
	assert_string_not_equal(r.sites[1].id, r.sites[2].id);
	assert_true(r.sites[1].line < r.sites[2].line);
	result_release(&r);
}

static void order_of_input_does_not_matter(void **state)
{
	struct result a, b;
	struct result_site t;
	struct report ra, rb;
	char *ja, *jb;

	sample_result(&a);
	sample_result(&b);
	t = b.sites[0];
	b.sites[0] = b.sites[b.nr_sites - 1];
	b.sites[b.nr_sites - 1] = t;
	result_sort(&b);
	report_init(&ra, &a, NULL);
	report_init(&rb, &b, NULL);
	ja = write_to_string(emit_json, &ra);
	jb = write_to_string(emit_json, &rb);
	assert_string_equal(ja, jb);
	free(ja);
	free(jb);
	report_release(&ra);
	report_release(&rb);
	result_release(&a);
	result_release(&b);
}

static void report_comes_back(void **state)
{
	struct result r;
	struct proposals p;
	struct report out, again;
	struct report_file f;
	struct err err = ERR_INIT;
	char *one, *two;

	sample_result(&r);
	sample_proposals(&p, &r);
	report_init(&out, &r, &p);
	one = write_to_string(emit_json, &out);
	report_file_init(&f);
	assert_int_equal(report_file_parse("x", one, strlen(one), &f, &err), 0);
	report_init(&again, &f.result, &f.proposals);
	again.spatch = f.spatch;
	two = write_to_string(emit_json, &again);
	assert_string_equal(one, two);
	assert_string_equal(f.proposals.v[0].diff, p.v[0].diff);
	assert_int_equal(f.proposals.v[0].nr_stays, 1);
	assert_string_equal(f.proposals.v[0].stays[0]->id,
			    p.v[0].stays[0]->id);
	free(one);
	free(two);
	report_release(&out);
	report_release(&again);
	report_file_release(&f);
	proposals_release(&p);
	result_release(&r);
}

/* No byte of a report may be changed into a crash. */
static void damaged_reports_are_refused(void **state)
{
	struct result r;
	struct report out;
	char *text;
	size_t len;
	unsigned int refused = 0;

	sample_result(&r);
	report_init(&out, &r, NULL);
	text = write_to_string(emit_json, &out);
	len = strlen(text);
	for (size_t i = 0; i < len; i += 3) {
		static const char bytes[] = "x0\"}]-";
		struct report_file f;
		struct err err = ERR_INIT;
		char old = text[i];

		text[i] = bytes[i % (sizeof(bytes) - 1)];
		report_file_init(&f);
		if (report_file_parse("x", text, len, &f, &err)) {
			assert_non_null(err.msg);
			refused++;
		}
		err_clear(&err);
		report_file_release(&f);
		text[i] = old;
	}
	assert_true(refused > len / 12);
	free(text);
	report_release(&out);
	result_release(&r);
}

static void wrong_reports_are_named(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "", "r: not JSON: unexpected end of data at byte 0" },
		{ "[]", "r: /: is no object" },
		{ "{}", "r: schema: missing" },
		{ "{\"schema\": \"gfpscope-report/2\"}",
		  "r: schema: is not gfpscope-report/1" },
		{ "{\"schema\": \"gfpscope-report/1\"}", "r: tool: missing" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct report_file f;
		struct err err = ERR_INIT;

		report_file_init(&f);
		assert_int_equal(report_file_parse("r", cases[i].text,
						   strlen(cases[i].text), &f,
						   &err), ERR_FORMAT);
		assert_string_equal(err.msg, cases[i].message);
		err_clear(&err);
		report_file_release(&f);
	}
}

static void summary_counts_by_directory(void **state)
{
	struct result r;
	struct summary s;
	uint64_t total = 0;

	sample_result(&r);
	summary_make(&s, &r);
	for (size_t i = 0; i < s.nr; i++) {
		total += s.rows[i].total;
		assert_true(!i || strcmp(s.rows[i - 1].dir,
					 s.rows[i].dir) < 0);
	}
	assert_int_equal(total, r.nr_sites);
	assert_string_equal(s.rows[0].dir, "drivers/b");
	assert_string_equal(s.rows[1].dir, "fs");
	assert_string_equal(s.rows[2].dir, "fs/a");
	assert_int_equal(s.rows[2].sites[VERDICT_REDUNDANT], 2);
	summary_release(&s);
	result_release(&r);
}

static void org_has_no_brackets_in_texts(void **state)
{
	struct result r;
	struct report out;
	char *text, *p;

	sample_result(&r);
	r.sites[1].mask = "gfp[0] & ~__GFP_FS";
	r.sites[2].path = "fs/a/]][[file.c";
	report_init(&out, &r, NULL);
	text = write_to_string(emit_org, &out);
	assert_non_null(strstr(text, "gfp(0) & ~__GFP_FS"));
	assert_non_null(strstr(text, "[[view:fs/a/\\x5d\\x5d\\x5b\\x5bfile.c"
			       "::face"));
	p = strstr(text, "[[view:fs/a/file.c::face=ovl-face1::linb=10::colb=20"
		   "::cole=28][");
	assert_non_null(p);
	free(text);
	report_release(&out);
	result_release(&r);
}

/* What people read is checked to the letter. BLESS=1 in the environment writes
 * the files anew. */
static void plain_formats_are_as_agreed(void **state)
{
	static const char *const names[] = { "text", "org", "summary" };
	struct result r;
	struct proposals p;
	struct report out;

	sample_result(&r);
	sample_proposals(&p, &r);
	report_init(&out, &r, &p);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		struct strbuf path = STRBUF_INIT, want = STRBUF_INIT;
		struct err err = ERR_INIT;
		char *got = write_to_string(report_format_find(names[i])->write,
					    &out);

		strbuf_addf(&path, "driver/test/golden/sample.%s", names[i]);
		if (getenv("BLESS"))
			assert_int_equal(file_write(path.buf, got,
						    strlen(got), &err), 0);
		assert_int_equal(file_read(path.buf, 0, &want, &err), 0);
		assert_string_equal(got, want.buf);
		free(got);
		strbuf_release(&path);
		strbuf_release(&want);
	}
	report_release(&out);
	proposals_release(&p);
	result_release(&r);
}

/* For reports/validate and the page's tests, which need a file. */
static void sample_is_written(void **state)
{
	static const char *const names[] = { "json", "sarif", "html" };
	const char *dir = getenv("BUILD");
	struct result r;
	struct proposals p;
	struct report out;
	struct err err = ERR_INIT;

	if (!dir)
		skip();
	sample_result(&r);
	sample_proposals(&p, &r);
	report_init(&out, &r, &p);
	out.data = ".";
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		char path[4096];

		snprintf(path, sizeof(path), "%s/test/sample.%s", dir,
			 names[i]);
		assert_int_equal(report_write(report_format_find(names[i]),
					      &out, path, &err), 0);
	}
	report_release(&out);
	proposals_release(&p);
	result_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_and_back),
		cmocka_unit_test(utf8_decodes_strictly),
		cmocka_unit_test(json_escapes),
		cmocka_unit_test(json_in_script_has_no_brackets),
		cmocka_unit_test(text_is_inert),
		cmocka_unit_test(ids_survive_moves),
		cmocka_unit_test(equal_sites_are_numbered),
		cmocka_unit_test(order_of_input_does_not_matter),
		cmocka_unit_test(report_comes_back),
		cmocka_unit_test(damaged_reports_are_refused),
		cmocka_unit_test(wrong_reports_are_named),
		cmocka_unit_test(summary_counts_by_directory),
		cmocka_unit_test(org_has_no_brackets_in_texts),
		cmocka_unit_test(plain_formats_are_as_agreed),
		cmocka_unit_test(sample_is_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
