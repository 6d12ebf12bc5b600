// SPDX-License-Identifier: GPL-2.0-only
/*
 * Small trees that are read and linked (see linktree.h).
 */
#include "test/linktree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/mem.h"
#include "link/image.h"
#include "read/read.h"

static struct mask_word words[] = {
	{ .name = "GFP_KERNEL", .sets = MASK_FS | MASK_IO | MASK_RECLAIM },
	{ .name = "GFP_NOFS", .sets = MASK_IO | MASK_RECLAIM,
	  .restricts = RESTRICT_NOFS },
};

static struct know_async asyncs[] = {
	{ .name = "INIT_WORK", .func_arg = 1, .item_arg = -1, .kind = ENTRY_WORK },
	{ .name = "kthread_run", .func_arg = 0, .item_arg = -1, .kind = ENTRY_THREAD },
	{ .name = "call_rcu", .func_arg = 1, .item_arg = -1, .kind = ENTRY_RCU },
	{ .name = "DEFINE_TIMER", .func_arg = 1, .item_arg = -1, .kind = ENTRY_TIMER },
	{ .name = "module_init", .func_arg = 0, .item_arg = -1, .kind = ENTRY_INIT },
};

static struct know_callback callbacks[] = {
	{ "work_struct", "func", ENTRY_WORK, NULL },
	{ "timer_list", "function", ENTRY_TIMER, NULL },
	{ "rcu_head", "func", ENTRY_RCU, NULL },
};

struct know_api tree_apis[] = {
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
	.apis = tree_apis, .nr_apis = ARRAY_SIZE(tree_apis),
	.components = components, .nr_components = ARRAY_SIZE(components),
};

const struct knowledge *tree_knowledge(void)
{
	return &know;
}

void tree_link(struct tree *t, unsigned int threads)
{
	struct program_opts opts = { .threads = threads };

	program_free(t->p);
	t->p = program_link(t->in, t->nr, &know, &opts);
}

void tree_save(const struct program *p, struct strbuf *out)
{
	struct program_image image;
	size_t len = out->len;

	assert_true(program_save(p, &image));
	for (size_t i = 0; i < image.nr; i++)
		strbuf_add(out, image.parts[i].iov_base,
			   image.parts[i].iov_len);
	assert_int_equal(out->len - len, image.len);
	assert_int_equal(image.len % 8, 0);
	program_image_release(&image);
}

struct program *tree_load(const struct tree *t, const struct strbuf *image,
			  size_t len, size_t *changed)
{
	struct program_opts opts = { .threads = 2 };
	struct image_bytes bytes = { image->buf, len, NULL };
	size_t nr;

	return program_load(&bytes, t->in, t->nr, &know, &opts,
			    changed ? changed : &nr);
}

/* Of equal texts equal ones. */
static const uint8_t *tree_id(struct tree *t, const char *text)
{
	struct digest *d = digest_new();
	uint8_t *id = arena_alloc(&t->arena, FILE_ID);

	digest_adds(d, text);
	digest_bytes(d, id, FILE_ID);
	return id;
}

struct tree *tree_new(const char *const *sources)
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
		t->in[t->nr].id = tree_id(t, sources[1]);
		t->nr++;
	}
	reader_free(r);
	tree_link(t, 1);
	return t;
}

void tree_release(struct tree *t)
{
	program_free(t->p);
	arena_release(&t->arena);
	strbuf_release(&t->text);
	free(t);
}

uint32_t fn_named(const struct tree *t, const char *name)
{
	uint32_t fn;

	for (fn = 0; fn < program_nr_fns(t->p); fn++)
		if (!strcmp(atom_str(program_atoms(t->p),
				     program_fn(t->p, fn)->name), name))
			return fn;
	fail_msg("no function %s", name);
	return FN_NONE;
}

uint32_t call_in(const struct tree *t, uint32_t fn, const char *callee,
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

const char *calls(struct tree *t, const char *caller, const char *callee)
{
	return calls_nth(t, caller, callee, 0);
}

enum unresolved_why why(struct tree *t, const char *caller,
			       const char *callee)
{
	uint32_t fn = fn_named(t, caller);

	return program_unresolved(t->p, fn, call_in(t, fn, callee, 0));
}

unsigned int entries(struct tree *t, const char *name)
{
	return program_fn(t->p, fn_named(t, name))->entries;
}
