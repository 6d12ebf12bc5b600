/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Is a place of a changed file inside an open scope? For the layer itself.
 */
#ifndef EDIT_INSIDE_H
#define EDIT_INSIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "edit/remap.h"
#include "read/facts.h"

/* What has to be known of one function before and after a change. */
struct inside {
	const struct facts *before, *after;
	const struct func *fn;		/* in `after`; NULL: not found */
	uint8_t restriction;		/* RESTRICT_*: what a scope must hold */
	uint8_t *state;			/* at the entry of each block */
	struct remap map;
};

/**
 * inside_init() - walk @function around @line of the changed file.
 * @old, @new: the texts that @before and @after were read from; borrowed, as
 *	the facts are
 *
 * Return: 0; a negative code when the texts have too little in common, and
 * then nothing is to be released.
 */
int inside_init(struct inside *in, const struct facts *before,
		const struct strbuf *old, const struct facts *after,
		const struct strbuf *new, const char *function, uint32_t line,
		uint8_t restriction, struct err *err);
void inside_release(struct inside *in);

/** inside_site() - is a scope open, on every path, where the site at byte
 * @offset of the old text takes its mask? What is not known is no. */
bool inside_site(const struct inside *in, uint32_t offset);

/** inside_point() - the same for the call at @line and @column of the old
 * text. */
bool inside_point(const struct inside *in, uint32_t line, uint32_t column);

#endif
