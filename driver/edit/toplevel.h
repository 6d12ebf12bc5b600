/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The text of a C file as what stands at its top level, one after another: a
 * function, a declaration, a directive, with the comments before it.
 */
#ifndef EDIT_TOPLEVEL_H
#define EDIT_TOPLEVEL_H

#include "edit/text.h"

struct piece {
	uint32_t first, end;	/* lines, from 0: [first, end) */
	bool directive;	/* it is one, and nothing else */
	bool keep;	/* others may need it: a typedef, or a directive in the
			 * midst of it; or it is not known what it is */
};

/**
 * toplevel_next() - the piece that begins with token *@at of @t.
 * @at: 0 at first; the first token of the next piece afterwards
 *
 * Cannot fail: where brackets and directives do not fit together all that is
 * left is one piece to keep. Return: false at the end.
 */
bool toplevel_next(const struct text *t, uint32_t *at, struct piece *piece);

#endif
