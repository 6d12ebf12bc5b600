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

#endif
