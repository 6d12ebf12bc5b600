/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A file without the functions and declarations that a semantic patch cannot
 * match: Coccinelle takes as long for them as for the others.
 */
#ifndef EDIT_SLICE_H
#define EDIT_SLICE_H

#include "edit/smpl.h"
#include "read/facts.h"

/**
 * slice_make() - append @src to @out, what does not matter as blank lines.
 * @f: the facts of @src
 * @seen: scratch, @s->nr_words bytes
 *
 * Every line keeps its number, and every line that is left its text. Typedefs
 * and conditions stay, and macros that what stays makes use of. If @s asks for
 * types, so do declarations, all macros and the heads of functions, and each
 * body with a directive in it, or whose first or last line does not show where
 * it begins and ends. Return: how much was left out, of any of these.
 */
size_t slice_make(const struct smpl *s, const struct facts *f,
		  const char *src, size_t len, uint8_t *seen,
		  struct strbuf *out);

/** slice_function() - name of the function of @f that has @line, "". */
const char *slice_function(const struct facts *f, uint32_t line);

#endif
