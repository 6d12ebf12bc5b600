// SPDX-License-Identifier: GPL-2.0-only
/*
 * The reader as a whole: what it must do with any input. What it makes of C is
 * in corpus/facts/.
 */
#include "test/test.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "fuzz/words.h"
#include "read/read.h"

struct fixture {
	struct reader *r;
	struct arena arena;
	struct facts f;
};

static int set_up(void **state)
{
	struct fixture *x = xcalloc(1, sizeof(*x));

	x->r = reader_new(fuzz_words, ARRAY_SIZE(fuzz_words));
	arena_init(&x->arena);
	*state = x;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *x = *state;

	arena_release(&x->arena);
	reader_free(x->r);
	free(x);
	return 0;
}

static const struct facts *read_text(struct fixture *x, const char *text)
{
	read_file(x->r, text, strlen(text), &x->arena, &x->f);
	return &x->f;
}

static const struct func *func_named(const struct facts *f, const char *name)
{
	for (uint32_t i = 0; i < f->nr_funcs; i++) {
		if (!strcmp(facts_str(f, f->funcs[i].name), name))
			return &f->funcs[i];
	}
	return NULL;
}

static bool has_note(const struct facts *f, enum note_kind kind)
{
	for (uint32_t i = 0; i < f->nr_notes; i++) {
		if (f->notes[i].kind == kind)
			return true;
	}
	return false;
}

static void test_empty(void **state)
{
	const struct facts *f = read_text(*state, "");

	assert_int_equal(f->nr_funcs + f->nr_sites + f->nr_notes, 0);
	assert_int_equal(f->nr_lines, 0);
	assert_string_equal(facts_str(f, 0), "");
	assert_int_equal(read_text(*state, "\n")->nr_lines, 1);
	assert_int_equal(read_text(*state, "int a;")->nr_lines, 1);
	assert_int_equal(read_text(*state, "int a;\n\n")->nr_lines, 2);
}

static void test_binary(void **state)
{
	struct fixture *x = *state;

	read_file(x->r, "a\0b", 3, &x->arena, &x->f);
	assert_true(has_note(&x->f, NOTE_BINARY));
	assert_int_equal(x->f.nr_funcs, 0);
}

/* The same reader, another file in between: the same bytes. */
static void test_reuse(void **state)
{
	static const char text[] =
		"#define A(x) f(x, GFP_NOFS)\n"
		"static int g(struct inode *i) { return A(i->x) ? 1 : -EIO; }\n";
	struct strbuf one = STRBUF_INIT, two = STRBUF_INIT;

	facts_save(read_text(*state, text), &one);
	read_text(*state, "int h(void) { guard(x)(y); { { ( }");
	facts_save(read_text(*state, text), &two);
	assert_int_equal(one.len, two.len);
	assert_memory_equal(one.buf, two.buf, one.len);
	strbuf_release(&one);
	strbuf_release(&two);
}

static void test_positions(void **state)
{
	static const char text[] = "int f(void)\n{\n\treturn g(GFP_NOFS |\n"
				   "\t\t __GFP_FS);\n}\n";
	const struct facts *f = read_text(*state, text);
	const struct event *ev = f->events;

	assert_int_equal(f->nr_events, 2);
	assert_int_equal(ev[0].line, 3);
	assert_int_equal(ev[0].column, 9);
	assert_int_equal(f->nr_sites, 1);
	assert_int_equal(f->sites[0].line, 3);
	assert_int_equal(f->sites[0].column, 11);
	assert_int_equal(f->sites[0].event, 1);
	assert_int_equal(f->sites[0].form, FORM_NOOP);
	assert_memory_equal(text + f->sites[0].offset, "GFP_NOFS", 8);
	assert_int_equal(f->sites[0].len, 8);
	assert_string_equal(facts_str(f, f->sites[0].text),
			    "GFP_NOFS | __GFP_FS");
	assert_int_equal(f->funcs[0].line, 1);
	assert_int_equal(f->funcs[0].column, 5);
	assert_int_equal(f->funcs[0].end_line, 5);
}

/* Every restricting word is counted once, whatever it stands in. */
static void test_no_word_is_lost(void **state)
{
	static const char text[] =
		"#if GFP_NOFS\n#endif\n#define GFP_NOIO __GFP_IO\n"
		"#define M(x) x(GFP_NOFS)\n#define O GFP_NOFS\n"
		"#define N 1 + GFP_NOFS\n"
		"#if 0\nGFP_NOFS;\n#endif\n"
		"enum { __GFP_FS };\nint a = GFP_NOFS;\nint b[GFP_NOFS];\n"
		"struct s { int x : GFP_NOFS; };\n"
		"GFP_NOFS GFP_NOFS;\nMACRO(GFP_NOFS)\n"
		"void f(int x, int y[GFP_NOFS]) {\n"
		"int z[sizeof(GFP_NOFS)], u[GFP_NOFS]; typeof(GFP_NOFS) v;\n"
		"f(\n#ifdef X\nGFP_NOFS +\n#else\nGFP_NOIO\n#endif\n1);\n"
		"asm(\"\" : : \"i\" (GFP_NOFS)); x = GFP_NOFS + 1; case GFP_NOFS:\n"
		"GFP_NOFS(1); a.GFP_NOFS = 1; goto GFP_NOFS; GFP_NOFS: ; }\n";
	const struct facts *f = read_text(*state, text);
	unsigned int words = 0, roles = 0;
	const char *p;

	for (p = text; (p = strstr(p, "GFP_")); p += 4)
		words++;
	for (int i = 0; i < TOKEN_NR_ROLES; i++)
		roles += f->roles[i];
	assert_int_equal(roles, words);
}

static void test_nothing_behind_is_lost(void **state)
{
	static const char *const texts[] = {
		"int f(void)\n{\n\tif (a) {\n\tb();\n}\n",
		"int f(void)\n{\n\tb());\n}\n",
		"int f(void)\n{\n\tb(;\n}\n",
		"int f(void)\n{\n\t}\n\tb();\n}\n",
		"int f(void) {\n\tx = { ] ) };\n}\n",
		"%$ ` @ \\ int ) } ]\n",
		"struct x {\n\tint (*a;\n};\n",
		"typedef struct {\n\tint a;\n",
	};
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		const struct facts *f;

		strbuf_clear(&text);
		strbuf_addf(&text, "%s\nstatic int last(void)\n{\n"
			    "\treturn g(GFP_NOFS);\n}\n", texts[i]);
		f = read_text(*state, text.buf);
		if (i == ARRAY_SIZE(texts) - 1)
			continue;	/* its `}` ends the struct: no crash */
		assert_non_null(func_named(f, "last"));
		assert_int_equal(func_named(f, "last")->flags & FUNC_BROKEN, 0);
	}
	strbuf_release(&text);
}

/* ---- size ---- */

static void repeat(struct strbuf *sb, const char *s, size_t n)
{
	while (n--)
		strbuf_adds(sb, s);
}

struct shape {
	const char *head, *open, *middle, *close, *tail;
};

static const struct shape shapes[] = {
	{ "int f(void)\n{\n x = ", "(", "1", ")", ";\n}\n" },
	{ "int f(void)\n{\n", "{", "x();", "}", "\n}\n" },
	{ "int f(void)\n{\n x = a", "[b", "", "]", ";\n}\n" },
	{ "int f(void)\n{\n", "f(", "", ")", ";\n}\n" },
	{ "int f(void)\n{\n", "if (a) ", "x();", "", "\n}\n" },
	{ "int f(void)\n{\n", "if (a) b(); else ", "x();", "", "\n}\n" },
	{ "int f(void)\n{\n return ", "a ? b : ", "c", "", ";\n}\n" },
	{ "int f(void)\n{\n return ", "a ? ", "b", " : c", ";\n}\n" },
	{ "int f(void)\n{\n if (", "!(", "b", ")", ") c();\n}\n" },
	{ "int f(void)\n{\n x = ", "({ ", "1;", " })", ";\n}\n" },
	{ "int f(void)\n{\n", "do ", "x();", " while (a);", "\n}\n" },
	{ "int f(void)\n{\n", "a = ", "x", "", ";\n}\n" },
	{ "int f(void)\n{\n", "(a)", "x", "", ";\n}\n" },
	{ "struct s x = ", "{", "1", "}", ";\n" },
	{ "", "struct s {", "int a;", "} b;", "\n" },
	{ "", "#ifdef A\n", "int x;\n", "#endif\n", "" },
	{ "int f(void)\n{\n", "#ifdef A\nif (a) {\n#else\nif (b) {\n", "",
	  "#endif\n", "}\n" },
	{ "#define A(x) ", "f(", "x", ")", "\n" },
	{ "", "{", "", "", "" },
	{ "", "", "", "}", "" },
	{ "int f(void)\n{\n", "([{", "", "", "\n}\n" },
	{ "typeof", "(", "x", ")", " y;\n" },
	{ "int f(void) { guard(a)(b); ", "if (a) goto out; ", "out: ;", "",
	  "}\n" },
	{ "int f(void) { ", "goto *x; l: y = &&l; ", "", "", "}\n" },
	{ "int f(void) { x = ", "__GFP_FS == ", "y", "", "; }\n" },
	{ "int f(void) { x(", "GFP_NOFS | ", "y", "", "); }\n" },
	{ "/* one line */ int f(void) { x(\"", "abcdefgh", "\"); ", "", "}\n" },
};

static double seconds_once(struct fixture *x, const struct strbuf *text)
{
	struct timespec a, b;
	struct arena arena;

	arena_init(&arena);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
	read_file(x->r, text->buf, text->len, &arena, &x->f);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
	arena_release(&arena);
	return b.tv_sec - a.tv_sec + (b.tv_nsec - a.tv_nsec) * 1e-9;
}

/* The least of some runs: others use the machine, too. */
static double seconds_for(struct fixture *x, const struct shape *s, size_t n)
{
	struct strbuf text = STRBUF_INIT;
	double least, again;

	strbuf_adds(&text, s->head);
	repeat(&text, s->open, n);
	strbuf_adds(&text, s->middle);
	repeat(&text, s->close, n);
	strbuf_adds(&text, s->tail);
	least = seconds_once(x, &text);
	for (int i = 0; i < 4 && least > 0.005; i++) {
		again = seconds_once(x, &text);
		if (again < least)
			least = again;
	}
	strbuf_release(&text);
	return least;
}

/*
 * 10^5 of everything: no stack overflow, and eight times the size takes
 * about eight times as long. A quadratic step would take 64 times; what lies
 * between is noise of the machine.
 */
static void test_deep_is_linear(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
		double small = seconds_for(*state, &shapes[i], 12500);
		double large = seconds_for(*state, &shapes[i], 100000);

		if (large > 0.2 && large > 30 * small)
			fail_msg("shape %zu: %.3f s, then %.3f s", i, small,
				 large);
	}
}

static void test_deep_is_said(void **state)
{
	struct strbuf text = STRBUF_INIT;
	const struct facts *f;

	strbuf_adds(&text, "int f(void)\n{\n\tx = ");
	repeat(&text, "(", 1000);
	repeat(&text, ")", 1000);
	strbuf_adds(&text, ";\n}\nint g(void)\n{\n\treturn 1;\n}\n");
	f = read_text(*state, text.buf);
	assert_true(has_note(f, NOTE_LIMIT));
	assert_true(func_named(f, "f")->flags & FUNC_BROKEN);
	assert_false(func_named(f, "g")->flags & FUNC_BROKEN);
	strbuf_release(&text);
}

static void test_long_line(void **state)
{
	struct strbuf text = STRBUF_INIT;
	const struct facts *f;

	strbuf_adds(&text, "int f(void) { ");
	repeat(&text, "call(a->b, 1); ", 70000);
	strbuf_adds(&text, "g(GFP_NOFS); }");
	f = read_text(*state, text.buf);
	assert_int_equal(f->funcs[0].nr_events, 70002);
	assert_int_equal(f->sites[0].column, 0xffff);
	assert_int_equal(f->sites[0].offset, text.len - 12);
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_empty, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_binary, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_reuse, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_positions, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_no_word_is_lost, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_nothing_behind_is_lost,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_deep_is_linear, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_deep_is_said, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_long_line, set_up,
						tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
