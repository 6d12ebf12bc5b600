// SPDX-License-Identifier: GPL-2.0-only
/*
 * Chains dropped from a report's text, before a parser makes objects of them.
 *
 * In: the text of a report, in pieces. Out: the same, smaller. Knows only
 * strings and brackets; all else is the parser's to judge.
 */
#include "emit/skim.h"

#include <stdbool.h>
#include <string.h>

/* Keys of a site or finding stand in the third bracket: { [ { */
#define DEPTH	3

enum {
	OUTSIDE,		/* of strings, in what is kept */
	STRING, ESCAPE,		/* in one; behind its backslash */
	KEY, COLON,		/* behind a chain's key; behind its colon */
	LEFT_OUT,		/* in a chain */
	LEFT_STRING, LEFT_ESCAPE,
};

static int bracket(char c)
{
	return (c == '[' || c == '{') - (c == ']' || c == '}');
}

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Bytes of @p that certainly belong to the string we are in. */
static size_t plain(const char *p, const char *end)
{
	const char *quote = memchr(p, '"', (size_t)(end - p));
	size_t len = (size_t)((quote ? quote : end) - p);
	const char *slash = memchr(p, '\\', len);

	return slash ? (size_t)(slash - p) : len;
}

static void note_key(struct skim *s, const char *p, size_t len)
{
	for (size_t i = 0; i < len && s->key_len + i < SKIM_KEY; i++)
		s->key[s->key_len + i] = p[i];
	s->key_len += len;
}

static bool is_chain(const struct skim *s)
{
	return s->depth == DEPTH &&
	       ((s->key_len == 8 && memcmp(s->key, "evidence", 8) == 0) ||
		(s->key_len == 7 && memcmp(s->key, "reclaim", 7) == 0));
}

/* Outside of all strings: @c is kept, and says what comes. */
static void kept(struct skim *s, char c)
{
	if (c == '"') {
		s->state = STRING;
		s->key_len = 0;
	} else if (s->state == KEY && c == ':') {
		s->state = COLON;
	} else if (s->state == COLON && c == '[') {
		s->state = LEFT_OUT;
		s->inner = 1;
	} else if (!is_space(c)) {
		s->state = OUTSIDE;
		s->depth += bracket(c);
	}
}

/* In a string, kept or not, at @p. Return: bytes used. */
static size_t in_string(struct skim *s, const char *p, const char *end,
			int outside)
{
	size_t len = plain(p, end);

	if (outside == OUTSIDE)
		note_key(s, p, len);
	if (p + len == end)
		return len;
	if (p[len] == '\\')
		s->state++;
	else
		s->state = (uint8_t)(outside == OUTSIDE && is_chain(s) ?
				     KEY : outside);
	if (p[len] == '\\')		/* no key of ours has one */
		s->key_len += SKIM_KEY;
	return len + 1;
}

/* In a chain at @c, outside of its strings. Return: does it end? */
static bool left_out(struct skim *s, char c)
{
	if (c == '"')
		s->state = LEFT_STRING;
	s->inner += bracket(c);
	if (!s->inner)
		s->state = OUTSIDE;
	return !s->inner;
}

void skim_chains(struct skim *s, const char *text, size_t len,
		 struct strbuf *out)
{
	const char *p = text, *end = text + len;
	const char *from = s->state < LEFT_OUT ? text : NULL;

	while (p < end) {
		switch (s->state) {
		case STRING:
			p += in_string(s, p, end, OUTSIDE);
			break;
		case LEFT_STRING:
			p += in_string(s, p, end, LEFT_OUT);
			break;
		case ESCAPE:
		case LEFT_ESCAPE:
			s->state--;
			p++;
			break;
		case LEFT_OUT:
			if (left_out(s, *p))
				from = p;	/* with its bracket */
			p++;
			break;
		default:
			kept(s, *p++);
			if (s->state == LEFT_OUT) {
				strbuf_add(out, from, (size_t)(p - from));
				from = NULL;
			}
		}
	}
	if (from)
		strbuf_add(out, from, (size_t)(end - from));
}
