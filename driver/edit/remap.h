/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the places of a file are after an earlier change of the same file.
 */
#ifndef EDIT_REMAP_H
#define EDIT_REMAP_H

#include "base/err.h"
#include "edit/text.h"

struct remap {
	struct text from, to;
	uint32_t *map;		/* token of `from` to token of `to`, TOK_NONE */
};

/**
 * remap_init() - compare two texts token by token. Both are borrowed.
 *
 * Return: 0, or ERR_LIMIT when they have too little in common.
 */
int remap_init(struct remap *m, const char *from, size_t from_len,
	       const char *to, size_t to_len, struct err *err);
void remap_release(struct remap *m);

/** remap_offset() - byte @off of a token, in the new text; UINT32_MAX: that
 * token is gone. */
uint32_t remap_offset(const struct remap *m, uint32_t off);

/** remap_point() - the same for @line and @column, from 1. False: gone. */
bool remap_point(const struct remap *m, uint32_t *line, uint32_t *column);

#endif
