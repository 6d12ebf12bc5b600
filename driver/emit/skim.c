// SPDX-License-Identifier: GPL-2.0-only
/*
 * Chains dropped from a report's text, before a parser makes objects of them.
 *
 * In: the text of a report. Out: the same, smaller. Knows only strings and
 * brackets; all else is the parser's to judge.
 */
#include "emit/skim.h"

#include <stdbool.h>
#include <string.h>

/* Keys of a site or finding stand in the third bracket: { [ { */
#define DEPTH	3

/* Behind the string that begins at @s (with its quote); @end if it has none. */
static const char *skip_string(const char *s, const char *end)
{
	for (s++; s < end; s++) {
		const char *quote = memchr(s, '"', (size_t)(end - s));
		const char *slash;

		if (!quote)
			return end;
		slash = memchr(s, '\\', (size_t)(quote - s));
		if (!slash)
			return quote + 1;
		s = slash + 1;
	}
	return end;
}

static const char *skip_space(const char *s, const char *end)
{
	while (s < end && (*s == ' ' || *s == '\n' || *s == '\t' ||
			   *s == '\r'))
		s++;
	return s;
}

/* Behind the array that begins at @s; NULL if it does not end. */
static const char *skip_array(const char *s, const char *end)
{
	int depth = 0;

	while (s < end) {
		if (*s == '"') {
			s = skip_string(s, end);
			continue;
		}
		depth += (*s == '[' || *s == '{') - (*s == ']' || *s == '}');
		s++;
		if (!depth)
			return s;
	}
	return NULL;
}

/* If the key [@key, @s) is one of a chain: where the array begins, or NULL. */
static const char *chain_of(const char *key, const char *s, const char *end)
{
	size_t len = (size_t)(s - key);

	if (!(len == 10 && memcmp(key, "\"evidence\"", len) == 0) &&
	    !(len == 9 && memcmp(key, "\"reclaim\"", len) == 0))
		return NULL;
	s = skip_space(s, end);
	if (s == end || *s != ':')
		return NULL;
	s = skip_space(s + 1, end);
	return s < end && *s == '[' ? s : NULL;
}

void skim_chains(const char *text, size_t len, struct strbuf *out)
{
	const char *s = text, *end = text + len, *kept = text;
	int depth = 0;

	while (s < end) {
		const char *key = s, *array, *behind;

		if (*s != '"') {
			depth += (*s == '[' || *s == '{') -
				 (*s == ']' || *s == '}');
			s++;
			continue;
		}
		s = skip_string(s, end);
		array = depth == DEPTH ? chain_of(key, s, end) : NULL;
		behind = array ? skip_array(array, end) : NULL;
		if (!behind)
			continue;
		strbuf_add(out, kept, (size_t)(array + 1 - kept));
		strbuf_add(out, "]", 1);
		s = kept = behind;
	}
	strbuf_add(out, kept, (size_t)(end - kept));
}
