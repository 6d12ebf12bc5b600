/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A streaming JSON writer: nothing is kept but the nesting.
 */
#ifndef EMIT_JSONW_H
#define EMIT_JSONW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define JSONW_DEPTH 24

struct jsonw {
	FILE *f;
	unsigned int depth;
	char close[JSONW_DEPTH];	/* bracket that ends each level */
	bool any[JSONW_DEPTH];		/* something stands in it already */
	bool flat[JSONW_DEPTH];		/* on one line */
	bool in_script;			/* also escape < > & and U+2028/9, so
					 * that it can stand inside <script> */
	bool compact;			/* no spaces, no lines */
};

void jsonw_init(struct jsonw *w, FILE *f);

/**
 * jsonw_object() and jsonw_array() - open one; @key is NULL in an array.
 * The _flat ones and all inside them stand on one line. jsonw_end() closes
 * the innermost; closing the outermost ends the line.
 */
void jsonw_object(struct jsonw *w, const char *key);
void jsonw_array(struct jsonw *w, const char *key);
void jsonw_object_flat(struct jsonw *w, const char *key);
void jsonw_array_flat(struct jsonw *w, const char *key);
void jsonw_end(struct jsonw *w);

/* @s may hold any bytes; what is not UTF-8 becomes U+FFFD. NULL: null. */
void jsonw_str(struct jsonw *w, const char *key, const char *s);
void jsonw_strn(struct jsonw *w, const char *key, const char *s, size_t len);
/* Each byte as the code point of its value: loses nothing. */
void jsonw_latin1(struct jsonw *w, const char *key, const char *s);
void jsonw_uint(struct jsonw *w, const char *key, uint64_t v);
void jsonw_int(struct jsonw *w, const char *key, int64_t v);
void jsonw_bool(struct jsonw *w, const char *key, bool v);
void jsonw_null(struct jsonw *w, const char *key);

#endif
