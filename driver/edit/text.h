/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A C file as a flat list of tokens, comments among them: what marking,
 * composing and proving work on. No grammar beyond brackets.
 */
#ifndef EDIT_TEXT_H
#define EDIT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TOK_NONE UINT32_MAX

enum tok_kind { TOK_WORD, TOK_PUNCT, TOK_STRING, TOK_COMMENT };

struct token {
	uint32_t off, len;	/* bytes */
	uint32_t line;		/* 1-based */
	uint8_t kind;		/* enum tok_kind */
	bool directive;		/* in a preprocessor line */
};

struct text {
	const char *buf;	/* borrowed */
	size_t len;
	struct token *v;
	uint32_t nr, cap;
};

/**
 * text_init() - cut the @len bytes at @buf into tokens. Never fails; what is
 * no token of C becomes punctuation. @buf is borrowed.
 */
void text_init(struct text *t, const char *buf, size_t len);
void text_release(struct text *t);

/** text_is() - is token @i (may be TOK_NONE) spelled @s? */
bool text_is(const struct text *t, uint32_t i, const char *s);
bool text_is_word(const struct text *t, uint32_t i);
/** text_same() - are token @i of @a and token @j of @b spelled alike? */
bool text_same(const struct text *a, uint32_t i, const struct text *b,
	       uint32_t j);

/** text_at() - the token that starts at byte @off, TOK_NONE. */
uint32_t text_at(const struct text *t, uint32_t off);
/** text_point() - the token that starts at @line, @column (both from 1). */
uint32_t text_point(const struct text *t, uint32_t line, uint32_t column);

/** text_next() - the next token after @i that is no comment, TOK_NONE. */
uint32_t text_next(const struct text *t, uint32_t i);
uint32_t text_prev(const struct text *t, uint32_t i);

/** text_close() - the bracket that closes the one at @i, TOK_NONE. */
uint32_t text_close(const struct text *t, uint32_t i);
/** text_open() - the bracket that opens the one at @i, TOK_NONE. */
uint32_t text_open(const struct text *t, uint32_t i);

#endif
