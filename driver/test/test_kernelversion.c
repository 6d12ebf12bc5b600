// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kernel versions out of Makefiles.
 */
#include "test/test.h"

#include <string.h>

#include "base/mem.h"
#include "input/kernelversion.h"

static void test_parse(void **state)
{
	static const struct {
		const char *makefile, *want;	/* NULL: refused */
	} cases[] = {
		{ "# SPDX\nVERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 192\n"
		  "EXTRAVERSION =\nNAME = Curry Ramen\n", "6.1.192" },
		{ "VERSION = 6\nPATCHLEVEL = 13\nSUBLEVEL = 0\n"
		  "EXTRAVERSION = -rc1\n", "6.13.0-rc1" },
		{ "VERSION=5\r\nPATCHLEVEL\t=\t17\r\n", "5.17.0" },
		{ "VERSION = 6\nVERSION = 7\nPATCHLEVEL = 2", "6.2.0" },
		{ "VERSION = 6\nPATCHLEVEL = 2\nEXTRAVERSION = $(shell x)\n",
		  "6.2.0" },
		{ "XVERSION = 6\nPATCHLEVEL = 1\n", NULL },
		{ "VERSION = six\nPATCHLEVEL = 1\n", NULL },
		{ "VERSION = 99999999999\nPATCHLEVEL = 1\n", NULL },
		{ "VERSION = 6\n", NULL },
		{ "VERSION", NULL },
		{ "", NULL },
	};
	struct err err = ERR_INIT;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *text = cases[i].makefile;
		struct kernel_version v;
		int ret = kernel_version_parse(&v, text, strlen(text), &err);

		if (cases[i].want) {
			assert_int_equal(ret, 0);
			assert_string_equal(v.text, cases[i].want);
		} else {
			assert_int_equal(ret, ERR_FORMAT);
			err_clear(&err);
		}
	}
}

static void test_compare(void **state)
{
	const struct kernel_version v = { 6, 1, 192, "6.1.192" };

	assert_int_equal(kernel_version_cmp(&v, 6, 1, 192), 0);
	assert_true(kernel_version_cmp(&v, 5, 17, 0) > 0);
	assert_true(kernel_version_cmp(&v, 6, 10, 0) < 0);
	assert_true(kernel_version_cmp(&v, 7, 0, 0) < 0);
	assert_true(kernel_version_cmp(&v, 6, 1, 193) < 0);
	assert_true(kernel_version_cmp(&v, 6, 1, 9) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_compare),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
