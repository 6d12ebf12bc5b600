// SPDX-License-Identifier: GPL-2.0-only
/*
 * link/: function pointers and the types that they are found by.
 */
#include "test/linktree.h"

#include <string.h>

#include "base/mem.h"

/* ---- pointers ---- */

static void designated_members(void **state)
{
	TREE(t,
	     "include/linux/o.h",
	     "struct ops { int (*open)(int); int (*close)(int); };\n",
	     "fs/a/a.c",
	     "static int a_open(int x) { return x; }\n"
	     "static int a_close(int x) { return x; }\n"
	     "const struct ops a_ops = { .open = a_open, .close = a_close };\n",
	     "fs/b/b.c",
	     "static int b_open(int x) { return x; }\n"
	     "static const struct ops b_ops = { .open = &b_open };\n",
	     "fs/o.c",
	     "struct file { const struct ops *ops; };\n"
	     "int do_open(struct file *f) { return f->ops->open(1); }\n");

	assert_string_equal(calls(t, "do_open", "open"),
			    "*fs/a/a.c:a_open *fs/b/b.c:b_open");
	assert_int_equal(why(t, "do_open", "open"), RESOLVED);
	tree_release(t);
}

static void nested_positional_and_arrays(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "struct in { void (*x)(void); void (*y)(void); };\n"
	     "struct out { int n; struct in in; };\n"
	     "static void n1(void) { }\nstatic void n2(void) { }\n"
	     "static void p1(void) { }\nstatic void p2(void) { }\n"
	     "static void t1(void) { }\nstatic void t2(void) { }\n"
	     "static struct out nested = { .in = { .x = n1, .y = n2 } };\n"
	     "static struct in positional = { p1, p2 };\n"
	     "static void (*table[])(void) = { t1, t2 };\n"
	     "void g(struct out *o, int i)\n"
	     "{\n\to->in.x();\n\to->in.y();\n\ttable[i]();\n}\n");

	assert_string_equal(calls(t, "g", "x"), "*fs/a/a.c:n1 *fs/a/a.c:p1");
	assert_string_equal(calls(t, "g", "y"), "*fs/a/a.c:n2 *fs/a/a.c:p2");
	assert_string_equal(calls(t, "g", "table"),
			    "*fs/a/a.c:t1 *fs/a/a.c:t2");
	tree_release(t);
}

static void assigned_members(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "struct req { void (*end)(struct req *r); };\n"
	     "static void done(struct req *r) { }\n"
	     "void start(struct req *r) { r->end = done; }\n"
	     "void finish(struct req *r) { r->end(r); }\n");

	assert_string_equal(calls(t, "finish", "end"), "*fs/a/a.c:done");
	tree_release(t);
}

static void variables_and_globals(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "static void one(void) { }\nstatic void two(void) { }\n"
	     "static void (*hook)(void) = one;\n"
	     "void g(int c)\n{\n\tvoid (*fn)(void) = one;\n"
	     "\tif (c)\n\t\tfn = two;\n\tfn();\n\thook();\n}\n");

	assert_string_equal(calls(t, "g", "fn"),
			    "*fs/a/a.c:one *fs/a/a.c:two");
	assert_string_equal(calls(t, "g", "hook"), "*fs/a/a.c:one");
	tree_release(t);
}

static void arguments_reach_parameters(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "static void cb(void) { }\n"
	     "static void inner(void (*fn)(void)) { fn(); }\n"
	     "static void outer(void (*fn)(void)) { inner(fn); }\n"
	     "void g(void) { outer(cb); }\n");

	assert_string_equal(calls(t, "inner", "fn"), "*fs/a/a.c:cb");
	assert_string_equal(calls(t, "g", "outer"),
			    "&fs/a/a.c:cb fs/a/a.c:outer");
	assert_true(program_fn(t->p, fn_named(t, "cb"))->addr_taken);
	tree_release(t);
}

static void stored_arguments_are_not_called(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "struct req { void (*done)(void); };\n"
	     "static void cb(void) { }\n"
	     "static void keep(struct req *r, void (*fn)(void))\n"
	     "{\n\tr->done = fn;\n}\n"
	     "static void odd(void *data) { gone(data); }\n"
	     "void finish(struct req *r) { r->done(); }\n"
	     "void g(struct req *r)\n"
	     "{\n\tkeep(r, cb);\n\todd(cb);\n\tunknown(cb);\n}\n");

	assert_string_equal(calls(t, "g", "keep"), "fs/a/a.c:keep");
	assert_string_equal(calls(t, "finish", "done"), "*fs/a/a.c:cb");
	assert_string_equal(calls(t, "g", "odd"), "&fs/a/a.c:cb fs/a/a.c:odd");
	assert_string_equal(calls(t, "g", "unknown"), "&fs/a/a.c:cb");
	assert_int_equal(why(t, "g", "unknown"), UNRESOLVED_EXTERN);
	assert_true(program_fn(t->p, fn_named(t, "cb"))->escapes);
	assert_false(program_fn(t->p, fn_named(t, "keep"))->escapes);
	tree_release(t);
}

static void arguments_through_pointers(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "struct ops { void (*walk)(void (*fn)(void)); };\n"
	     "static void cb(void) { }\n"
	     "static void walk(void (*fn)(void)) { fn(); }\n"
	     "static struct ops ops = { .walk = walk };\n"
	     "void g(struct ops *o) { o->walk(cb); }\n");

	assert_string_equal(calls(t, "walk", "fn"), "*fs/a/a.c:cb");
	assert_string_equal(calls(t, "g", "walk"),
			    "&fs/a/a.c:cb *fs/a/a.c:walk");
	tree_release(t);
}

static void returned_functions(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "typedef void (*fn_t)(void);\n"
	     "static void cb(void) { }\n"
	     "static fn_t pick(void) { return cb; }\n"
	     "void g(void)\n{\n\tfn_t fn = pick();\n\n\tfn();\n}\n");

	assert_string_equal(calls(t, "g", "fn"), "*fs/a/a.c:cb");
	tree_release(t);
}

static void copied_members(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "struct ops { void (*end)(void); };\n"
	     "struct req { void (*done)(void); };\n"
	     "static void cb(void) { }\n"
	     "static struct ops ops = { .end = cb };\n"
	     "void g(struct req *r, struct ops *o) { r->done = o->end; }\n"
	     "void h(struct req *r) { r->done(); }\n");

	assert_string_equal(calls(t, "h", "done"), "*fs/a/a.c:cb");
	tree_release(t);
}

static void unknown_struct_by_name(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "struct ops { void (*rare)(void); };\n"
	     "static void cb(void) { }\n"
	     "static struct ops ops = { .rare = cb };\n",
	     "fs/b/b.c",
	     "void g(struct gone *x) { x->ops->rare(); }\n"
	     "void h(struct gone *x) { x->ops->never(); }\n");

	assert_string_equal(calls(t, "g", "rare"), "?fs/a/a.c:cb");
	assert_int_equal(why(t, "h", "never"), UNRESOLVED_POINTER);
	tree_release(t);
}

static void same_tag_in_two_files(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "struct ctx { struct a_ops *ops; };\n"
	     "struct a_ops { void (*go)(void); };\n"
	     "static void a(void) { }\n"
	     "static struct a_ops x = { .go = a };\n"
	     "void g(struct ctx *c) { c->ops->go(); }\n",
	     "fs/b/b.c",
	     "struct ctx { struct b_ops *ops; };\n"
	     "struct b_ops { void (*go)(void); };\n"
	     "static void b(void) { }\n"
	     "static struct b_ops x = { .go = b };\n"
	     "void h(struct ctx *c) { c->ops->go(); }\n");

	assert_string_equal(calls(t, "g", "go"), "*fs/a/a.c:a");
	assert_string_equal(calls(t, "h", "go"), "*fs/b/b.c:b");
	tree_release(t);
}

/* ---- types ---- */

/* Tag of the first argument of the first call of use() in @fn. */
static const char *type_of_arg(struct tree *t, const char *name)
{
	uint32_t fn = fn_named(t, name), ev = call_in(t, fn, "use", 0);
	const struct facts *f = program_fn_file(t->p, fn)->facts;
	const struct expr *e = &f->exprs[f->events[ev].args];

	return atom_str(program_atoms(t->p),
			program_expr_type(t->p, fn, e, e->nr_parts));
}

static void types_of_expressions(void **state)
{
	TREE(t,
	     "include/linux/t.h",
	     "struct deep { int n; };\n"
	     "typedef struct deep deep_t;\n"
	     "struct mid { deep_t d; struct deep *p; };\n"
	     "struct top { struct mid *m; };\n"
	     "struct task_struct { struct mid *journal; };\n"
	     "struct top *find(int n);\n"
	     "static inline struct mid *MID(struct top *t)\n"
	     "{\n\treturn t->m;\n}\n",
	     "fs/a/a.c",
	     "static struct top *all;\n"
	     "void a(struct top *t) { use(t->m->p); }\n"
	     "void b(struct top *t) { use(&t->m->d); }\n"
	     "void c(int n) { use(find(n)->m); }\n"
	     "void d(struct top *t) { use(MID(t)->p); }\n"
	     "void e(void *v) { use(((struct top *)v)->m); }\n"
	     "void f(void) { use(all->m); }\n"
	     "void g(void) { use(current->journal); }\n"
	     "void h(struct nowhere *x) { use(x->y->z); }\n");

	assert_string_equal(type_of_arg(t, "a"), "deep");
	assert_string_equal(type_of_arg(t, "b"), "deep");
	assert_string_equal(type_of_arg(t, "c"), "mid");
	assert_string_equal(type_of_arg(t, "d"), "deep");
	assert_string_equal(type_of_arg(t, "e"), "mid");
	assert_string_equal(type_of_arg(t, "f"), "mid");
	assert_string_equal(type_of_arg(t, "g"), "mid");
	assert_string_equal(type_of_arg(t, "h"), "");
	tree_release(t);
}

static void types_behind_macros(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "struct in { int n; };\n"
	     "struct sb { void *info; struct in *in; };\n"
	     "struct own { struct in *x; struct sb sb; };\n"
	     "#define SB(s) ((struct own *)(s)->info)\n"
	     "#define IN(s) ((s)->in)\n"
	     "#define OWN(s) container_of(s, struct own, sb)\n"
	     "void a(struct sb *s) { use(SB(s)->x); }\n"
	     "void b(struct sb *s) { use(IN(s)); }\n"
	     "void c(struct sb *s) { use(OWN(s)); }\n");

	assert_string_equal(type_of_arg(t, "a"), "in");
	assert_string_equal(type_of_arg(t, "b"), "in");
	assert_string_equal(type_of_arg(t, "c"), "own");
	assert_int_equal(why(t, "a", "SB"), RESOLVED);
	tree_release(t);
}

static void typedefs_of_functions(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "typedef status_t (fn_t)(int x);\n"
	     "struct prof { fn_t *verify; };\n"
	     "static status_t check(int x) { return 0; }\n"
	     "static const struct prof p = { .verify = check };\n"
	     "static void run(fn_t *fn) { fn(1); }\n"
	     "void g(struct prof *p) { run(p->verify); }\n");

	assert_string_equal(calls(t, "run", "fn"), "*fs/a/a.c:check");
	tree_release(t);
}

static void renamed_tags(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "struct callback { void (*func)(void); };\n"
	     "#define head callback\n"
	     "static void a(void) { }\n"
	     "void set(struct callback *c) { c->func = a; }\n"
	     "void run(struct head *h) { h->func(); }\n");

	assert_string_equal(calls(t, "run", "func"), "*fs/a/a.c:a");
	tree_release(t);
}

static void data_is_not_called(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "static int f(int x) { return x; }\n"
	     "struct rq *rq(void) { return 0; }\n"
	     "int g(void)\n{\n\tint f = f(1);\n"
	     "\tstruct rq *rq = rq();\n\n\treturn f;\n}\n");

	assert_string_equal(calls(t, "g", "f"), "fs/a/a.c:f");
	assert_string_equal(calls(t, "g", "rq"), "fs/a/a.c:rq");
	tree_release(t);
}

static void embedding(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "struct c { int n; };\nstruct b { struct c c; };\n"
	     "struct a { struct b b; struct d *d; };\nstruct d { int n; };\n");
	struct atoms *at = program_atoms(t->p);

	assert_true(program_embeds(t->p, atom_of(at, "a"), atom_of(at, "c")));
	assert_true(program_embeds(t->p, atom_of(at, "a"), atom_of(at, "a")));
	assert_false(program_embeds(t->p, atom_of(at, "a"), atom_of(at, "d")));
	assert_false(program_embeds(t->p, atom_of(at, "c"), atom_of(at, "a")));
	tree_release(t);
}

static void masks_behind_macros(void **state)
{
	TREE(t,
	     "fs/a/a.h", "#define A_NOFS (GFP_NOFS)\n#define B_NOFS A_NOFS\n");
	struct atoms *at = program_atoms(t->p);

	assert_int_equal(program_mask_alias(t->p, atom_of(at, "A_NOFS")),
			 MASK_PRESENT | MASK_IO | MASK_RECLAIM);
	assert_int_equal(program_mask_alias(t->p, atom_of(at, "B_NOFS")),
			 MASK_PRESENT | MASK_IO | MASK_RECLAIM);
	assert_int_equal(program_mask_alias(t->p, atom_of(at, "C")), 0);
	tree_release(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(designated_members),
		cmocka_unit_test(nested_positional_and_arrays),
		cmocka_unit_test(assigned_members),
		cmocka_unit_test(variables_and_globals),
		cmocka_unit_test(arguments_reach_parameters),
		cmocka_unit_test(stored_arguments_are_not_called),
		cmocka_unit_test(arguments_through_pointers),
		cmocka_unit_test(returned_functions),
		cmocka_unit_test(copied_members),
		cmocka_unit_test(unknown_struct_by_name),
		cmocka_unit_test(same_tag_in_two_files),
		cmocka_unit_test(types_of_expressions),
		cmocka_unit_test(types_behind_macros),
		cmocka_unit_test(typedefs_of_functions),
		cmocka_unit_test(renamed_tags),
		cmocka_unit_test(data_is_not_called),
		cmocka_unit_test(embedding),
		cmocka_unit_test(masks_behind_macros),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
