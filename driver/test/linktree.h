/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Small trees that are read and linked, for the tests of link/. A call's
 * targets are compared as text, "PATH:NAME" each, with `*` for a pointer, `?`
 * for a member known by name only and `&` for a function that is passed as an
 * argument.
 */
#ifndef TEST_LINKTREE_H
#define TEST_LINKTREE_H

#include "test/test.h"

#include "link/program.h"

#define MAX_FILES 16

/* A tree under test; sources are `path`, `text` pairs. */
struct tree {
	struct arena arena;
	struct facts facts[MAX_FILES];
	struct program_input in[MAX_FILES];
	size_t nr;
	struct program *p;
	struct strbuf text;	/* the last answer */
};

/* What the trees' knowledge says of locks. */
extern struct know_api tree_apis[];

/** tree_knowledge() - what the trees are linked with. */
const struct knowledge *tree_knowledge(void);

/** tree_new() - read and link `path, text, path, text, .. NULL`. */
struct tree *tree_new(const char *const *sources);
void tree_release(struct tree *t);

#define TREE(t, ...)							\
	struct tree *t = tree_new((const char *const[]){ __VA_ARGS__, NULL })

/** tree_link() - link once more, with so many threads. */
void tree_link(struct tree *t, unsigned int threads);

/** tree_save() - all bytes of the image of @p, appended to @out. */
void tree_save(const struct program *p, struct strbuf *out);

/** tree_load() - link by help of the first @len bytes of @image, with two
 * threads; the caller frees. @changed: out, how many files; may be NULL. */
struct program *tree_load(const struct tree *t, const struct strbuf *image,
			  size_t len, size_t *changed);

/** fn_named() - the first function called @name. */
uint32_t fn_named(const struct tree *t, const char *name);

/** call_in() - the @nth call (from 0) of @callee in @fn. */
uint32_t call_in(const struct tree *t, uint32_t fn, const char *callee,
		 int nth);

/** calls() - the targets of @caller's first call of @callee. */
const char *calls(struct tree *t, const char *caller, const char *callee);
enum unresolved_why why(struct tree *t, const char *caller,
			const char *callee);
unsigned int entries(struct tree *t, const char *name);

#endif
