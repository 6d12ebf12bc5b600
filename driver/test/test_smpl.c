// SPDX-License-Identifier: GPL-2.0-only
/*
 * edit/smpl, edit/slice: what a semantic patch needs in a file and in a
 * function, and what may be left out. A wrong "no" loses a match: each case
 * here that says yes is one that must.
 */
#include "test/test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "edit/slice.h"
#include "edit/smpl.h"
#include "read/read.h"

static char path[] = "/tmp/gfpscope-smpl-XXXXXX";

static void read_as(struct smpl *s, const char *text, int mode)
{
	struct err err = ERR_INIT;

	assert_int_equal(file_write(path, text, strlen(text), &err), 0);
	assert_int_equal(smpl_read(s, path, mode, NULL, 0, &err), 0);
}

static bool wants(const struct smpl *s, const char *text, bool function)
{
	uint8_t seen[256] = { 0 };

	assert_true(s->nr_words < sizeof(seen));
	smpl_scan(s, text, strlen(text), seen);
	return function ? smpl_wants_function(s, seen) :
			  smpl_wants_file(s, seen);
}

/* yes and no of a file, then of a function. */
static void expect(const char *rules, const char *text, bool file,
		   bool function)
{
	struct smpl s;

	read_as(&s, rules, -1);
	assert_int_equal(wants(&s, text, false), file);
	assert_int_equal(wants(&s, text, true), function);
	smpl_release(&s);
}

static void test_words(void **state)
{
	static const char call[] = "@r@\nexpression e;\n@@\n foo(e, BAR);\n";

	expect(call, "foo(1, BAR)", true, true);
	expect(call, "foo(1, BARS)", false, false);
	expect(call, "xfoo(1, BAR)", false, false);
	/* a word of an added line, of a comment, of a string is not asked for */
	expect("@r@\n@@\n- foo();\n+ new();\n", "foo", true, true);
	expect("@r@\n@@\n foo(); // bar()\n", "foo", true, true);
	expect("@r@\n@@\n foo(\"bar\");\n", "foo", true, true);
	/* what isomorphisms bring or take away, neither */
	expect("@r@\nexpression x;\n@@\n if (unlikely(x == NULL)) foo();\n",
	       "foo", true, true);
}

/* Is each of @words found, wherever it stands, and no longer one? */
static void find_each(const char *const *words, size_t n)
{
	static const char *const around[] = {
		"", " ", "(q ", " qqqq(", "/* long */ ", "q", "_", "0q",
	};
	struct strbuf rules = STRBUF_INIT, text = STRBUF_INIT;
	size_t i, k, m;
	struct smpl s;

	strbuf_adds(&rules, "@r@\n@@\n(\n");
	for (i = 0; i < n; i++)
		strbuf_addf(&rules, "%s %s()\n", i ? "|\n" : "", words[i]);
	strbuf_adds(&rules, ")\n");
	read_as(&s, rules.buf, -1);
	for (i = 0; i < n * ARRAY_SIZE(around); i++)
		for (k = 0; k < ARRAY_SIZE(around); k++) {
			const char *before = around[i / n], *after = around[k];

			m = strlen(before);
			strbuf_clear(&text);
			strbuf_addf(&text, "%s%s%s", before, words[i % n],
				    after);
			assert_int_equal(wants(&s, text.buf, false),
					 (!m || !smpl_in_word(before[m - 1])) &&
					 !smpl_in_word(after[0]));
		}
	smpl_release(&s);
	strbuf_release(&rules);
	strbuf_release(&text);
}

static void test_scan(void **state)
{
	static const char *const one[] = { "memalloc_nofs_save" };
	static const char *const some[] = {
		"xfs_foo", "xfs_fooo", "GFP_NOFS", "GFP_NOFSX", "ooooooo",
	};
	static const char *const small[] = { "ab", "ba", "abab" };
	static const char *const tiny[] = { "x", "long_name" };

	find_each(one, ARRAY_SIZE(one));
	find_each(some, ARRAY_SIZE(some));
	find_each(small, ARRAY_SIZE(small));
	find_each(tiny, ARRAY_SIZE(tiny));
}

static void test_alternatives(void **state)
{
	static const char columns[] =
		"@r@\n@@\n(\n foo();\n|\n bar();\n)\n";
	static const char escaped[] = "@r@\n@@\n \\(foo\\|bar\\)(); baz();\n";
	static const char empty[] =
		"@r@\nexpression e;\n@@\n(\n foo();\n|\n e;\n)\n";

	expect(columns, "bar", true, true);
	expect(columns, "baz", false, false);
	expect(escaped, "foo baz", true, true);
	expect(escaped, "foo bar", false, false);
	expect(empty, "", true, true);
}

static void test_dots(void **state)
{
	expect("@r@\n@@\n foo();\n ... when != bar()\n baz();\n", "foo baz",
	       true, true);
	expect("@r@\n@@\n f0(...) {\n <...\n bar();\n ...>\n }\n", "f0", true,
	       true);
	expect("@r@\n@@\n f0(...) {\n <+...\n bar();\n ...+>\n }\n", "f0",
	       false, false);
	/* a `when` that goes on in the next line is not understood */
	expect("@r@\n@@\n foo();\n ... when != bar(1,\n  2)\n baz();\n", "",
	       true, true);
	/* and what may be missing */
	expect("@r@\n@@\n foo();\n? bar();\n", "foo", true, true);
}

static void test_metavariables(void **state)
{
	expect("@r@\nidentifier f;\n@@\n f();\n", "", true, true);
	expect("@r@\nconstant c = {A, B};\n@@\n foo(c);\n", "foo B", true,
	       true);
	expect("@r@\nconstant c = {A, B};\n@@\n foo(c);\n", "foo c", false,
	       false);
	expect("@r@\nidentifier f =~ \"^k\";\n@@\n f();\n", "", true, true);
	expect("@r@\nexpression list[n] es;\n@@\n foo(es);\n", "foo", true,
	       true);
	expect("@r@\nsymbol sym;\n@@\n foo(sym);\n", "foo", false, false);
	expect("@r@\niterator name each;\nstatement S;\n@@\n each(...) S\n",
	       "", false, false);
	expect("@r@\niterator I;\nstatement S;\n@@\n I(...) S\n", "", true,
	       true);
	expect("@r@\nstruct foo *x;\n@@\n x->bar\n", "bar", true, true);
}

static void test_rules(void **state)
{
	/* bar() alone is enough for nothing, but its function must stay */
	expect("@a@\nposition p;\n@@\n foo@p()\n@b depends on a@\n@@\n- bar();\n",
	       "bar", false, true);
	/* who forbids must be seen as well */
	expect("@a@\n@@\n foo()\n@b depends on !a@\n@@\n- bar();\n", "bar",
	       true, true);
	expect("@a@\n@@\n foo()\n@b depends on !a@\n@@\n- bar();\n", "foo",
	       true, true);
	/* a position of another rule is where that has matched */
	expect("@a@\nposition p;\n@@\n foo@p()\n@b@\nposition a.p;\n"
	       "identifier f;\n@@\n- f@p();\n", "", false, false);
	/* its name may be anywhere */
	expect("@a@\nidentifier f;\n@@\n foo(f)\n@b@\nidentifier a.f;\n@@\n- f();\n",
	       "", false, true);
	/* two functions at once */
	expect("@r@\n@@\n f0(...) {\n foo();\n }\n g0(...) {\n bar();\n }\n",
	       "", false, true);
	expect("not SmPL at all", "", false, false);
	expect("@r@\nno end", "", true, true);
}

static void test_modes(void **state)
{
	static const char text[] =
		"/// Find it.\n// Confidence: High\n"
		"// Options: --no-includes --include-headers\n"
		"virtual patch\nvirtual report\n"
		"@a depends on patch@\n@@\n- foo();\n"
		"@b depends on report && !patch@\n@@\n bar();\n";
	struct err err = ERR_INIT;
	struct smpl s;

	read_as(&s, text, -1);
	assert_int_equal(s.mode, SMPL_REPORT);
	assert_string_equal(s.about, "Find it.");
	assert_string_equal(s.confidence, "High");
	assert_false(wants(&s, "foo", false));
	assert_true(wants(&s, "bar", false));
	smpl_release(&s);
	read_as(&s, text, SMPL_PATCH);
	assert_true(wants(&s, "foo", false));
	assert_false(wants(&s, "bar", false));
	smpl_release(&s);
	assert_int_equal(smpl_read(&s, path, SMPL_ORG, NULL, 0, &err),
			 ERR_USAGE);
	err_clear(&err);
	smpl_release(&s);
}

static void slice_for(const char *rule, const char *src, const char *expected)
{
	struct reader *r = reader_new(NULL, 0);
	struct strbuf out = STRBUF_INIT;
	uint8_t seen[16];
	struct arena arena;
	struct facts f;
	struct smpl s;

	arena_init(&arena);
	read_as(&s, rule, -1);
	read_file(r, src, strlen(src), &arena, &f);
	slice_make(&s, &f, src, strlen(src), seen, &out);
	assert_string_equal(out.buf, expected);
	strbuf_release(&out);
	smpl_release(&s);
	arena_release(&arena);
	reader_free(r);
}

static void slice(const char *src, const char *expected)
{
	slice_for("@r@\nexpression *e;\n@@\n foo(e);\n", src, expected);
}

static void bare(const char *src, const char *expected)
{
	slice_for("@r@\nexpression e;\nposition p;\n@@\n foo@p(e);\n", src,
		  expected);
}

/* No rule asks for a type: only what matters, and what it takes to read it. */
static void test_pieces(void **state)
{
	const char *types[10] = { "int x;", "struct s s;", "constant int c;",
		"expression struct s e;", "local idexpression e;",
		"expression e, *f;", "type T; T *e;", "{int, u8} e;" };
	const char *none[10] = { "expression list es;", "identifier f;",
		"statement S;", "type T;", "iterator name each;" };
	struct strbuf sb = STRBUF_INIT;

	bare("/* a */\nint a(void)\n{\n\tbar();\n}\n\nint b(void)\n{\n\tfoo();\n}\n",
	     "\n\n\n\n\n\nint b(void)\n{\n\tfoo();\n}\n");
	bare("#include <x.h>\nstruct s {\n#ifdef A\n\tint a;\n#endif\n} v;\nint foo;\n",
	     "\n\n\n\n\n\nint foo;\n");
	bare("typedef int t;\nt v;\n#if 1\n#endif\n",
	     "typedef int t;\n\n#if 1\n#endif\n");
	/* macros that are made use of, by way of each other */
	bare("#define A B\n#define B \\\n\tC\n#define D C\nint foo = A;\n",
	     "#define A B\n#define B \\\n\tC\n\nint foo = A;\n");
	/* arms with the same brackets, and others: all that follows stays */
	bare("int a(void)\n{\n#ifdef X\n\tif (1) {\n#else\n\tif (2) {\n#endif\n\t}\n}\nint b;\n",
	     "\n\n\n\n\n\n\n\n\n\n");
	bare("int c;\nint a(void)\n{\n#ifdef X\n\tif (1) {\n#endif\n\t}\n}\nint b;\n",
	     "\nint a(void)\n{\n#ifdef X\n\tif (1) {\n#endif\n\t}\n}\nint b;\n");
	/* a macro within stays; strings and comments are none of ours */
	bare("int a(void)\n{\n#define X 1\n\treturn X;\n}\n",
	     "int a(void)\n{\n#define X 1\n\treturn X;\n}\n");
	bare("char *s = \"};{\\\"\"; /* } */ // {\nchar c = '{';\nint foo;\n",
	     "\n\nint foo;\n");
	bare("int a; int\nfoo;\n", "int a; int\nfoo;\n");
	bare("}\nint a;\n", "}\nint a;\n");
	for (size_t i = 0; types[i] || none[i]; i++)
		for (int typed = 0; typed < 2; typed++) {
			struct smpl s;

			if (!(typed ? types : none)[i])
				continue;
			strbuf_clear(&sb);
			strbuf_addf(&sb, "@r@\n%s\n@@\n foo(e);\n",
				    (typed ? types : none)[i]);
			read_as(&s, sb.buf, -1);
			assert_int_equal(s.types, typed);
			smpl_release(&s);
		}
	strbuf_release(&sb);
}

static void test_slice(void **state)
{
	slice("int a(void)\n{\n\tbar();\n}\nint b(void)\n{\n\tfoo();\n}\n",
	      "int a(void)\n{\n\n}\nint b(void)\n{\n\tfoo();\n}\n");
	/* kept: a directive, a macro with the word, an odd shape, no newline */
	slice("int a(void)\n{\n#ifdef X\n\tbar();\n#endif\n}\n",
	      "int a(void)\n{\n#ifdef X\n\tbar();\n#endif\n}\n");
	slice("#define M() \\\n\tfoo()\nint a(void)\n{\n\tM();\n}\n",
	      "#define M() \\\n\tfoo()\nint a(void)\n{\n\tM();\n}\n");
	slice("int a(void) {\n\tbar();\n}\n", "int a(void) {\n\tbar();\n}\n");
	slice("int a(void)\n{\n\tbar();\n}", "int a(void)\n{\n\n}");
	slice("int x = 1;", "int x = 1;");
	slice("", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_scan),
		cmocka_unit_test(test_alternatives),
		cmocka_unit_test(test_dots),
		cmocka_unit_test(test_metavariables),
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_modes),
		cmocka_unit_test(test_slice),
		cmocka_unit_test(test_pieces),
	};
	int fd = mkstemp(path), ret;

	if (fd < 0)
		return 1;
	close(fd);
	ret = cmocka_run_group_tests_name("smpl", tests, NULL, NULL);
	unlink(path);
	return ret;
}
