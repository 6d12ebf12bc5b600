// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bytes of a C file go in, its tokens come out, comments included, so that
 * two versions of a file can be compared token by token and put together
 * again with the white space of either.
 *
 * It cannot fail: an unterminated comment or string ends with its line or
 * with the file. It does not know which arm of an #if is alive.
 */
#include "edit/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static bool is_word_byte(unsigned char c)
{
	return isalnum(c) || c == '_' || c >= 0x80;
}

static size_t comment_len(const char *p, size_t left)
{
	const char *end;

	if (p[1] == '/') {
		end = memchr(p, '\n', left);
		return end ? end - p : left;
	}
	end = left > 3 ? memmem(p + 2, left - 2, "*/", 2) : NULL;
	return end ? end - p + 2 : left;
}

static size_t string_len(const char *p, size_t left)
{
	size_t n = 1;

	while (n < left && p[n] != *p && p[n] != '\n') {
		if (p[n] == '\\' && n + 1 < left)
			n++;
		n++;
	}
	if (n < left && p[n] == *p)
		n++;
	return n > left ? left : n;
}

static size_t punct_len(const char *p, size_t left)
{
	static const char *const ops[] = {
		"<<=", ">>=", "...", "->", "++", "--", "<<", ">>", "<=", ">=",
		"==", "!=", "&&", "||", "+=", "-=", "*=", "/=", "%=", "&=",
		"|=", "^=", "##",
	};
	size_t i, n;

	for (i = 0; i < ARRAY_SIZE(ops); i++) {
		n = strlen(ops[i]);
		if (n <= left && !memcmp(p, ops[i], n))
			return n;
	}
	return 1;
}

static size_t token_len(const char *p, size_t left, uint8_t *kind)
{
	size_t n = 1;

	if (is_word_byte(*p)) {
		*kind = TOK_WORD;
		while (n < left && is_word_byte(p[n]))
			n++;
		return n;
	}
	if (*p == '/' && left > 1 && (p[1] == '/' || p[1] == '*')) {
		*kind = TOK_COMMENT;
		return comment_len(p, left);
	}
	if (*p == '"' || *p == '\'') {
		*kind = TOK_STRING;
		return string_len(p, left);
	}
	*kind = TOK_PUNCT;
	return punct_len(p, left);
}

static uint32_t lines_in(const char *p, size_t n)
{
	uint32_t nr = 0;
	const char *end = p + n;

	while ((p = memchr(p, '\n', end - p))) {
		nr++;
		p++;
	}
	return nr;
}

/* An escaped newline keeps a directive going and is no token of its own. */
static bool skip_space(const char *buf, size_t len, size_t *pos,
		       uint32_t *line, bool *directive)
{
	size_t i = *pos;

	while (i < len) {
		if (buf[i] == '\\' && i + 1 < len && buf[i + 1] == '\n') {
			i += 2;
			++*line;
		} else if (buf[i] == '\n') {
			*directive = false;
			++*line;
			i++;
		} else if (isspace((unsigned char)buf[i])) {
			i++;
		} else {
			break;
		}
	}
	*pos = i;
	return i < len;
}

void text_init(struct text *t, const char *buf, size_t len)
{
	bool directive = false;
	uint32_t line = 1;
	size_t pos = 0;

	*t = (struct text){ .buf = buf, .len = len };
	while (skip_space(buf, len, &pos, &line, &directive)) {
		struct token tok = { .off = pos, .line = line };

		tok.len = token_len(buf + pos, len - pos, &tok.kind);
		if (buf[pos] == '#' &&
		    (!t->nr || t->v[t->nr - 1].line < line))
			directive = true;
		tok.directive = directive;
		GROW(t->v, t->nr, t->cap);
		t->v[t->nr++] = tok;
		line += lines_in(buf + pos, tok.len);
		pos += tok.len;
	}
}

void text_release(struct text *t)
{
	free(t->v);
	*t = (struct text){ 0 };
}

bool text_is(const struct text *t, uint32_t i, const char *s)
{
	return i < t->nr && t->v[i].len == strlen(s) &&
	       !memcmp(t->buf + t->v[i].off, s, t->v[i].len);
}

bool text_is_word(const struct text *t, uint32_t i)
{
	return i < t->nr && t->v[i].kind == TOK_WORD;
}

bool text_same(const struct text *a, uint32_t i, const struct text *b,
	       uint32_t j)
{
	return a->v[i].len == b->v[j].len &&
	       !memcmp(a->buf + a->v[i].off, b->buf + b->v[j].off,
		       a->v[i].len);
}

uint32_t text_at(const struct text *t, uint32_t off)
{
	uint32_t lo = 0, hi = t->nr;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (t->v[mid].off < off)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < t->nr && t->v[lo].off == off ? lo : TOK_NONE;
}

uint32_t text_point(const struct text *t, uint32_t line, uint32_t column)
{
	const char *p = t->buf, *end = t->buf + t->len;

	while (p && --line)
		p = memchr(p, '\n', end - p) ?
			(char *)memchr(p, '\n', end - p) + 1 : NULL;
	return p ? text_at(t, p - t->buf + column - 1) : TOK_NONE;
}

uint32_t text_next(const struct text *t, uint32_t i)
{
	while (i != TOK_NONE && ++i < t->nr)
		if (t->v[i].kind != TOK_COMMENT)
			return i;
	return TOK_NONE;
}

uint32_t text_prev(const struct text *t, uint32_t i)
{
	while (i != TOK_NONE && i-- > 0)
		if (t->v[i].kind != TOK_COMMENT)
			return i;
	return TOK_NONE;
}

/* +1 opens, -1 closes. */
static int bracket(const struct text *t, uint32_t i)
{
	const struct token *tok = &t->v[i];

	if (tok->kind != TOK_PUNCT || tok->len != 1)
		return 0;
	switch (t->buf[tok->off]) {
	case '(': case '[': case '{':
		return 1;
	case ')': case ']': case '}':
		return -1;
	}
	return 0;
}

uint32_t text_close(const struct text *t, uint32_t i)
{
	int depth = 0;

	for (; i < t->nr; i++) {
		depth += bracket(t, i);
		if (!depth)
			return i;
	}
	return TOK_NONE;
}

uint32_t text_open(const struct text *t, uint32_t i)
{
	int depth = 0;

	for (; i < t->nr; i--) {	/* wraps at 0 */
		depth += bracket(t, i);
		if (!depth)
			return i;
	}
	return TOK_NONE;
}
