// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lexer, and what becomes of #if: shown as the tokens that are left.
 */
#include "test/test.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "fuzz/words.h"
#include "read/read.h"

static void check_tokens(const char *text, const char *expected)
{
	struct reader *r = reader_new(fuzz_words, ARRAY_SIZE(fuzz_words));
	struct strbuf out = STRBUF_INIT;

	read_dump_tokens(r, text, strlen(text), &out);
	assert_string_equal(out.buf, expected);
	strbuf_release(&out);
	reader_free(r);
}

static void test_punctuation(void **state)
{
	check_tokens("a->b ++c<<=d>>e...f##g\n",
		     "1: a -> b ++ c op= d >> e ... f ## g\n");
	check_tokens("a||b|=c&&d&=e!=f<=g>=h--\n",
		     "1: a || b |= c && d &= e != f <= g >= h --\n");
}

static void test_numbers_and_strings(void **state)
{
	check_tokens("0x1f 1.5e+3 .5 10ULL 'a' '\\'' L\"x\" \"a\\\"b\"\n",
		     "1: 0x1f 1.5e+3 .5 10ULL 'a' '\\'' \"x\" \"a\\\"b\"\n");
	check_tokens("0xe+1\n", "1: 0xe + 1\n");
}

/* An apostrophe in prose or assembly ends at its line's end. */
static void test_unterminated(void **state)
{
	check_tokens("don't\nx \"y\nz\n", "1: don 't\n2: x \"y\n3: z\n");
	check_tokens("a /* b", "1: a\n");
}

static void test_comments_and_lines(void **state)
{
	check_tokens("a /* b\n c */ d // e \\\n f\ng\n", "1: a\n2: d\n4: g\n");
	check_tokens("a \\\n b\n", "1: a\n2: b\n");
	check_tokens("a\r\nb\\\r\nc\r\n", "1: a\n2: bc\n");
}

static void test_spliced_names(void **state)
{
	check_tokens("a\\\nb c\\\r\n1;\nd", "1: ab\n2: c1\n3: ;\n4: d\n");
	check_tokens("a\\\n\\\nb\n", "1: a\n3: b\n");
	check_tokens("a\\\n+ b\n", "1: a\n2: + b\n");
}

static void test_known_conditions(void **state)
{
	check_tokens("#if 0\na' \" /* #endif */\n#else\nb\n#endif\nc\n",
		     "4: b\n6: c\n");
	check_tokens("#ifdef __cplusplus\na\n#endif\nb\n", "4: b\n");
	check_tokens("#ifndef __CHECKER__\na\n#else\nb\n#endif\n", "2: a\n");
	check_tokens("#if !defined(__ASSEMBLY__)\na\n#endif\n", "2: a\n");
	check_tokens("#if 0\n#if 1\na\n#endif\nb\n#elif X\nc;\n#endif\n",
		     "6: <if>\n7: c ;\n8: <endif>\n");
	check_tokens("#if 0 /* why */\na\n#endif\n", "");
	check_tokens("#if 01\na;\n#endif\n", "1: <if>\n2: a ;\n3: <endif>\n");
}

static void test_choice(void **state)
{
	check_tokens("{\n#ifdef A\na;\n#elif B\nb;\n#else\nc;\n#endif\n}\n",
		     "1: {\n2: <if>\n3: a ;\n4: <elif>\n5: b ;\n6: <else>\n"
		     "7: c ;\n8: <endif>\n9: }\n");
}

/* Entries of a list are all read; parts of an expression only once. */
static void test_lists_and_parts(void **state)
{
	check_tokens("x = {\n#ifdef A\na,\n#else\nb,\n#endif\n};\n",
		     "1: x = {\n3: a ,\n5: b ,\n7: } ;\n");
	check_tokens("f(x\n#ifdef A\n+ a\n#else\n+ b\n#endif\n);\n",
		     "1: f ( x\n3: + a\n7: ) ;\n");
	check_tokens("f(x\n#ifdef A\n#else\n+ b\n#endif\n);\n",
		     "1: f ( x\n4: + b\n6: ) ;\n");
}

static void test_unbalanced(void **state)
{
	check_tokens("#ifdef A\nif (a) {\n#else\nif (b) {\n#endif\nc;\n}\n",
		     "2: if ( a ) {\n6: c ;\n7: }\n");
	check_tokens("#ifdef A\n} else {\n#endif\n", "2: } else {\n");
}

static void test_stray_directives(void **state)
{
	check_tokens("#endif\n#else\na\n#elif X\n#endif\nb\n",
		     "3: a\n6: b\n");
	check_tokens("#if A\na;\n", "1: <if>\n2: a ;\n3: <endif>\n");
	check_tokens("#\n# 12 \"x\"\n#error don't\n#pragma x \\\n y\na\n",
		     "6: a\n");
}

static void test_macros(void **state)
{
	check_tokens("#define F(a) g(a) /* x\n y */ + \\\n\th\nz\n",
		     "4: z\n#define F\n1: ( a ) g ( a )\n2: +\n3: h\n");
	check_tokens("#define N 1\n#define M GFP_NOFS\n",
		     "#define M\n2: GFP_NOFS\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_punctuation),
		cmocka_unit_test(test_numbers_and_strings),
		cmocka_unit_test(test_unterminated),
		cmocka_unit_test(test_comments_and_lines),
		cmocka_unit_test(test_spliced_names),
		cmocka_unit_test(test_known_conditions),
		cmocka_unit_test(test_choice),
		cmocka_unit_test(test_lists_and_parts),
		cmocka_unit_test(test_unbalanced),
		cmocka_unit_test(test_stray_directives),
		cmocka_unit_test(test_macros),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
