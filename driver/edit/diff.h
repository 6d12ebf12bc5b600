/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Diffs as git makes them, and whether git would apply them. For the layer
 * itself and for the series.
 */
#ifndef EDIT_DIFF_H
#define EDIT_DIFF_H

#include "base/err.h"
#include "base/str.h"

struct diff_file {
	const char *path;
	const char *old, *new;	/* contents */
	size_t old_len, new_len;
};

/**
 * diff_make() - append one diff over all @files (sorted by path) to @out.
 * @dir: existing private directory; what is put there is removed again
 * @attributes: the tree's .gitattributes, which name the functions behind @@
 *
 * git itself makes it, so it is byte for byte what `git diff` with twelve
 * digits of object id says.
 */
int diff_make(const char *dir, const char *attributes,
	      const struct diff_file *files, size_t nr, struct strbuf *out,
	      struct err *err);

/* Where diffs are tried: a revision of a repository, or a plain directory. */
struct applier {
	const char *repo, *rev;
	const char *worktree;
	char *index;		/* owned; NULL until it was made */
};

/** applier_init() - make the index ready in @dir, which must outlive it. */
int applier_init(struct applier *a, const char *repo, const char *rev,
		 const char *worktree, const char *dir, struct err *err);
void applier_release(struct applier *a);

/** applier_check() - would `git apply` take the diff? ERR_FAILED: no, and
 * why. Context: any thread. */
int applier_check(const struct applier *a, const char *diff, size_t len,
		  struct err *err);

#endif
