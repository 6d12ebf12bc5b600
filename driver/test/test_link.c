// SPDX-License-Identifier: GPL-2.0-only
/*
 * link/: names, entries, components, order of the graph.
 */
#include "test/linktree.h"

#include <string.h>

#include "base/mem.h"

/* ---- names ---- */

static void static_of_the_file_wins(void **state)
{
	TREE(t,
	     "fs/a/a.c", "static void f(void) { }\nvoid g(void) { f(); }\n",
	     "fs/a/b.c", "void f(void) { }\n");

	assert_string_equal(calls(t, "g", "f"), "fs/a/a.c:f");
	tree_release(t);
}

static void statics_of_others_are_not_seen(void **state)
{
	TREE(t,
	     "fs/a/a.c", "void g(void) { f(); }\n",
	     "fs/b/b.c", "static void f(void) { }\n");

	assert_string_equal(calls(t, "g", "f"), "");
	assert_int_equal(why(t, "g", "f"), UNRESOLVED_EXTERN);
	tree_release(t);
}

static void nearer_globals_win(void **state)
{
	TREE(t,
	     "fs/a/a.c", "void g(void) { f(); }\n",
	     "fs/a/sub/f.c", "void f(void) { }\n",
	     "fs/b/b.c", "void f(void) { }\nvoid h(void) { f(); }\n",
	     "lib/c.c", "void i(void) { f(); }\n");

	assert_string_equal(calls(t, "g", "f"), "fs/a/sub/f.c:f");
	assert_string_equal(calls(t, "h", "f"), "fs/b/b.c:f");
	assert_string_equal(calls(t, "i", "f"),
			    "fs/a/sub/f.c:f fs/b/b.c:f");
	tree_release(t);
}

static void stub_and_function_are_both_kept(void **state)
{
	TREE(t,
	     "fs/a/a.c", "void g(void) { f(); }\n",
	     "include/linux/f.h", "static inline void f(void) { }\n",
	     "drivers/x/f.h", "static inline void f(void) { }\n",
	     "mm/f.c", "void f(void) { }\n");

	assert_string_equal(calls(t, "g", "f"),
			    "include/linux/f.h:f mm/f.c:f");
	tree_release(t);
}

static void other_programs_are_not_seen(void **state)
{
	TREE(t,
	     "fs/a/a.c", "void g(void) { f(); }\n",
	     "mm/f.c", "void f(void) { }\n",
	     "tools/lib/f.c", "void f(void) { }\nvoid h(void) { }\n",
	     "tools/x/x.c", "void i(void) { f(); g(); }\n");

	assert_string_equal(calls(t, "g", "f"), "mm/f.c:f");
	assert_string_equal(calls(t, "i", "f"), "tools/lib/f.c:f");
	assert_int_equal(why(t, "i", "g"), UNRESOLVED_EXTERN);
	tree_release(t);
}

static void aliases_are_followed(void **state)
{
	TREE(t,
	     "fs/a/a.c", "#define one two\n#define two three\n"
	     "void g(void) { one(); }\n",
	     "fs/a/b.c", "void three(void) { }\n");

	assert_string_equal(calls(t, "g", "one"), "fs/a/b.c:three");
	tree_release(t);
}

static void alias_circles_end(void **state)
{
	TREE(t,
	     "fs/a/a.c", "#define one two\n#define two one\n"
	     "void g(void) { one(); }\n");

	assert_string_equal(calls(t, "g", "one"), "");
	tree_release(t);
}

static void macros_are_functions(void **state)
{
	TREE(t,
	     "include/linux/m.h", "#define m(x) f(x)\n",
	     "fs/a/a.c", "void f(int x) { }\nvoid g(void) { m(1); }\n");

	assert_string_equal(calls(t, "g", "m"), "include/linux/m.h:m");
	assert_string_equal(calls(t, "m", "f"), "fs/a/a.c:f");
	tree_release(t);
}

static void macro_does_not_expand_itself(void **state)
{
	TREE(t,
	     "include/linux/m.h", "#define f(x) f(x, 0)\n",
	     "mm/f.c", "void f(int x, int y) { }\n");

	assert_string_equal(calls(t, "f", "f"), "mm/f.c:f");
	tree_release(t);
}

static void pasted_callees(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "#define walk(fn, x) tree_##fn(x)\n"
	     "static void tree_one(int x) { }\n"
	     "static void tree_two(int x) { }\n"
	     "void g(void) { walk(one, 1); }\n"
	     "void h(void) { walk(two, 1); }\n");

	assert_string_equal(calls(t, "g", "walk"), "fs/a/a.c:walk");
	assert_string_equal(calls(t, "walk", "tree_##fn"),
			    "*fs/a/a.c:tree_one *fs/a/a.c:tree_two");
	tree_release(t);
}

static void chosen_functions_are_taken(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "static void one(void) { }\nstatic void two(void) { }\n"
	     "void g(int c) { gone(c ? one : two); }\n");

	assert_true(program_fn(t->p, fn_named(t, "one"))->addr_taken);
	assert_true(program_fn(t->p, fn_named(t, "two"))->addr_taken);
	tree_release(t);
}

static void knowledge_follows_aliases(void **state)
{
	TREE(t,
	     "include/linux/m.h", "#define mutex_lock mutex_lock_nested\n");
	const struct know_api *api;

	api = program_api(t->p, atom_of(program_atoms(t->p), "mutex_lock"));
	assert_ptr_equal(api, &tree_apis[0]);
	assert_null(program_api(t->p, atom_of(program_atoms(t->p), "nothing")));
	tree_release(t);
}

/* ---- entries ---- */

static void entries_of_arguments(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "static void w(struct work_struct *w) { }\n"
	     "static int k(void *p) { return 0; }\n"
	     "static void r(struct rcu_head *h) { }\n"
	     "static int __init start(void) { return 0; }\n"
	     "void g(struct x *x)\n{\n\tINIT_WORK(&x->work, w);\n"
	     "\tkthread_run(k, x, \"k\");\n\tcall_rcu(&x->rcu, r);\n}\n"
	     "module_init(start);\n"
	     "static void dead(void) { }\n");

	assert_int_equal(entries(t, "w"), 1 << ENTRY_WORK);
	assert_int_equal(entries(t, "k"), 1 << ENTRY_THREAD);
	assert_int_equal(entries(t, "r"), 1 << ENTRY_RCU);
	assert_int_equal(entries(t, "start"), 1 << ENTRY_INIT);
	assert_int_equal(entries(t, "dead"), 0);
	assert_false(program_fn(t->p, fn_named(t, "dead"))->addr_taken);
	assert_string_equal(calls(t, "g", "INIT_WORK"), "");
	tree_release(t);
}

static void entries_through_wrappers(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "static void w(struct work_struct *w) { }\n"
	     "static void init(struct x *x, work_func_t fn)\n"
	     "{\n\tINIT_WORK(&x->work, fn);\n}\n"
	     "void g(struct x *x) { init(x, w); }\n",
	     "include/linux/w.h",
	     "typedef void (*work_func_t)(struct work_struct *w);\n");

	assert_int_equal(entries(t, "w"), 1 << ENTRY_WORK);
	tree_release(t);
}

static void work_is_not_called_by_the_worker(void **state)
{
	TREE(t,
	     "kernel/w.c",
	     "struct work_struct { void (*func)(struct work_struct *w); };\n"
	     "void worker(struct work_struct *w) { w->func(w); }\n",
	     "fs/a/a.c",
	     "struct x { struct work_struct work; };\n"
	     "static void w(struct work_struct *w) { }\n"
	     "void g(struct x *x) { x->work.func = w; }\n");

	assert_int_equal(entries(t, "w"), 1 << ENTRY_WORK);
	assert_string_equal(calls(t, "worker", "func"), "");
	assert_int_equal(why(t, "worker", "func"), RESOLVED);
	tree_release(t);
}

static void macros_make_names(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "static ssize_t label_show(void) { return 0; }\n"
	     "static ssize_t other_show(void) { return 0; }\n"
	     "A_ATTR_RO(label);\n"
	     "EXPORT_SYMBOL(other);\n");

	assert_int_equal(entries(t, "label_show"), 1 << ENTRY_OTHER);
	assert_int_equal(entries(t, "other_show"), 0);
	tree_release(t);
}

static void system_calls(void **state)
{
	TREE(t,
	     "fs/open.c",
	     "SYSCALL_DEFINE2(open, const char *, name, int, flags)\n"
	     "{\n\treturn do_open(name, flags);\n}\n"
	     "static long do_open(const char *name, int f) { return 0; }\n");
	uint32_t fn = 0;

	while (fn < program_nr_fns(t->p) && !program_fn(t->p, fn)->entries)
		fn++;
	assert_true(fn < program_nr_fns(t->p));
	assert_int_equal(program_fn(t->p, fn)->entries, 1 << ENTRY_SYSCALL);
	tree_release(t);
}

/* ---- the graph ---- */

static void components_of_files(void **state)
{
	TREE(t,
	     "fs/a/sub/x.c", "int x;\n",
	     "fs/lib/deep/y.c", "int y;\n",
	     "fs/z.c", "int z;\n",
	     "mm/m.c", "int m;\n");
	const struct component *c[4];
	int i;

	for (i = 0; i < 4; i++)
		c[i] = program_component(t->p,
					 program_file(t->p, i)->component);
	assert_string_equal(c[0]->path, "fs/a");
	assert_int_equal(c[0]->kind, COMP_LEAF);
	assert_string_equal(c[1]->path, "fs/lib");
	assert_int_equal(c[1]->kind, COMP_LIBRARY);
	assert_string_equal(c[2]->path, "fs");
	assert_int_equal(c[2]->kind, COMP_GENERIC);
	assert_string_equal(c[3]->path, "mm");
	tree_release(t);
}

static void callees_come_first(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "void top(void) { even(3); }\n"
	     "int even(int n) { return n ? odd(n - 1) : leaf(); }\n"
	     "int odd(int n) { return n ? even(n - 1) : 0; }\n"
	     "int leaf(void) { return 1; }\n");
	uint32_t even = program_fn(t->p, fn_named(t, "even"))->scc;
	uint32_t odd = program_fn(t->p, fn_named(t, "odd"))->scc;
	uint32_t top = program_fn(t->p, fn_named(t, "top"))->scc;
	uint32_t leaf = program_fn(t->p, fn_named(t, "leaf"))->scc;
	uint32_t size, first;
	const struct caller *c;
	size_t nr;

	assert_int_equal(even, odd);
	assert_true(leaf < even && even < top);
	first = program_scc(t->p, even, &size);
	assert_int_equal(size, 2);
	assert_int_equal(program_scc_order(t->p, &nr)[first],
			 fn_named(t, "even"));
	assert_int_equal(nr, 4);
	c = program_callers(t->p, fn_named(t, "even"), &nr);
	assert_int_equal(nr, 2);
	assert_int_equal(c[0].fn, fn_named(t, "top"));
	assert_int_equal(c[1].fn, fn_named(t, "odd"));
	tree_release(t);
}

static void order_and_threads_do_not_show(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "struct o { void (*f)(void); };\nstatic void a(void) { }\n"
	     "struct o x = { a };\nvoid g(struct o *o) { o->f(); }\n",
	     "fs/b/b.c",
	     "static void b(void) { g(0); }\nstruct o y = { .f = b };\n",
	     "include/linux/h.h",
	     "#define h(x) g(x)\nstatic inline void i(void) { h(0); }\n");
	struct strbuf one = STRBUF_INIT, two = STRBUF_INIT;
	struct program_input tmp = t->in[0];

	program_dump(t->p, &one);
	assert_non_null(strstr(one.buf, "\t\t*fs/b/b.c:1 b\n"));
	t->in[0] = t->in[2];
	t->in[2] = tmp;
	tree_link(t, 8);
	program_dump(t->p, &two);
	assert_string_equal(one.buf, two.buf);
	strbuf_release(&one);
	strbuf_release(&two);
	tree_release(t);
}

static void nothing_is_a_program_too(void **state)
{
	TREE(t, "fs/empty.c", "");
	struct program_stats s;

	program_stats(t->p, &s);
	assert_int_equal(s.functions, 0);
	t->nr = 0;
	tree_link(t, 2);
	assert_int_equal(program_nr_files(t->p), 0);
	tree_release(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(static_of_the_file_wins),
		cmocka_unit_test(statics_of_others_are_not_seen),
		cmocka_unit_test(nearer_globals_win),
		cmocka_unit_test(stub_and_function_are_both_kept),
		cmocka_unit_test(other_programs_are_not_seen),
		cmocka_unit_test(aliases_are_followed),
		cmocka_unit_test(alias_circles_end),
		cmocka_unit_test(macros_are_functions),
		cmocka_unit_test(macro_does_not_expand_itself),
		cmocka_unit_test(pasted_callees),
		cmocka_unit_test(chosen_functions_are_taken),
		cmocka_unit_test(knowledge_follows_aliases),
		cmocka_unit_test(entries_of_arguments),
		cmocka_unit_test(entries_through_wrappers),
		cmocka_unit_test(work_is_not_called_by_the_worker),
		cmocka_unit_test(macros_make_names),
		cmocka_unit_test(system_calls),
		cmocka_unit_test(components_of_files),
		cmocka_unit_test(callees_come_first),
		cmocka_unit_test(order_and_threads_do_not_show),
		cmocka_unit_test(nothing_is_a_program_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
