// SPDX-License-Identifier: GPL-2.0-only
/*
 * Strings, path prefixes, errors and digests: the small things of base/.
 */
#include "test/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"

static void test_empty(void **state)
{
	struct strbuf sb = STRBUF_INIT;
	char *s;

	assert_string_equal(sb.buf, "");
	strbuf_add(&sb, NULL, 0);
	strbuf_clear(&sb);
	s = strbuf_detach(&sb);
	assert_string_equal(s, "");
	free(s);
	strbuf_release(&sb);
	assert_string_equal(strbuf_empty, "");
}

static void test_growing(void **state)
{
	struct strbuf sb = STRBUF_INIT;
	int i;

	for (i = 0; i < 1000; i++)
		strbuf_addf(&sb, "%d,", i);
	assert_int_equal(sb.len, 10 * 2 + 90 * 3 + 900 * 4);
	assert_int_equal(strlen(sb.buf), sb.len);
	assert_true(str_starts(sb.buf, "0,1,2,"));
	assert_true(str_ends(sb.buf, ",998,999,"));
	strbuf_clear(&sb);
	assert_string_equal(sb.buf, "");
	strbuf_addc(&sb, 0);
	strbuf_addc(&sb, 0xe9);
	assert_int_equal(sb.len, 2);
	assert_memory_equal(sb.buf, "\0\xe9", 3);
	strbuf_release(&sb);
}

static void test_splice(void **state)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_splice(&sb, 0, 0, "xz", 2);
	strbuf_splice(&sb, 1, 0, "y", 1);
	assert_string_equal(sb.buf, "xyz");
	strbuf_splice(&sb, 0, 3, "a much longer text than it was before", 37);
	assert_int_equal(sb.len, 37);
	strbuf_splice(&sb, 1, 36, NULL, 0);
	assert_string_equal(sb.buf, "a");
	strbuf_release(&sb);
}

static void test_paths(void **state)
{
	assert_true(path_is_below("fs/a.c", "fs"));
	assert_true(path_is_below("fs/a.c", "fs/"));
	assert_true(path_is_below("fs", "fs"));
	assert_true(path_is_below("fs/a.c", ""));
	assert_false(path_is_below("fsx.c", "fs"));
	assert_false(path_is_below("f", "fs"));
	assert_true(path_is_below("/a", "/"));
	assert_false(path_is_below("a", "/"));
}

static void test_prefix_suffix(void **state)
{
	assert_true(str_starts("abc", ""));
	assert_false(str_starts("ab", "abc"));
	assert_true(str_ends("abc", "bc"));
	assert_false(str_ends("c", "bc"));
}

static void test_errors(void **state)
{
	struct err e = ERR_INIT;

	assert_int_equal(err_exit_code(&e), EXIT_DONE);
	assert_int_equal(err_prefix(&e, "x"), 0);
	assert_int_equal(err_set(&e, ERR_IO, "no %s", "space"), ERR_IO);
	assert_int_equal(err_prefix(&e, "a.%c", 'c'), ERR_IO);
	assert_string_equal(e.msg, "a.c: no space");
	assert_int_equal(err_exit_code(&e), EXIT_FAILED);
	err_set(&e, ERR_USAGE, "old was: %s", e.msg);
	assert_string_equal(e.msg, "old was: a.c: no space");
	assert_int_equal(err_exit_code(&e), EXIT_USAGE);
	err_clear(&e);
	assert_null(e.msg);
	assert_int_equal(err_set(NULL, ERR_LIMIT, "nobody asks"), ERR_LIMIT);
}

static void test_digest(void **state)
{
	char a[65], b[17];
	struct digest *d = digest_new();

	digest_add(d, "abc", 3);
	digest_hex(d, a, 64);
	assert_string_equal(a, "ba7816bf8f01cfea414140de5dae2223"
			       "b00361a396177a9cb410ff61f20015ad");
	d = digest_new();
	digest_adds(d, "ab");
	digest_adds(d, "c");
	digest_hex(d, a, 16);
	d = digest_new();
	digest_adds(d, "a");
	digest_adds(d, "bc");
	digest_hex(d, b, 16);
	assert_int_equal(strlen(a), 16);
	assert_string_not_equal(a, b);
}

static void test_grow(void **state)
{
	struct { int *a; unsigned int nr, cap; } v = { NULL, 0, 0 };
	int i;

	for (i = 0; i < 1000; i++) {
		GROW(v.a, v.nr, v.cap);
		v.a[v.nr++] = i;
	}
	assert_true(v.cap >= 1000);
	assert_int_equal(v.a[999], 999);
	GROW_BY(v.a, v.nr, v.cap, 5000);
	assert_true(v.cap >= 6000);
	free(v.a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_growing),
		cmocka_unit_test(test_splice),
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_prefix_suffix),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_digest),
		cmocka_unit_test(test_grow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
