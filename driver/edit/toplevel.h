/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The text of a C file as what stands at its top level, one after another: a
 * function, a declaration, a directive, with the comments before it.
 */
#ifndef EDIT_TOPLEVEL_H
#define EDIT_TOPLEVEL_H

#include <stdbool.h>
#include <stddef.h>

struct piece {
	const char *start, *end;	/* whole lines, the next begins there */
	bool directive;	/* it is one, and nothing else */
	bool keep;	/* others may need it: a typedef, or a directive in the
			 * midst of it; or it is not known what it is */
};

/**
 * toplevel_next() - the piece that begins at @p, a start of a line of the text
 * that ends at @end.
 *
 * Cannot fail: where brackets and directives do not fit together all that is
 * left is one piece to keep. Return: false at the end.
 */
bool toplevel_next(const char *p, const char *end, struct piece *piece);

#endif
