/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Useless parameters of functions that several files use: a change of its own
 * for each, over all of the tree.
 */
#ifndef EDIT_FOLDS_H
#define EDIT_FOLDS_H

#include "edit/plan.h"

struct folds_opts {
	/* All C files and headers of the tree, and their text as it is by
	 * now. A file that cannot be read stops the search. */
	const char *const *paths;
	size_t nr_paths;
	int (*read)(void *ctx, const char *path, struct strbuf *out,
		    struct err *err);
	/* Whose patch is it? NULL: not asked. */
	const char *(*group)(void *ctx, const char *path);
	void *ctx;
	void *group_ctx;
};

/**
 * folds_make() - plans for the functions that the changed masks of @p were
 * handed to, that are not static, and whose mask is GFP_KERNEL in every call
 * of the tree by now.
 *
 * To be carried out stacked, by edit_plans(), after all of @p. What may not go
 * is told as a wrapper of the proposal that has made it useless.
 * Return: 0 or a negative code.
 */
int folds_make(const struct folds_opts *o, const struct proposals *p,
	       struct plans *out, struct err *err);

#endif
