// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bodies of functions are replaced by blank lines where no rule can match. A
 * file is left whole when one of its macros has a word that the rules ask for:
 * what uses the macro does not show it.
 */
#include "edit/slice.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct slicing {
	const struct smpl *s;
	const char *src;
	size_t len;
	const char **lines;	/* start of each, and the end of the text */
	size_t nr_lines;
	uint8_t *seen;
};

static void find_lines(struct slicing *c)
{
	const char *p = c->src, *end = c->src + c->len;
	size_t cap = 0;

	while (p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));

		GROW_BY(c->lines, c->nr_lines, cap, 2);
		c->lines[c->nr_lines++] = p;
		p = nl ? nl + 1 : end;
	}
	GROW_BY(c->lines, c->nr_lines, cap, 1);
	c->lines[c->nr_lines] = end;
}

/* The @i-th line, from 0, without blanks around it. */
static const char *trimmed(const struct slicing *c, size_t i, size_t *len)
{
	const char *p = c->lines[i], *end = c->lines[i + 1];

	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	while (end > p && strchr(" \t\r\n", end[-1]))
		end--;
	*len = (size_t)(end - p);
	return p;
}

static bool is_directive(const struct slicing *c, size_t i)
{
	size_t len;
	const char *p = trimmed(c, i, &len);

	return len && *p == '#';
}

static bool has_words(const struct slicing *c, size_t first, size_t end)
{
	memset(c->seen, 0, c->s->nr_words);
	smpl_scan(c->s, c->lines[first],
		  (size_t)(c->lines[end] - c->lines[first]), c->seen);
	return memchr(c->seen, 1, c->s->nr_words) != NULL;
}

static bool macros_have_words(const struct slicing *c)
{
	for (size_t i = 0; i < c->nr_lines; i++) {
		size_t end = i, len;
		const char *p;

		if (!is_directive(c, i))
			continue;
		do {
			p = trimmed(c, end++, &len);
		} while (len && p[len - 1] == '\\' && end < c->nr_lines);
		p = trimmed(c, i, &len);
		p += 1 + strspn(p + 1, " \t");
		if (!strncmp(p, "define", 6) && has_words(c, i, end))
			return true;
		i = end - 1;
	}
	return false;
}

/* The lines between the braces of a function that can go: [*first, *end). */
static bool find_body(const struct slicing *c, const struct func *fn,
		      size_t *first, size_t *end)
{
	size_t i = fn->line - 1, last = fn->end_line - 1, len;
	const char *p;

	if (fn->flags & (FUNC_MACRO | FUNC_BROKEN | FUNC_GENERATED) ||
	    !fn->line || last >= c->nr_lines || last < i + 2)
		return false;
	p = trimmed(c, last, &len);
	if (len != 1 || *p != '}' || p != c->lines[last])
		return false;
	for (; i < last && *c->lines[i] != '{'; i++)
		if (is_directive(c, i))
			return false;
	if (i >= last)
		return false;
	trimmed(c, i, &len);
	if (len != 1)
		return false;
	*first = i + 1;
	*end = last;
	for (i = *first; i < last; i++)
		if (is_directive(c, i) || *c->lines[i] == '}')
			return false;
	has_words(c, fn->line - 1, fn->end_line);
	return !smpl_wants_function(c->s, c->seen);
}

static void put_lines(const struct slicing *c, size_t first, size_t end,
		      struct strbuf *out)
{
	strbuf_add(out, c->lines[first],
		   (size_t)(c->lines[end] - c->lines[first]));
}

size_t slice_make(const struct smpl *s, const struct facts *f,
		  const char *src, size_t len, uint8_t *seen,
		  struct strbuf *out)
{
	struct slicing c = { .s = s, .src = src, .len = len, .seen = seen };
	size_t next = 0, nr = 0;

	if (s->whole || memchr(src, '\0', len)) {
		strbuf_add(out, src, len);
		return 0;
	}
	find_lines(&c);
	if (macros_have_words(&c)) {
		put_lines(&c, 0, c.nr_lines, out);
		free(c.lines);
		return 0;
	}
	for (uint32_t i = 0; i < f->nr_funcs; i++) {
		size_t first, end;

		/* in the order of the text, or not understood */
		if (f->funcs[i].line <= next ||
		    !find_body(&c, &f->funcs[i], &first, &end))
			continue;
		put_lines(&c, next, first, out);
		for (next = first; next < end; next++)
			strbuf_addc(out, '\n');
		nr++;
	}
	put_lines(&c, next, c.nr_lines, out);
	free(c.lines);
	return nr;
}

const char *slice_function(const struct facts *f, uint32_t line)
{
	for (uint32_t i = 0; i < f->nr_funcs; i++) {
		const struct func *fn = &f->funcs[i];

		if (fn->line <= line && line <= fn->end_line)
			return facts_str(f, fn->name);
	}
	return "";
}
