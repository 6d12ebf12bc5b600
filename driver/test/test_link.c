// SPDX-License-Identifier: GPL-2.0-only
/*
 * link/: small trees are read and linked; a call's targets are compared as
 * text, "PATH:NAME" each, with `*` for a pointer, `?` for a member known by
 * name only and `&` for a function that is passed as an argument.
 */
#include "test/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "link/program.h"
#include "read/read.h"

#define MAX_FILES 8

/* A tree under test; sources are `path`, `text` pairs. */
struct tree {
	struct arena arena;
	struct facts facts[MAX_FILES];
	struct program_input in[MAX_FILES];
	size_t nr;
	struct program *p;
	struct strbuf text;	/* the last answer */
};

static struct mask_word words[] = {
	{ .name = "GFP_KERNEL", .sets = MASK_FS | MASK_IO | MASK_RECLAIM },
	{ .name = "GFP_NOFS", .sets = MASK_IO | MASK_RECLAIM,
	  .restricts = RESTRICT_NOFS },
};

static struct know_async asyncs[] = {
	{ "INIT_WORK", 1, ENTRY_WORK },
	{ "kthread_run", 0, ENTRY_THREAD },
	{ "call_rcu", 1, ENTRY_RCU },
	{ "DEFINE_TIMER", 1, ENTRY_TIMER },
	{ "module_init", 0, ENTRY_INIT },
};

static struct know_callback callbacks[] = {
	{ "work_struct", "func", ENTRY_WORK, NULL },
	{ "timer_list", "function", ENTRY_TIMER, NULL },
	{ "rcu_head", "func", ENTRY_RCU, NULL },
};

static struct know_api apis[] = {
	{ .name = "mutex_lock_nested", .op = API_LOCK },
};

static struct know_component components[] = {
	{ "fs", COMP_LEAF, true },
	{ "fs/lib", COMP_LIBRARY, false },
	{ "tools", COMP_FOREIGN, false },
};

static const struct knowledge know = {
	.masks = words, .nr_masks = ARRAY_SIZE(words),
	.asyncs = asyncs, .nr_asyncs = ARRAY_SIZE(asyncs),
	.callbacks = callbacks, .nr_callbacks = ARRAY_SIZE(callbacks),
	.apis = apis, .nr_apis = ARRAY_SIZE(apis),
	.components = components, .nr_components = ARRAY_SIZE(components),
};

static void tree_link(struct tree *t, unsigned int threads)
{
	struct program_opts opts = { .threads = threads };

	program_free(t->p);
	t->p = program_link(t->in, t->nr, &know, &opts);
}

/* Reads and links `path, text, path, text, .. NULL`. */
static struct tree *tree_new(const char *const *sources)
{
	struct reader *r = reader_new(words, ARRAY_SIZE(words));
	struct tree *t = xcalloc(1, sizeof(*t));

	strbuf_init(&t->text);
	arena_init(&t->arena);
	for (; *sources; sources += 2) {
		assert_true(t->nr < MAX_FILES);
		read_file(r, sources[1], strlen(sources[1]), &t->arena,
			  &t->facts[t->nr]);
		t->in[t->nr].path = sources[0];
		t->in[t->nr].facts = &t->facts[t->nr];
		t->nr++;
	}
	reader_free(r);
	tree_link(t, 1);
	return t;
}

#define TREE(t, ...)							\
	struct tree *t = tree_new((const char *const[]){ __VA_ARGS__, NULL })

static void tree_release(struct tree *t)
{
	program_free(t->p);
	arena_release(&t->arena);
	strbuf_release(&t->text);
	free(t);
}

/* The first function called @name. */
static uint32_t fn_named(const struct tree *t, const char *name)
{
	uint32_t fn;

	for (fn = 0; fn < program_nr_fns(t->p); fn++)
		if (!strcmp(atom_str(program_atoms(t->p),
				     program_fn(t->p, fn)->name), name))
			return fn;
	fail_msg("no function %s", name);
	return FN_NONE;
}

/* The @nth call (from 0) of @callee in @fn. */
static uint32_t call_in(const struct tree *t, uint32_t fn, const char *callee,
			int nth)
{
	const struct func *f = program_func(t->p, fn);
	const struct facts *facts = program_fn_file(t->p, fn)->facts;
	uint32_t i;

	for (i = f->first_event; i < f->first_event + f->nr_events; i++) {
		const struct event *ev = &facts->events[i];

		if (ev->kind != EV_CALL && ev->kind != EV_ICALL)
			continue;
		if (!strcmp(facts_str(facts, ev->name), callee) && !nth--)
			return i;
	}
	fail_msg("no call of %s", callee);
	return 0;
}

static const char *calls_nth(struct tree *t, const char *caller,
			     const char *callee, int nth)
{
	static const char *const hows[] = { "", "*", "?", "&" };
	uint32_t fn = fn_named(t, caller);
	uint32_t ev = call_in(t, fn, callee, nth);
	const struct target *to;
	size_t i, nr;

	strbuf_clear(&t->text);
	to = program_targets(t->p, fn, ev, &nr);
	for (i = 0; i < nr; i++)
		strbuf_addf(&t->text, "%s%s%s:%s", i ? " " : "",
			    hows[to[i].how],
			    program_fn_file(t->p, to[i].fn)->path,
			    atom_str(program_atoms(t->p),
				     program_fn(t->p, to[i].fn)->name));
	return t->text.buf;
}

static const char *calls(struct tree *t, const char *caller, const char *callee)
{
	return calls_nth(t, caller, callee, 0);
}

static enum unresolved_why why(struct tree *t, const char *caller,
			       const char *callee)
{
	uint32_t fn = fn_named(t, caller);

	return program_unresolved(t->p, fn, call_in(t, fn, callee, 0));
}

static unsigned int entries(struct tree *t, const char *name)
{
	return program_fn(t->p, fn_named(t, name))->entries;
}

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
	assert_ptr_equal(api, &apis[0]);
	assert_null(program_api(t->p, atom_of(program_atoms(t->p), "nothing")));
	tree_release(t);
}

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

static void numbers_are_not_called(void **state)
{
	TREE(t,
	     "fs/a/a.c",
	     "static int f(int x) { return x; }\n"
	     "int g(void)\n{\n\tint f = f(1);\n\n\treturn f;\n}\n");

	assert_string_equal(calls(t, "g", "f"), "fs/a/a.c:f");
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
		cmocka_unit_test(entries_of_arguments),
		cmocka_unit_test(entries_through_wrappers),
		cmocka_unit_test(work_is_not_called_by_the_worker),
		cmocka_unit_test(macros_make_names),
		cmocka_unit_test(system_calls),
		cmocka_unit_test(types_of_expressions),
		cmocka_unit_test(types_behind_macros),
		cmocka_unit_test(typedefs_of_functions),
		cmocka_unit_test(numbers_are_not_called),
		cmocka_unit_test(embedding),
		cmocka_unit_test(masks_behind_macros),
		cmocka_unit_test(components_of_files),
		cmocka_unit_test(callees_come_first),
		cmocka_unit_test(order_and_threads_do_not_show),
		cmocka_unit_test(nothing_is_a_program_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
