// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where the data is found: the environment's word counts, and has to be right.
 */
#include "test/test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/datadir.h"
#include "base/file.h"
#include "base/str.h"

static void test_environment(void **state)
{
	struct err err = ERR_INIT;
	char *dir = dir_temp("test-datadir", &err), *found;
	struct strbuf sb = STRBUF_INIT;

	assert_non_null(dir);
	setenv("GFPSCOPE_DATA", dir, 1);
	assert_null(datadir_find(&err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_non_null(strstr(err.msg, dir));
	strbuf_addf(&sb, "%s/cocci", dir);
	assert_int_equal(dir_make(sb.buf, &err), 0);
	found = datadir_find(&err);
	assert_string_equal(found, dir);
	unsetenv("GFPSCOPE_DATA");
	dir_remove(dir, &err);
	strbuf_release(&sb);
	err_clear(&err);
	free(found);
	free(dir);
}

/* Unset or empty: not this test's directory, whatever else is found. */
static void test_no_environment(void **state)
{
	struct err err = ERR_INIT;
	struct stat st;
	char *found;

	setenv("GFPSCOPE_DATA", "", 1);
	found = datadir_find(&err);
	unsetenv("GFPSCOPE_DATA");
	if (found) {
		struct strbuf sb = STRBUF_INIT;

		strbuf_addf(&sb, "%s/cocci", found);
		assert_int_equal(stat(sb.buf, &st), 0);
		strbuf_release(&sb);
	} else {
		assert_non_null(strstr(err.msg, "GFPSCOPE_DATA"));
	}
	err_clear(&err);
	free(found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_environment),
		cmocka_unit_test(test_no_environment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
