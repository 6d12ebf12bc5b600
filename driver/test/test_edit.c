// SPDX-License-Identifier: GPL-2.0-only
/*
 * The parts of edit/ that need no Coccinelle: tokens, statements, conditions,
 * where places move to, what compose() accepts; and the mails' small parts.
 */
#include "test/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "edit/compose.h"
#include "edit/mark.h"
#include "edit/remap.h"
#include "edit/stmt.h"
#include "edit/text.h"
#include "emit/mail.h"
#include "read/read.h"

static uint32_t find(const struct text *t, const char *word, unsigned int nth)
{
	uint32_t i;

	for (i = 0; i < t->nr; i++)
		if (text_is(t, i, word) && !--nth)
			return i;
	fail_msg("no %s", word);
	return TOK_NONE;
}

static void test_tokens(void **state)
{
	static const char src[] =
		"#define A(x) \\\n\tb(x) /* c\n */\n"
		"int f(void) { return a->b == 'x' ? \"s\\\"t\" : 1; } // end";
	struct text t;

	text_init(&t, src, strlen(src));
	assert_true(text_is(&t, 0, "#"));
	assert_true(t.v[find(&t, "b", 1)].directive);
	assert_int_equal(t.v[find(&t, "b", 1)].line, 2);
	assert_false(t.v[find(&t, "int", 1)].directive);
	assert_int_equal(t.v[find(&t, "int", 1)].line, 4);
	assert_int_equal(t.v[find(&t, "\"s\\\"t\"", 1)].kind, TOK_STRING);
	assert_int_equal(t.v[find(&t, "->", 1)].len, 2);
	assert_int_equal(t.v[t.nr - 1].kind, TOK_COMMENT);
	assert_int_equal(text_close(&t, find(&t, "{", 1)), t.nr - 2);
	assert_int_equal(text_open(&t, t.nr - 2), find(&t, "{", 1));
	assert_int_equal(text_point(&t, 4, 5), find(&t, "f", 1));
	assert_int_equal(text_next(&t, t.nr - 2), TOK_NONE);
	assert_int_equal(text_prev(&t, 0), TOK_NONE);
	assert_int_equal(text_next(&t, TOK_NONE), TOK_NONE);
	text_release(&t);
}

/* Whatever is cut off, tokens do not reach beyond the end. */
static void test_tokens_chopped(void **state)
{
	static const char src[] = "a /* b */ \"c\\\"\" 'd' // e\n#if x\\\n y";
	size_t n;

	for (n = 0; n <= strlen(src); n++) {
		char *copy = xstrndup(src, n);
		struct text t;

		text_init(&t, copy, n);
		if (t.nr)
			assert_true(t.v[t.nr - 1].off + t.v[t.nr - 1].len <= n);
		text_release(&t);
		free(copy);
	}
}

static void test_statements(void **state)
{
	static const char src[] =
		"{ int a = f1(x); if (!f2(x)) g(); y->z = (int)f3(x) + 1;\n"
		"while (f4(x)) ; return f5(x); l: f6(x); q = c ? d : f7(x);\n"
		"for_each(i) f8(x); if ((e = f9(x)) < 0) h(); }";
	static const struct {
		const char *call;
		int kind;
		const char *first, *lhs;
	} cases[] = {
		{ "f1", STMT_DECL, "int", "a" }, { "f2", STMT_IF, "if", NULL },
		{ "f3", STMT_EXPR, "y", "z" }, { "f4", STMT_OTHER, "while", NULL },
		{ "f5", STMT_RETURN, "return", NULL },
		{ "f6", STMT_EXPR, "f6", NULL }, { "f7", STMT_EXPR, "q", "q" },
		{ "f8", STMT_EXPR, "f8", NULL }, { "f9", STMT_IF, "if", "e" },
	};
	struct text t;
	size_t i;

	text_init(&t, src, strlen(src));
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct stmt s;

		assert_true(stmt_at(&t, find(&t, cases[i].call, 1), &s));
		assert_int_equal(s.kind, cases[i].kind);
		assert_true(text_is(&t, s.first, cases[i].first));
		if (cases[i].lhs)
			assert_true(text_is(&t, s.lhs_last, cases[i].lhs));
		else
			assert_int_equal(s.lhs_first, TOK_NONE);
	}
	text_release(&t);
}

static void test_declarations(void **state)
{
	static const struct {
		const char *src;
		bool is;
		const char *name;	/* that a single plain one declares */
	} cases[] = {
		{ "int a;", true, "a" }, { "struct s *p = f(a, b);", true, "p" },
		{ "char b[10];", true, "b" }, { "int a, b;", true, NULL },
		{ "int a __maybe_unused;", true, NULL },
		{ "a = b;", false, NULL }, { "f(a);", false, NULL },
		{ "return a;", false, NULL }, { "goto out;", false, NULL },
		{ "a->b = c;", false, NULL },
		{ "struct s x = { .a = 1, .b = 2 };", true, "x" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		uint32_t name = TOK_NONE, last;
		struct text t;

		text_init(&t, cases[i].src, strlen(cases[i].src));
		assert_int_equal(stmt_is_decl(&t, 0, &name, &last),
				 cases[i].is);
		if (cases[i].name)
			assert_true(text_is(&t, name, cases[i].name));
		else
			assert_int_equal(name, TOK_NONE);
		text_release(&t);
	}
}

static void test_conditions(void **state)
{
	static const struct {
		const char *cond;
		int holds;	/* for which classes of f()'s result, -1 */
	} cases[] = {
		{ "f(x)", CLASS_POS | CLASS_ERR }, { "!f(x)", CLASS_ZERO },
		{ "!(f(x))", CLASS_ZERO }, { "!!f(x)", CLASS_POS | CLASS_ERR },
		{ "unlikely(!f(x))", CLASS_ZERO },
		{ "IS_ERR(f(x))", CLASS_ERR },
		{ "!IS_ERR(r)", CLASS_ZERO | CLASS_POS },
		{ "IS_ERR_OR_NULL(r)", CLASS_ZERO | CLASS_ERR },
		{ "r", CLASS_POS | CLASS_ERR }, { "r < 0", CLASS_ERR },
		{ "r == NULL", CLASS_ZERO }, { "(r = f(x)) != 0", 6 },
		{ "r > 0", CLASS_POS }, { "r >= 0", CLASS_ZERO | CLASS_POS },
		{ "r && y", -1 }, { "r == -EAGAIN", -1 }, { "g(f(x))", -1 },
		{ "!f(x) || y", -1 }, { "s", -1 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct strbuf sb = STRBUF_INIT;
		uint32_t open, call;
		struct stmt s = { 0 };
		struct text t;

		strbuf_addf(&sb, "{ r = f(x); if (%s) ; }", cases[i].cond);
		text_init(&t, sb.buf, sb.len);
		call = find(&t, "f", 1);
		open = text_next(&t, find(&t, "if", 1));
		if (strstr(cases[i].cond, "f(x)"))
			call = find(&t, "f", 2);
		assert_true(stmt_at(&t, call, &s));
		if (s.lhs_first == TOK_NONE) {	/* r is f()'s result, too */
			s.lhs_first = s.lhs_last = find(&t, "r", 1);
		}
		assert_int_equal(stmt_cond(&t, open + 1,
					   text_close(&t, open) - 1, &s, call),
				 cases[i].holds);
		text_release(&t);
		strbuf_release(&sb);
	}
}

static void test_remap(void **state)
{
	static const char from[] = "a b c\nd e f\ng h\n";
	static const char to[] = "a x b c\nnew line\nd f\ng h\n";
	uint32_t line = 2, column = 5, off;
	struct remap m;

	assert_int_equal(remap_init(&m, from, strlen(from), to, strlen(to),
				    NULL), 0);
	off = remap_offset(&m, 2);
	assert_int_equal(to[off], 'b');
	assert_int_equal(remap_offset(&m, 8), UINT32_MAX);	/* e is gone */
	assert_true(remap_point(&m, &line, &column));
	assert_int_equal(line, 3);
	assert_int_equal(column, 3);
	remap_release(&m);
}

/* Every token of a text that only grew is found again, in order. */
static void test_remap_random(void **state)
{
	unsigned int seed = 1, round, i;

	for (round = 0; round < 50; round++) {
		struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
		struct remap m;
		uint32_t last = 0;

		for (i = 0; i < 200; i++) {
			seed = seed * 1103515245 + 12345;
			strbuf_addf(&a, "w%u ", seed >> 16 & 3);
			strbuf_addf(&b, "w%u ", seed >> 16 & 3);
			if (!(seed >> 20 & 7))
				strbuf_adds(&b, "new ");
		}
		assert_int_equal(remap_init(&m, a.buf, a.len, b.buf, b.len,
					    NULL), 0);
		for (i = 0; i < m.from.nr; i++) {
			assert_int_not_equal(m.map[i], TOK_NONE);
			assert_true(!i || m.map[i] > last);
			assert_true(text_same(&m.from, i, &m.to, m.map[i]));
			last = m.map[i];
		}
		remap_release(&m);
		strbuf_release(&a);
		strbuf_release(&b);
	}
}

/* ---- compose ---- */

static const struct mask_word words[] = {
	{ "GFP_NOFS", MASK_PRESENT | MASK_IO | MASK_RECLAIM, RESTRICT_NOFS, 0 },
	{ "__GFP_FS", MASK_PRESENT | MASK_FS, RESTRICT_NONE, 1 },
};

/* Mark the GFP_NOFS of @src, pretend that Coccinelle gave @answer. */
static int composed(const char *src, const char *answer, struct strbuf *out)
{
	struct result_site site = {
		.mask = "GFP_NOFS", .restriction = RESTRICT_NOFS,
		.offset = strstr(src, "GFP_NOFS") - src, .len = 8,
	};
	struct strbuf marked = STRBUF_INIT, got = STRBUF_INIT;
	struct facts facts = { 0 };
	struct inserted ins;
	struct edit_file f;
	int ret;

	edit_file_init(&f, "x.c", src, strlen(src), &facts);
	f.words = words;
	f.nr_words = ARRAY_SIZE(words);
	assert_int_equal(mark_site(&f, &site, PROPOSE_DROP, NULL), 0);
	assert_int_equal(marks_apply(&f, &marked, NULL), 0);
	strbuf_adds(&got, answer);
	ret = compose(&f, &marked, &got, out, &ins, NULL);
	edit_file_release(&f);
	strbuf_release(&marked);
	strbuf_release(&got);
	return ret;
}

static void test_compose(void **state)
{
	static const char src[] = "int  f ( void ){return g(1,GFP_NOFS);}\n";
	static const char *const others[] = {
		"int f(void) { return g(2, GFP_KERNEL); }",
		"int f(void) { return g(1, GFP_ATOMIC); }",
		"int f(void) { g(1, GFP_KERNEL); }",
		"int f(void) { x(); return g(1, GFP_KERNEL); }",
		"int f(void) { return g(1, GFP_KERNEL); } int x;",
		"",
	};
	struct strbuf out = STRBUF_INIT;

	/* Coccinelle's white space is not taken over */
	assert_int_equal(composed(src, "int f(void) { return g(1, GFP_KERNEL); }",
				  &out), 0);
	assert_string_equal(out.buf,
			    "int  f ( void ){return g(1,GFP_KERNEL);}\n");
	strbuf_clear(&out);
	/* a mark that was not taken is put back */
	assert_int_equal(composed(src, "int f(void) { return g(1, GFP_DROP); }",
				  &out), 0);
	assert_string_equal(out.buf, src);
	strbuf_clear(&out);
	/* anything else is refused */
	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		assert_int_not_equal(composed(src, others[i], &out), 0);
	strbuf_release(&out);
}

/* ---- mails ---- */

static void test_diffstat(void **state)
{
	static const char diff[] =
		"diff --git a/x.c b/x.c\n--- a/x.c\n+++ b/x.c\n@@ -1,3 +1,2 @@\n"
		" a\n-b\n--- c\n+d\n"
		"diff --git a/dir/y.c b/dir/y.c\n--- a/dir/y.c\n+++ b/dir/y.c\n"
		"@@ -1 +1,2 @@\n a\n+b\n";
	struct strbuf sb = STRBUF_INIT;

	diffstat(diff, &sb);
	assert_string_equal(sb.buf,
			    " dir/y.c | 1 +\n"
			    " x.c     | 3 +--\n"
			    " 2 files changed, 2 insertions(+), 2 deletions(-)\n");
	strbuf_release(&sb);
}

static void test_mail(void **state)
{
	const char *to[] = { "\"A. B\" <a@example.org>", "list@example.org",
			     "J. Doe <j@example.org>",
			     "Zo\xc3\xab <z@example.org>" };
	struct mail m = {
		.from = "Zo\xc3\xab \xc3\x85. <z@example.org>", .tag = "PATCH",
		.number = 1, .total = 12, .subject = "a: b",
		.id = "x@y", .to = to, .nr_to = 4, .body = "text\n",
		.date = 1700000000,
	};
	struct strbuf sb = STRBUF_INIT, name = STRBUF_INIT;

	mail_write(&m, &sb);
	assert_non_null(strstr(sb.buf, "\nSubject: [PATCH 01/12] a: b\n"));
	assert_non_null(strstr(sb.buf, "\nFrom: =?UTF-8?q?Zo=C3=AB_=C3=85=2E?= <z@example.org>\n"));
	assert_non_null(strstr(sb.buf, "\nTo: \"A. B\" <a@example.org>,\n    list@example.org,\n    \"J. Doe\" <j@example.org>,\n"));
	assert_non_null(strstr(sb.buf, "\nDate: Tue, 14 Nov 2023 22:13:20 +0000\n"));
	mail_file_name(&m, 2, &name);
	assert_string_equal(name.buf, "v2-0001-a-b.patch");
	/* cut where git cuts it, be it behind a dash */
	strbuf_clear(&name);
	m.subject = "xfs: libxfs: drop the NOFS restriction inside an open scope";
	mail_file_name(&m, 1, &name);
	assert_string_equal(name.buf, "0001-xfs-libxfs-drop-the-NOFS-restriction-inside-an-open-.patch");
	strbuf_release(&sb);
	strbuf_release(&name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_tokens_chopped),
		cmocka_unit_test(test_statements),
		cmocka_unit_test(test_declarations),
		cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_remap),
		cmocka_unit_test(test_remap_random),
		cmocka_unit_test(test_compose),
		cmocka_unit_test(test_diffstat),
		cmocka_unit_test(test_mail),
	};

	return cmocka_run_group_tests_name("edit", tests, NULL, NULL);
}
