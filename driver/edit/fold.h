/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Parameters for a mask that have become useless. For the layer itself.
 */
#ifndef EDIT_FOLD_H
#define EDIT_FOLD_H

#include "edit/convert.h"

/**
 * fold_params() - look at the static functions of a changed file that the
 * masks of @sites were handed to: those whose parameter is GFP_KERNEL in every
 * call are noted in @c->wrappers and, if @c->fold, lose it.
 * @sites: that have changed, NULL each where not
 * @text: the changed file, with LF line ends; out: the same with parameters
 *	taken away
 * @a: of the strings in the notes
 *
 * What cannot be taken away stays, and its note says why.
 */
void fold_params(struct converter *c, const char *path,
		 const struct result_site *const *sites, size_t nr,
		 struct strbuf *text, struct arena *a);

/* A function that other files call, whose parameter is of no use. */
struct fold_target {
	const char *function, *parameter;
	const char *path;		/* where it is defined, NULL: not seen */
	bool other;			/* the name is defined once more */
	uint32_t line, calls;
	uint32_t index, nr_params;	/* which parameter, of how many */
	size_t proposal;		/* number of one that made it so */
};

/**
 * fold_define() - look for @t->function's definition in a file; if it is there
 * the target is filled in, its parameter's name borrowed from @facts.
 *
 * Return: false when it has no parameter that could go: none or several of the
 * type.
 */
bool fold_define(struct fold_target *t, const char *path,
		 const struct facts *facts);

/** fold_is_plain() - does every call in a file hand over GFP_KERNEL? They are
 * added to @t->calls. */
bool fold_is_plain(struct fold_target *t, const char *path,
		   const struct strbuf *text, const struct facts *facts);

/**
 * fold_file() - take the parameter away in one of the files.
 * @src: its bytes
 * @out: the changed file is appended
 *
 * Return: 0, or negative with the reason why it has to stay.
 */
int fold_file(struct converter *c, const struct fold_target *t,
	      const char *path, const struct strbuf *src,
	      struct strbuf *out, struct err *err);

#endif
