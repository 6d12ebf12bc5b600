/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From the tokens of the changed file to its text. For compose.c.
 */
#ifndef EDIT_RENDER_H
#define EDIT_RENDER_H

#include "edit/mark.h"

/* One token of the result. */
struct item {
	uint32_t r;		/* in the answer */
	uint32_t left, right;	/* in the marked text: the token whose left
				 * and right side this one has, TOK_NONE */
	uint32_t mark;		/* + 1 in edit_file.marks: put its source
				 * bytes here, 0 */
	uint32_t space_m;	/* + 1 in the marked text: the white space
				 * before that token comes before this, 0 */
	uint32_t space_r;	/* the same in the answer */
	bool silent;		/* a further token of the same mark */
};

/** render() - append the text of @items to @out. */
void render(const struct edit_file *f, const struct text *marked,
	    const struct text *got, struct item *items, size_t nr,
	    struct strbuf *out);

#endif
