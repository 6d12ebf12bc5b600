// SPDX-License-Identifier: GPL-2.0-only
/*
 * Options: every way to write them, and every way to get them wrong.
 */
#include "test/test.h"

#include <string.h>

#include "base/mem.h"
#include "base/opts.h"

struct values {
	bool verbose, quiet;
	const char *dir;
	unsigned int jobs;
	size_t limit;
	struct opt_list paths;
	int argc, dashdash;
	const char *argv[16];
	struct err err;
};

/* Splits @line at blanks and parses it; "''" is the empty word. */
static int parse(struct values *v, char *line)
{
	const struct opt opts[] = {
		{ OPT_GROUP, 0, NULL, NULL, NULL, "General" },
		{ OPT_BOOL, 'v', "verbose", &v->verbose, NULL, "say more" },
		{ OPT_BOOL, 'q', NULL, &v->quiet, NULL, "say less" },
		{ OPT_STRING, 'C', "dir", &v->dir, "dir", "go there" },
		{ OPT_UINT, 'j', "jobs", &v->jobs, "n", "threads" },
		{ OPT_SIZE, 0, "limit", &v->limit, "bytes", "at most" },
		{ OPT_LIST, 'p', "path", &v->paths, "path", "only these" },
		{ OPT_END },
	};
	const struct opts_spec spec = { .opts = opts };
	char *save = NULL, *word;

	memset(v, 0, sizeof(*v));
	v->argv[v->argc++] = "command";
	for (word = strtok_r(line, " ", &save); word;
	     word = strtok_r(NULL, " ", &save))
		v->argv[v->argc++] = strcmp(word, "''") ? word : "";
	return opts_parse(&v->argc, v->argv, &spec, &v->dashdash, &v->err);
}

static void release(struct values *v)
{
	opt_list_release(&v->paths);
	err_clear(&v->err);
}

static void test_all_kinds(void **state)
{
	char line[] = "a -vq -C x --jobs=4 b --limit 2k -pone --path two - ''";
	struct values v;

	assert_int_equal(parse(&v, line), 0);
	assert_true(v.verbose && v.quiet);
	assert_string_equal(v.dir, "x");
	assert_int_equal(v.jobs, 4);
	assert_int_equal(v.limit, 2048);
	assert_int_equal(v.paths.nr, 2);
	assert_string_equal(v.paths.v[0], "one");
	assert_string_equal(v.paths.v[1], "two");
	assert_int_equal(v.argc, 5);
	assert_string_equal(v.argv[1], "a");
	assert_string_equal(v.argv[2], "b");
	assert_string_equal(v.argv[3], "-");
	assert_string_equal(v.argv[4], "");
	assert_null(v.argv[5]);
	assert_int_equal(v.dashdash, -1);
	release(&v);
}

static void test_dashdash(void **state)
{
	char line[] = "rev -v -- -v --", last[] = "rev --", arg[] = "-C --";
	struct values v;

	assert_int_equal(parse(&v, line), 0);
	assert_int_equal(v.dashdash, 2);
	assert_int_equal(v.argc, 4);
	assert_string_equal(v.argv[2], "-v");
	assert_string_equal(v.argv[3], "--");
	assert_int_equal(parse(&v, last), 0);
	assert_int_equal(v.dashdash, 2);
	assert_int_equal(v.argc, 2);
	assert_int_equal(parse(&v, arg), 0);
	assert_string_equal(v.dir, "--");
	assert_int_equal(v.dashdash, -1);
}

static void test_negation(void **state)
{
	char line[] = "--verbose --no-verbose", bad[] = "--no-jobs";
	struct values v;

	assert_int_equal(parse(&v, line), 0);
	assert_false(v.verbose);
	assert_int_equal(parse(&v, bad), ERR_USAGE);
	release(&v);
}

static void test_numbers(void **state)
{
	char big[] = "--limit=3G", last[] = "-j4294967295";
	struct values v;

	assert_int_equal(parse(&v, big), 0);
	assert_int_equal(v.limit, (size_t)3 << 30);
	assert_int_equal(parse(&v, last), 0);
	assert_int_equal(v.jobs, 4294967295u);
}

static void test_mistakes(void **state)
{
	char lines[][32] = {
		"-x", "--unknown", "-j", "--jobs", "-jx", "--jobs=", "-j-1",
		"-j4x", "-j4kk", "-j4294967296", "-j4G", "--verbose=1",
		"-vx", "--limit=99999999999999999999", "--limit=17179869184G",
		"-C", "--jo=4",
	};
	struct values v;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(lines); i++) {
		assert_int_equal(parse(&v, lines[i]), ERR_USAGE);
		assert_non_null(v.err.msg);
		release(&v);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_kinds),
		cmocka_unit_test(test_dashdash),
		cmocka_unit_test(test_negation),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_mistakes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
