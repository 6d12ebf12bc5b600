// SPDX-License-Identifier: GPL-2.0-only
/*
 * link/delta: a tree of which one file has changed is linked by help of the
 * program that it was before. The result is that of linking all of it.
 */
#include "test/linktree.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "link/image.h"

/* Everything that one file can see in another. */
static const char *const base[] = {
	"drivers/d/d.c",
	"static int probe(struct dev *d) { return start(d, on_event); }\n"
	"static struct drv drv = { probe, 1 };\n"
	"int d_init(void) { return reg_driver(drv); }\nmodule_init(d_init)\n",
	"drivers/d/d.h",
	"struct drv { int (*probe)(struct dev *); int n; };\n"
	"int start(struct dev *d, event_t *fn);\n",
	"drivers/e/e.c",
	"static void e1(int x) { }\nvoid call_s(struct s *s) { s->go(1); }\n"
	"void later(void *f) { }\nvoid l(void) { later(e1); }\n"
	"void vp(void) { get_s()->go(2); }\n",
	"drivers/e/p.c",
	"static void e2(int x) { }\nstruct s es = { e2, 2 };\n"
	"struct q { void (*go)(int); };\nstruct q qs = { .go = e2 };\n"
	"void (*copy)(int);\nvoid cp(void) { copy = hook; copy(1); }\n",
	"drivers/e/t.c",
	"void (*copy2)(int);\n"
	"void run(fn_t *f) { copy2 = f; copy2(1); }\nvoid call_run(void) { run(plain); }\n"
	"void (*late_one)(int);\n"
	"void set(void *u) { late_one = u->late; late_one(1); }\n",
	"fs/a/a.c",
	"static void a(int n) { mutex_lock_nested(&n); g(n); }\n"
	"struct o x = { .f = a };\n"
	"void g(int n) { x.f(n); h(n); lost(); kthread_run(a, 0); }\n"
	"void viamacro(struct box *b) { INNER(b)->f(1); get_o()->f(2); }\n",
	"fs/b/b.c",
	"static void b(int n) { g(0); }\nstruct o y = { .f = b };\n"
	"static void b_show(void) { }\nATTR(b)\n"
	"void walk_it(int x) { WALK(list, x); }\n",
	"include/linux/box.h",
	"struct box { struct in *in; };\nstruct in { struct o o; };\n"
	"#define INNER(b) (&(b)->in->o)\n",
	"include/linux/h.h",
	"#define h(x) g(x)\n#define alias plain\n"
	"struct o { void (*f)(int); };\ntypedef struct o o_t;\n"
	"extern struct o *get_o(void);\n"
	"#define WALK(kind, x) walk_##kind(x)\n"
	"static inline void i(o_t *o) { o->f(1); }\n",
	"include/linux/p.h",
	"extern struct s *get_s(void);\n",
	"include/linux/s.h",
	"struct s { void (*go)(int); int k; };\n",
	"include/linux/t.h",
	"typedef void fn_t(int);\n",
	"kernel/k.c",
	"void plain(void) { }\nvoid walk_list(int x) { }\n"
	"void on_event(int e) { }\nvoid (*hook)(int) = on_event;\n",
	"kernel/use.c",
	"void use(o_t *o) { alias(); hook(3); o->f(4); i(o); }\n",
};

/* All that is known of @p as text. */
static void tell(const struct program *p, struct strbuf *out)
{
	size_t nr, i;

	program_dump(p, out);
	for (uint32_t fn = 0; fn < program_nr_fns(p); fn++) {
		const struct caller *c = program_callers(p, fn, &nr);

		strbuf_addf(out, "%u:", fn);
		for (i = 0; i < nr; i++)
			strbuf_addf(out, " %u/%u/%u", c[i].fn, c[i].event,
				    c[i].how);
		strbuf_addc(out, '\n');
	}
}

static struct program *update(const struct tree *t, const struct strbuf *image,
			      size_t *changed)
{
	return tree_load(t, image, image->len, changed);
}

/* Is @t linked by help of @image as it is without? */
static void assert_updates(const struct tree *t, const struct strbuf *image,
			   size_t files, struct strbuf *out)
{
	struct strbuf one = STRBUF_INIT, two = STRBUF_INIT;
	size_t changed = 0;
	struct program *p = update(t, image, &changed);

	assert_non_null(p);
	assert_int_equal(changed, files);
	tell(t->p, &one);
	tell(p, &two);
	assert_string_equal(two.buf, one.buf);
	strbuf_clear(out);
	tree_save(p, out);
	program_free(p);
	strbuf_release(&one);
	strbuf_release(&two);
}

/* Is the tree with @text at @path linked as if nothing had been before? And
 * once more from there, and back to what was first? */
static void check(const char *path, const char *text)
{
	struct strbuf image = STRBUF_INIT, again = STRBUF_INIT;
	const char *sources[2 * MAX_FILES + 1] = { NULL };
	struct tree *first, *t;
	size_t i;

	memcpy(sources, base, sizeof(base));
	first = tree_new(sources);
	tree_save(first->p, &image);
	for (i = 0; sources[i]; i += 2)
		if (!strcmp(sources[i], path))
			sources[i + 1] = text;
	t = tree_new(sources);
	assert_updates(t, &image, 1, &again);
	assert_updates(t, &again, 0, &image);
	assert_updates(first, &again, 1, &image);
	assert_updates(t, &image, 1, &again);
	tree_release(first);
	tree_release(t);
	strbuf_release(&image);
	strbuf_release(&again);
}

static void functions(void **state)
{
	/* Lines move; a function appears, goes, becomes static, takes more. */
	check("kernel/k.c", "static int more(int i) { return i; }\n\n"
	      "void plain(void) { }\nvoid walk_list(int x) { more(x); }\n"
	      "void on_event(int e) { }\nvoid (*hook)(int) = on_event;\n");
	check("kernel/k.c", "void lost(void) { }\n"
	      "void plain(void) { }\nvoid walk_list(int x) { }\n"
	      "void on_event(int e) { }\nvoid (*hook)(int) = on_event;\n");
	check("kernel/k.c", "static void plain(void) { }\n"
	      "void (*hook)(int) = on_event;\n");
	check("fs/a/a.c", "void g(int n, void (*f)(int)) { f(n); }\n");
	check("kernel/k.c", "");
}

static void macros(void **state)
{
	check("include/linux/h.h",
	      "#define h(x) lost(x)\n#define alias g\n"
	      "struct o { void (*f)(int); };\ntypedef struct o o_t;\n"
	      "extern struct o *get_o(void);\n"
	      "#define WALK(kind, x) other_##kind(x)\n"
	      "static inline void i(o_t *o) { o->f(1); }\n");
	check("include/linux/h.h",
	      "#define more() 0\n#define h(x) g(x)\n#define alias plain\n"
	      "struct o { void (*f)(int); };\ntypedef struct o o_t;\n"
	      "extern struct o *get_o(void);\n"
	      "#define first(x) plain()\n"
	      "#define WALK(kind, x) walk_##kind(x)\n"
	      "static inline void i(o_t *o) { o->f(1); }\n");
	check("include/linux/box.h",
	      "struct box { struct in *in; struct drv o; };\n"
	      "struct in { struct o o; };\n#define INNER(b) (&(b)->o)\n");
	check("fs/b/b.c", "static void b(int n) { g(0); }\n"
	      "static void list(void) { }\nvoid walk_it(int x) { "
	      "WALK(b, x); }\nvoid walk_b(int x) { }\nATTR(list)\n");
	check("include/linux/h.h", "");
}

static void types(void **state)
{
	check("include/linux/h.h",
	      "#define h(x) g(x)\n#define alias plain\n"
	      "struct o { int f; };\nstruct p { void (*f)(int); };\n"
	      "typedef struct p o_t;\nextern struct p *get_o(void);\n"
	      "#define WALK(kind, x) walk_##kind(x)\n"
	      "static inline void i(o_t *o) { o->f(1); }\n");
	check("include/linux/box.h",
	      "struct box { struct { struct o o; } *in; };\n"
	      "#define INNER(b) (&(b)->in->o)\n");
	check("include/linux/box.h", "struct box { int in; };\n"
	      "#define INNER(b) (&(b)->in->o)\n");
	check("drivers/d/d.h", "struct drv { int n; "
	      "int (*probe)(struct dev *); };\n"
	      "int start(struct dev *d, event_t *fn);\n");
	check("drivers/d/d.h", "typedef int (*fn_t)(struct dev *);\n"
	      "struct drv { fn_t probe; int n; };\n"
	      "int start(struct dev *d, event_t *fn);\n");
	check("drivers/d/d.h", "int start(struct dev *d, int fn);\n");
}

static void one_thing_at_a_time(void **state)
{
	check("include/linux/s.h", "struct s { int k; void (*go)(int); };\n");
	check("include/linux/s.h", "struct s { int go; int k; };\n");
	check("include/linux/s.h", "struct s { int k; };\n");
	check("include/linux/s.h", "struct r { void (*go)(int); int k; };\n");
	check("include/linux/s.h", "struct s { void (*go)(int); int k; };\n"
	      "struct nu { void (*late)(int); };\n"
	      "static struct nu nu = { .late = plain };\n");
	check("include/linux/t.h", "typedef int fn_t;\n");
	check("include/linux/t.h", "typedef fn2_t fn_t;\n");
	check("include/linux/p.h", "extern struct o *get_s(void);\n");
	check("include/linux/p.h", "extern fn_t *get_s(void);\n");
	check("include/linux/p.h", "extern struct s *get_s(void);\n"
	      "static void (*hook)(int) = plain;\n");
}

static void variables(void **state)
{
	check("kernel/k.c", "void plain(void) { }\nvoid walk_list(int x) { }\n"
	      "void on_event(int e) { }\nvoid other(int e) { }\n"
	      "void (*hook)(int) = other;\n");
	check("kernel/k.c", "void plain(void) { }\nvoid walk_list(int x) { }\n"
	      "void on_event(int e) { }\nint hook;\n");
	check("fs/b/b.c", "static void x(int n) { g(0); }\n"
	      "struct o y = { .f = x };\n");
}

static void too_much_is_linked_anew(void **state)
{
	struct strbuf image = STRBUF_INIT;
	TREE(t, "a.c", "void a(void) { }\n", "b.c", "void b(void) { a(); }\n");
	TREE(u, "a.c", "void a(int i) { }\n", "b.c", "void b(void) { a(); }\n");
	size_t changed;

	tree_save(t->p, &image);
	assert_null(update(u, &image, &changed));
	u->in[0].id = NULL;
	assert_null(update(u, &image, &changed));
	strbuf_release(&image);
	tree_release(t);
	tree_release(u);
}

static void files_come_and_go(void **state)
{
	struct strbuf image = STRBUF_INIT, again = STRBUF_INIT;
	const char *sources[2 * MAX_FILES + 1] = { NULL };
	struct tree *t, *u;

	memcpy(sources, base, sizeof(base));
	t = tree_new(sources);
	sources[ARRAY_SIZE(base) - 2] = NULL;	/* one less */
	u = tree_new(sources);
	tree_save(t->p, &image);
	assert_updates(u, &image, 1, &again);
	assert_updates(t, &again, 1, &image);
	tree_release(t);
	tree_release(u);
	strbuf_release(&image);
	strbuf_release(&again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(functions),
		cmocka_unit_test(macros),
		cmocka_unit_test(types),
		cmocka_unit_test(one_thing_at_a_time),
		cmocka_unit_test(variables),
		cmocka_unit_test(too_much_is_linked_anew),
		cmocka_unit_test(files_come_and_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
