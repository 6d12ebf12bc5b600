// SPDX-License-Identifier: GPL-2.0-only
/*
 * link/image: a program that was saved and loaded is the one that was linked;
 * what does not fit the files is no program.
 */
#include "test/linktree.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "link/image.h"

#define SOURCES								\
	"fs/a/a.c",							\
	"struct o { void (*f)(int); struct i { int n; } in; };\n"	\
	"static void a(int n) { mutex_lock_nested(&n); g(n); }\n"	\
	"struct o x = { .f = a };\n"					\
	"void g(int n) { x.f(n); h(n); lost(); kthread_run(a, 0); }\n",	\
	"fs/b/b.c",							\
	"static void b(int n) { g(0); }\nstruct o y = { .f = b };\n",	\
	"include/linux/h.h",						\
	"#define h(x) g(x)\n#define FLAGS (ONE | TWO)\n"		\
	"typedef struct o o_t;\nextern struct o *get_o(void);\n"	\
	"static inline void i(o_t *o) { o->f(1); get_o()->f(2); }\n"

static atom_t find(const struct program *p, const char *name)
{
	return atom_find(program_atoms(p), name);
}

/* What judges ask, of both. */
static void assert_same(const struct program *p, const struct program *q)
{
	struct strbuf one = STRBUF_INIT, two = STRBUF_INIT;
	struct program_stats s, u;
	atom_t flags[4];
	size_t nr, i;
	const uint32_t *x, *y;

	program_dump(p, &one);
	program_dump(q, &two);
	assert_string_equal(one.buf, two.buf);
	program_stats(p, &s);
	program_stats(q, &u);
	assert_memory_equal(&s, &u, sizeof(s));
	x = program_ops(p, find(p, "o"), find(p, "f"), &nr);
	y = program_ops(q, find(q, "o"), find(q, "f"), &i);
	assert_int_equal(nr, 2);
	assert_int_equal(i, 2);
	assert_memory_equal(x, y, 2 * sizeof(*x));
	assert_int_equal(program_flags(q, find(q, "FLAGS"), flags, 4), 2);
	assert_int_equal(program_member_count(q, find(q, "o")),
			 program_member_count(p, find(p, "o")));
	assert_true(program_embeds(q, find(q, "o"), find(q, "i")));
	assert_non_null(program_api(q, find(q, "mutex_lock_nested")));
	for (i = 0; i < program_nr_fns(p); i++) {
		program_callers(p, (uint32_t)i, &nr);
		assert_memory_equal(program_callers(q, (uint32_t)i, &nr),
				    program_callers(p, (uint32_t)i, &nr),
				    nr * sizeof(struct caller));
		assert_int_equal(program_fn_file(p, (uint32_t)i)->component,
				 program_fn_file(q, (uint32_t)i)->component);
	}
	for (i = 0; i < program_nr_components(p); i++)
		assert_string_equal(program_component(p, (uint32_t)i)->path,
				    program_component(q, (uint32_t)i)->path);
	strbuf_release(&one);
	strbuf_release(&two);
}

static void loaded_is_linked(void **state)
{
	struct strbuf bytes = STRBUF_INIT, again = STRBUF_INIT;
	TREE(t, SOURCES);
	struct program *p;

	tree_save(t->p, &bytes);
	p = tree_load(t, &bytes, bytes.len, NULL);
	assert_non_null(p);
	assert_same(t->p, p);
	/* New names get new ids, and it can be saved once more. */
	assert_string_equal(atom_str(program_atoms(p),
				     atom_of(program_atoms(p), "news")),
			    "news");
	tree_save(p, &again);
	program_free(p);
	p = tree_load(t, &again, again.len, NULL);
	assert_non_null(p);
	assert_same(t->p, p);
	program_free(p);
	strbuf_release(&bytes);
	strbuf_release(&again);
	tree_release(t);
}

static void cut_off_is_none(void **state)
{
	struct strbuf bytes = STRBUF_INIT;
	TREE(t, SOURCES);
	size_t len;

	tree_save(t->p, &bytes);
	for (len = 0; len < bytes.len; len += 8)
		assert_null(tree_load(t, &bytes, len, NULL));
	strbuf_add(&bytes, "12345678", 8);
	assert_null(tree_load(t, &bytes, bytes.len, NULL));
	bytes.buf[0] ^= 1;
	assert_null(tree_load(t, &bytes, bytes.len - 8, NULL));
	strbuf_release(&bytes);
	tree_release(t);
}

static void other_files_have_none(void **state)
{
	struct strbuf bytes = STRBUF_INIT;
	TREE(t, SOURCES);
	TREE(u, "fs/a/a.c", "int a;\n", "fs/b/b.c", "int b;\n",
	     "include/linux/h.h", "int h;\n");

	tree_save(t->p, &bytes);
	assert_null(tree_load(u, &bytes, bytes.len, NULL));
	u->nr = 2;
	assert_null(tree_load(u, &bytes, bytes.len, NULL));
	strbuf_release(&bytes);
	tree_release(t);
	tree_release(u);
}

static void nothing_is_a_program_too(void **state)
{
	struct strbuf bytes = STRBUF_INIT;
	TREE(t, "fs/empty.c", "");
	struct program *p;

	t->nr = 0;
	tree_link(t, 1);
	tree_save(t->p, &bytes);
	p = tree_load(t, &bytes, bytes.len, NULL);
	assert_non_null(p);
	assert_int_equal(program_nr_files(p), 0);
	program_free(p);
	strbuf_release(&bytes);
	tree_release(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(loaded_is_linked),
		cmocka_unit_test(cut_off_is_none),
		cmocka_unit_test(other_files_have_none),
		cmocka_unit_test(nothing_is_a_program_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
