// SPDX-License-Identifier: GPL-2.0-only
/*
 * Unit tests of shards: dealt out, written, read back, merged.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "emit/json.h"
#include "emit/merge.h"
#include "emit/shard.h"
#include "test/sample.h"
#include "test/test.h"

#define NR_PATHS 40

static char *write_report(const struct result *r, const struct proposals *p,
			  const char *spatch)
{
	struct report report;
	struct err err = ERR_INIT;
	char *buf = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&buf, &len);

	report_init(&report, r, p);
	report.spatch = spatch;
	assert_int_equal(report_format_find("json")->write(f, &report, &err),
			 0);
	report_release(&report);
	assert_int_equal(fclose(f), 0);
	return buf;
}

/* Many files with two sites and a finding each. */
static void big_result(struct result *r)
{
	struct result_site *s;
	struct result_finding *f;

	sample_result(r);
	s = ARENA_ARRAY(&r->arena, struct result_site, 2 * NR_PATHS);
	f = ARENA_ARRAY(&r->arena, struct result_finding, NR_PATHS);
	for (size_t i = 0; i < NR_PATHS; i++) {
		s[2 * i] = r->sites[0];
		s[2 * i].path = arena_printf(&r->arena, "fs/%zu/f%zu.c",
					     i % 7, i);
		s[2 * i].line = 10;
		s[2 * i].column = 3;
		s[2 * i + 1] = s[2 * i];
		/* At the same place with another callee, or beside it. */
		if (i % 2)
			s[2 * i + 1].callee = "other";
		else
			s[2 * i + 1].column++;
		s[2 * i + 1].verdict = (uint8_t)(i % VERDICT_NR);
		f[i] = r->findings[0];
		f[i].path = s[2 * i].path;
		f[i].line = (uint32_t)i;
	}
	r->sites = s;
	r->nr_sites = 2 * NR_PATHS;
	r->findings = f;
	r->nr_findings = NR_PATHS;
	r->tree.nr_paths = 0;
	r->coverage.sites = r->nr_sites;
	result_sort(r);
}

static char *shard_text(uint32_t nr, uint32_t of)
{
	struct result r;
	char *text;

	big_result(&r);
	shard_keep(&r, (struct shard){ nr, of });
	text = write_report(&r, NULL, "");
	result_release(&r);
	return text;
}

static void load(const char *text, struct report_file *r)
{
	struct err err = ERR_INIT;

	report_file_init(r);
	if (report_file_parse("x", text, strlen(text), r, &err))
		fail_msg("%s", err.msg);
}

/* Merge @nr texts; what comes out, or NULL and the message in @err. */
static char *merge(char *const *texts, size_t nr, struct err *err)
{
	struct report_file *in = xcalloc(nr, sizeof(*in)), out;
	const char **names = xcalloc(nr, sizeof(*names));
	char *text = NULL;

	for (size_t i = 0; i < nr; i++) {
		load(texts[i], &in[i]);
		names[i] = i ? "second" : "first";
	}
	report_file_init(&out);
	if (!merge_reports(in, names, nr, &out, err))
		text = write_report(&out.result, &out.proposals, out.spatch);
	report_file_release(&out);
	for (size_t i = 0; i < nr; i++)
		report_file_release(&in[i]);
	free(in);
	free(names);
	return text;
}

static void expect_merge(char *const *texts, size_t nr, const char *whole)
{
	struct err err = ERR_INIT;
	char *text = merge(texts, nr, &err);

	if (!text)
		fail_msg("%s", err.msg);
	assert_string_equal(text, whole);
	free(text);
}

static char *whole_text(void)
{
	struct result r;
	char *text;

	big_result(&r);
	text = write_report(&r, NULL, "");
	result_release(&r);
	return text;
}

static void all_shards_are_the_whole(void **state)
{
	static const uint32_t sizes[] = { 2, 3, 7, 64 };
	char *whole = whole_text(), *v[64], *tmp;

	for (size_t s = 0; s < ARRAY_SIZE(sizes); s++) {
		uint32_t n = sizes[s];

		for (uint32_t i = 0; i < n; i++)
			v[i] = shard_text(i + 1, n);
		for (int round = 0; round < 5; round++) {
			expect_merge(v, n, whole);
			for (uint32_t i = 0; i + 1 < n; i++) {
				uint32_t j = (i * 7 + (uint32_t)round) % n;

				tmp = v[i];
				v[i] = v[j];
				v[j] = tmp;
			}
		}
		for (uint32_t i = 0; i < n; i++)
			free(v[i]);
	}
	free(whole);
}

/* Whatever is merged first, the end is the same, and so is each middle. */
static void grouping_does_not_matter(void **state)
{
	char *whole = whole_text(), *v[5], *pair[3], *left, *right;
	struct err err = ERR_INIT;

	for (uint32_t i = 0; i < 5; i++)
		v[i] = shard_text(i + 1, 5);
	pair[0] = merge((char *[]){ v[3], v[0] }, 2, &err);
	pair[1] = merge((char *[]){ v[4], v[1] }, 2, &err);
	expect_merge((char *[]){ v[2], pair[1], pair[0] }, 3, whole);
	left = merge((char *[]){ pair[0], v[2] }, 2, &err);
	expect_merge((char *[]){ pair[1], left }, 2, whole);
	pair[2] = merge((char *[]){ v[2], v[0] }, 2, &err);
	right = merge((char *[]){ v[3], pair[2] }, 2, &err);
	assert_string_equal(left, right);
	assert_non_null(strstr(left, "\"have\": [1, 3, 4]"));
	/* One alone comes out as it went in. */
	expect_merge(&left, 1, left);
	expect_merge(&whole, 1, whole);
	for (int i = 0; i < 5; i++)
		free(v[i]);
	for (int i = 0; i < 3; i++)
		free(pair[i]);
	free(left);
	free(right);
	free(whole);
}

static void expect_refused(char *const *texts, size_t nr, const char *words)
{
	struct err err = ERR_INIT;
	char *text = merge(texts, nr, &err);

	assert_null(text);
	assert_int_equal(err.code, ERR_FORMAT);
	if (!strstr(err.msg, words))
		fail_msg("'%s' is not in '%s'", words, err.msg);
	err_clear(&err);
}

/* The shard 2/3, with one thing in its text replaced. */
static char *changed(const char *from, const char *to)
{
	char *text = shard_text(2, 3), *at = strstr(text, from), *out = NULL;
	size_t len;
	FILE *f = open_memstream(&out, &len);

	assert_non_null(at);
	fprintf(f, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
	fclose(f);
	free(text);
	return out;
}

static void what_does_not_belong_together_is_refused(void **state)
{
	static const struct {
		const char *from, *to, *words;
	} cases[] = {
		{ "\"version\": \"", "\"version\": \"9", "made by gfpscope 9" },
		{ "\"spatch\": \"", "\"spatch\": \"9", "version of spatch" },
		{ "\"knowledge\": \"", "\"knowledge\": \"9",
		  "another knowledge" },
		{ "\"revision\": \"0", "\"revision\": \"f",
		  "another revision" },
		{ "\"describe\": \"", "\"describe\": \"x", "description" },
		{ "\"kernel\": \"", "\"kernel\": \"9", "description" },
		{ "\"commit_time\": 1", "\"commit_time\": 2", "description" },
		{ "\"paths\": []", "\"paths\": [\"fs\"]", "list of paths" },
		{ "\"of\": 3", "\"of\": 4", "number of shards" },
		{ "\"files\": 5", "\"files\": 6", "another coverage" },
		{ "\"text\": \"binary\"", "\"text\": \"x\"",
		  "another coverage" },
		{ "\"have\": [2]", "\"have\": [1]", "shard 1 is in both" },
		{ "\"refused\": []", "\"refused\": [], \"gone\": []",
		  "--baseline" },
	};
	char *first = shard_text(1, 3), *whole = whole_text();

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char *second = changed(cases[i].from, cases[i].to);

		expect_refused((char *[]){ first, second }, 2,
			       cases[i].words);
		free(second);
	}
	expect_refused((char *[]){ whole, whole }, 2, "both whole");
	expect_refused((char *[]){ whole, first }, 2, "number of shards");
	free(first);
	free(whole);
}

static void a_shard_that_lost_sites_is_found(void **state)
{
	struct result r;
	char *v[2];

	v[0] = shard_text(1, 2);
	big_result(&r);
	shard_keep(&r, (struct shard){ 2, 2 });
	r.nr_sites--;
	v[1] = write_report(&r, NULL, "");
	result_release(&r);
	expect_refused(v, 2, "79 sites, but the tree has 80");
	free(v[0]);
	free(v[1]);
}

static void proposals_come_along(void **state)
{
	struct proposals p;
	struct result r;
	char *whole, *a, *b;
	uint32_t of = 2;

	/* The proposals are all of the file fs/a/file.c. */
	sample_result(&r);
	sample_proposals(&p, &r);
	p.nr_refused = 0;
	r.tree.nr_paths = 0;
	whole = write_report(&r, &p, "1.1.1");
	shard_keep(&r, (struct shard){ shard_of_path("fs/a/file.c", of), of });
	a = write_report(&r, &p, "1.1.1");
	result_release(&r);
	sample_result(&r);
	r.tree.nr_paths = 0;
	shard_keep(&r, (struct shard){ 3 - shard_of_path("fs/a/file.c", of),
				       of });
	b = write_report(&r, NULL, "1.1.1");
	expect_merge((char *[]){ a, b }, 2, whole);
	expect_merge((char *[]){ b, a }, 2, whole);
	result_release(&r);
	free(p.v);
	free(p.refused);
	arena_release(&p.arena);
	free(whole);
	free(a);
	free(b);
}

static void shards_are_even_and_fixed(void **state)
{
	size_t nr[8] = { 0 };
	char path[64];

	for (int i = 0; i < 8000; i++) {
		snprintf(path, sizeof(path), "fs/x%d/inode.c", i);
		nr[shard_of_path(path, 8) - 1]++;
		assert_int_equal(shard_of_path(path, 1), 1);
	}
	for (int i = 0; i < 8; i++)
		assert_in_range(nr[i], 850, 1150);
	/* Other machines and versions must deal out the same. */
	assert_int_equal(shard_of_path("fs/ext4/inode.c", 4096), 2087);
	assert_int_equal(shard_of_path("mm/slab.c", 7), 4);
}

static void shard_words(void **state)
{
	static const char *const bad[] = {
		"", "1", "1/", "/2", "0/2", "3/2", "1/2/3", "+1/2", " 1/2",
		"1/2 ", "1/5000", "99999999999999999999/2",
	};
	struct shard s;

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		assert_int_equal(shard_parse(bad[i], &s, NULL), ERR_USAGE);
	assert_int_equal(shard_parse("3/8", &s, NULL), 0);
	assert_int_equal(s.nr, 3);
	assert_int_equal(s.of, 8);
	assert_int_equal(shard_parse("4096/4096", &s, NULL), 0);
}

static void bad_shard_lists_are_refused(void **state)
{
	static const char *const bad[] = {
		"[]", "[0]", "[4]", "[2, 1]", "[1, 1]", "[1, 2, 3]", "[\"1\"]",
		"[-1]", "{}",
	};

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		struct report_file r;
		char to[64], *text;

		snprintf(to, sizeof(to), "\"have\": %s", bad[i]);
		text = changed("\"have\": [2]", to);
		report_file_init(&r);
		assert_int_equal(report_file_parse("x", text, strlen(text), &r,
						   NULL), ERR_FORMAT);
		report_file_release(&r);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_shards_are_the_whole),
		cmocka_unit_test(grouping_does_not_matter),
		cmocka_unit_test(what_does_not_belong_together_is_refused),
		cmocka_unit_test(a_shard_that_lost_sites_is_found),
		cmocka_unit_test(proposals_come_along),
		cmocka_unit_test(shards_are_even_and_fixed),
		cmocka_unit_test(shard_words),
		cmocka_unit_test(bad_shard_lists_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
