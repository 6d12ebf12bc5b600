// SPDX-License-Identifier: GPL-2.0-only
/*
 * Recipients out of a small MAINTAINERS that has every quirk we know of. What
 * is expected was printed by get_maintainer.pl of 6.1 and of 6.12, which
 * agree; corpus/kernel/check-maintainers does the same on real trees.
 */
#include "test/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "input/maintainers.h"

static const char text[] =
	"List of maintainers\n"
	"===================\n"
	"\n"
	"\tM: *Mail* patches to: FullName <address@domain>\n"
	"\n"
	"Maintainers List\n"
	"----------------\n"
	"\n"
	"EXT FILE SYSTEM\n"
	"M:\t\"Ann B. Person\" <ann@example.org>\n"
	"M:\tBob Person <bob@example.org>\n"
	"M:\tOld Name <old@example.org>\n"
	"R:\tann@example.org\n"
	"R:\tCarl Å. Person <carl@example.org>\n"
	"L:\tlinux-ext@example.org\n"
	"L:\tsecret@example.org (subscribers-only)\n"
	"S:\tMaintained\n"
	"F:\tDocumentation/ext.rst\n"
	"F:\tfs/ext\n"
	"X:\tfs/ext/x*.c\n"
	"\n"
	"# a comment line\n"
	"EXTRA THINGS WITH A TITLE THAT IS LONGER THAN IT SHOULD BE\n"
	"M:\tD Person <d@example.org>, E Person <e@example.org>\n"
	"L:\tlinux-extra@example.org (moderated for non-subscribers)\n"
	"S:\tOdd Fixes\n"
	"F:\tfs/extra/[ab]?.c\n"
	"N:\t\\bext(?:ra)? _two\\d\n"
	"\n"
	"FILE SYSTEMS\n"
	"M:\tLinus Torvalds <torvalds@linux-foundation.org>\n"
	"M:\tBOB PERSON <bob@other.example.org>\n"
	"L:\tlinux-fs@example.org\n"
	"S:\tSupported\n"
	"F:\tfs/\n"
	"F:\tinclude/linux/f*.h\n"
	"\n"
	"THE REST\n"
	"M:\tLinus Torvalds <torvalds@linux-foundation.org>\n"
	"L:\tlinux-kernel@example.org\n"
	"S:\tBuried alive in reporters\n"
	"F:\t*\n"
	"F:\t*/\n";

static const char mailmap[] =
	"# names\n"
	"New Name <new@example.org> <old@example.org>\n"
	"Carl Person <carl@example.org>\n"
	"<d@new.example.org> <d@example.org>\n";

static const struct {
	const char *path, *want;
} cases[] = {
	{ "Kconfig",
	  "linux-kernel@example.org (open list)\n" },
	{ "drivers/net/ext_two2.c",
	  "D Person <d@new.example.org> "
	  "(odd fixer:EXTRA THINGS WITH A TITLE THAT IS LONGER THAN I...)\n"
	  "E Person <e@example.org> "
	  "(odd fixer:EXTRA THINGS WITH A TITLE THAT IS LONGER THAN I...)\n"
	  "linux-extra@example.org "
	  "(moderated list:EXTRA THINGS WITH A TITLE THAT IS LONGER THAN I...)\n"
	  "linux-kernel@example.org (open list)\n" },
	{ "fs/ext.c",
	  "BOB PERSON <bob@other.example.org> "
	  "(supporter:FILE SYSTEMS)\n"
	  "linux-fs@example.org (open list:FILE SYSTEMS)\n"
	  "linux-kernel@example.org (open list)\n" },
	{ "fs/ext/a.c",
	  "\"Ann B. Person\" <ann@example.org> "
	  "(maintainer:EXT FILE SYSTEM)\n"
	  "Bob Person <bob@example.org> "
	  "(maintainer:EXT FILE SYSTEM)\n"
	  "New Name <new@example.org> "
	  "(maintainer:EXT FILE SYSTEM)\n"
	  "Carl Person <carl@example.org> "
	  "(reviewer:EXT FILE SYSTEM)\n"
	  "linux-ext@example.org (open list:EXT FILE SYSTEM)\n"
	  "linux-fs@example.org (open list:FILE SYSTEMS)\n"
	  "linux-kernel@example.org (open list)\n" },
	{ "fs/ext/xattr.c",
	  "BOB PERSON <bob@other.example.org> "
	  "(supporter:FILE SYSTEMS)\n"
	  "linux-fs@example.org (open list:FILE SYSTEMS)\n"
	  "linux-kernel@example.org (open list)\n" },
	{ "fs/extra/a/b.c",
	  "BOB PERSON <bob@other.example.org> "
	  "(supporter:FILE SYSTEMS)\n"
	  "linux-fs@example.org (open list:FILE SYSTEMS)\n"
	  "linux-kernel@example.org (open list)\n" },
	{ "fs/extra/ab.c",
	  "D Person <d@new.example.org> "
	  "(odd fixer:EXTRA THINGS WITH A TITLE THAT IS LONGER THAN I...)\n"
	  "E Person <e@example.org> "
	  "(odd fixer:EXTRA THINGS WITH A TITLE THAT IS LONGER THAN I...)\n"
	  "BOB PERSON <bob@other.example.org> "
	  "(supporter:FILE SYSTEMS)\n"
	  "linux-extra@example.org "
	  "(moderated list:EXTRA THINGS WITH A TITLE THAT IS LONGER THAN I...)\n"
	  "linux-fs@example.org (open list:FILE SYSTEMS)\n"
	  "linux-kernel@example.org (open list)\n" },
	{ "fs/extra/abc.c",
	  "BOB PERSON <bob@other.example.org> "
	  "(supporter:FILE SYSTEMS)\n"
	  "linux-fs@example.org (open list:FILE SYSTEMS)\n"
	  "linux-kernel@example.org (open list)\n" },
	{ "fs/extras.c",
	  "BOB PERSON <bob@other.example.org> "
	  "(supporter:FILE SYSTEMS)\n"
	  "linux-fs@example.org (open list:FILE SYSTEMS)\n"
	  "linux-kernel@example.org (open list)\n" },
	{ "include/linux/fs.h",
	  "BOB PERSON <bob@other.example.org> "
	  "(supporter:FILE SYSTEMS)\n"
	  "linux-fs@example.org (open list:FILE SYSTEMS)\n"
	  "linux-kernel@example.org (open list)\n" },
};

static bool is_dir(void *ctx, const char *path)
{
	return !strcmp(path, "fs/ext");
}

static struct maintainers *parse(const char *s, size_t len)
{
	return maintainers_parse(s, len, mailmap, sizeof(mailmap) - 1, is_dir,
				 NULL);
}

static void assert_recipients(struct maintainers *m, const char *path,
			      const char *want)
{
	struct strbuf sb = STRBUF_INIT;
	struct recipients r;
	struct arena a;
	size_t i;

	arena_init(&a);
	maintainers_match(m, path, &a, &r);
	for (i = 0; i < r.nr; i++)
		strbuf_addf(&sb, "%s (%s)\n", r.to[i].address, r.to[i].role);
	assert_string_equal(sb.buf, want);
	strbuf_release(&sb);
	arena_release(&a);
}

static void test_like_the_script(void **state)
{
	struct maintainers *m = parse(text, sizeof(text) - 1);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		assert_recipients(m, cases[i].path, cases[i].want);
	assert_int_equal(maintainers_nr_odd(m), 0);
	maintainers_free(m);
}

static void test_subsystem(void **state)
{
	struct maintainers *m = parse(text, sizeof(text) - 1);
	struct recipients r;
	struct arena a;

	arena_init(&a);
	maintainers_match(m, "fs/ext/a.c", &a, &r);
	assert_string_equal(r.subsystem, "EXT FILE SYSTEM");
	assert_string_equal(r.status, "Maintained");
	assert_int_equal(r.to[0].kind, RECIPIENT_MAINTAINER);
	assert_int_equal(r.to[3].kind, RECIPIENT_REVIEWER);
	assert_int_equal(r.to[4].kind, RECIPIENT_LIST);
	maintainers_match(m, "sound/a.c", &a, &r);
	assert_null(r.subsystem);
	assert_null(r.status);
	assert_int_equal(r.nr, 1);
	maintainers_match(m, "", &a, &r);
	arena_release(&a);
	maintainers_free(m);
}

/* Any beginning of the text is a text. */
static void test_chopped(void **state)
{
	size_t len, i;

	for (len = 0; len < sizeof(text); len++) {
		char *chopped = xmalloc(len + 1);
		struct maintainers *m;
		struct recipients r;
		struct arena a;

		memcpy(chopped, text, len);
		m = parse(chopped, len);
		free(chopped);
		arena_init(&a);
		for (i = 0; i < ARRAY_SIZE(cases); i++)
			maintainers_match(m, cases[i].path, &a, &r);
		assert_true(r.nr <= 5);
		arena_release(&a);
		maintainers_free(m);
	}
}

static void test_odd_patterns(void **state)
{
	static const char odd[] =
		"A\nM: a@x.org\nN: (?i)fs\nN: (\nF: fs/[\nF: [\n"
		"B\nM: b@x.org\nF: **************************a\n"
		"C\nM: c@x.org\nF: drivers/[!x-z]*/\nF: a[]b]c\nX:\n"
		"D\nM: d@x.org\nM: d\nM: @\nM: <>\nM: \"\nF: d[^a-c]\n";
	struct maintainers *m = parse(odd, sizeof(odd) - 1);

	assert_int_equal(maintainers_nr_odd(m), 2);
	assert_recipients(m, "fs/x", "");
	assert_recipients(m, "fs/[", "a@x.org (unknown:A)\n");
	assert_recipients(m, "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "");
	assert_recipients(m, "dd", "d@x.org (unknown:D)\n");
	assert_recipients(m, "db", "");
	maintainers_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_like_the_script),
		cmocka_unit_test(test_subsystem),
		cmocka_unit_test(test_chopped),
		cmocka_unit_test(test_odd_patterns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
