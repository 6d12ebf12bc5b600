// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bodies of functions are replaced by blank lines where no rule can match, and
 * so is all else at the top level if no rule asks for types: each declaration
 * and each empty function costs Coccinelle nearly as much as a small one that
 * matters. Typedefs stay, and so do macros that what stays makes use of, for
 * they tell how to parse it. A file is left whole when one of its macros has a
 * word that the rules ask for: what uses the macro does not show it.
 */
#include "edit/slice.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "edit/toplevel.h"

struct slicing {
	const struct smpl *s;
	const char *src;
	size_t len;
	const char **lines;	/* start of each, and the end of the text */
	size_t nr_lines;
	uint8_t *drop;		/* of each line, whether it goes */
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

static size_t drop_bodies(struct slicing *c, const struct facts *f)
{
	size_t first, end, nr = 0;

	for (uint32_t i = 0; i < f->nr_funcs; i++) {
		if (!find_body(c, &f->funcs[i], &first, &end) ||
		    c->drop[first])
			continue;
		memset(c->drop + first, 1, end - first);
		nr++;
	}
	return nr;
}

/* ---- what else is at the top level ---- */

/* A macro that nothing has made use of so far. */
struct define {
	size_t first, end;	/* lines */
	uint64_t name;		/* its hash */
	bool used;
};

struct defines {
	struct define *v;
	size_t nr, cap;
	struct map words;	/* hashes of all that is made use of */
};

static uint64_t hash_word(const char **p, const char *end)
{
	uint64_t h = 14695981039346656037u;

	for (; *p < end && smpl_in_word(**p); (*p)++)
		h = (h ^ (unsigned char)**p) * 1099511628211u;
	return h;
}

static void note_words(struct defines *d, const char *p, const char *end)
{
	bool is_new;

	while (p < end) {
		if (smpl_in_word(*p))
			map_at(&d->words, hash_word(&p, end), &is_new);
		else
			p++;
	}
}

/* Return: whether the directive may go, for good or until it is used. */
static bool drop_directive(const struct slicing *c, struct defines *d,
			   size_t first, size_t end)
{
	size_t len;
	const char *p = trimmed(c, first, &len);

	p += 1 + strspn(p + 1, " \t");
	if (str_starts(p, "include"))
		return true;
	if (!str_starts(p, "define"))
		return false;
	p += strlen("define");
	p += strspn(p, " \t");
	GROW(d->v, d->nr, d->cap);
	d->v[d->nr].first = first;
	d->v[d->nr].end = end;
	d->v[d->nr].used = false;
	d->v[d->nr++].name = hash_word(&p, c->src + c->len);
	return true;
}

static void keep_defines(struct slicing *c, struct defines *d)
{
	bool again = true;

	for (size_t i = 0; i < c->nr_lines; i++)
		if (!c->drop[i])
			note_words(d, c->lines[i], c->lines[i + 1]);
	while (again) {
		again = false;
		for (size_t i = 0; i < d->nr; i++) {
			struct define *v = &d->v[i];

			if (v->used || !map_has(&d->words, v->name))
				continue;
			v->used = again = true;
			memset(c->drop + v->first, 0, v->end - v->first);
			note_words(d, c->lines[v->first], c->lines[v->end]);
		}
	}
}

static size_t drop_pieces(struct slicing *c)
{
	struct defines d = { NULL, 0, 0, { NULL, 0, 0 } };
	struct piece piece;
	struct text text;
	uint32_t at = 0;
	size_t nr = 0;

	map_init(&d.words);
	text_init(&text, c->src, c->len);
	while (toplevel_next(&text, &at, &piece)) {
		has_words(c, piece.first, piece.end);
		if (piece.keep || smpl_wants_function(c->s, c->seen) ||
		    (piece.directive &&
		     !drop_directive(c, &d, piece.first, piece.end)))
			continue;
		memset(c->drop + piece.first, 1, piece.end - piece.first);
		nr++;
	}
	text_release(&text);
	keep_defines(c, &d);
	map_release(&d.words);
	free(d.v);
	return nr;
}

static void put_lines(const struct slicing *c, struct strbuf *out)
{
	for (size_t i = 0; i < c->nr_lines; i++) {
		if (c->drop[i])
			strbuf_addc(out, '\n');
		else
			strbuf_add(out, c->lines[i],
				   (size_t)(c->lines[i + 1] - c->lines[i]));
	}
}

size_t slice_make(const struct smpl *s, const struct facts *f,
		  const char *src, size_t len, uint8_t *seen,
		  struct strbuf *out)
{
	struct slicing c = { .s = s, .src = src, .len = len, .seen = seen };
	size_t nr = 0;

	if (s->whole || memchr(src, '\0', len)) {
		strbuf_add(out, src, len);
		return 0;
	}
	find_lines(&c);
	c.drop = xcalloc(c.nr_lines + 1, 1);
	if (!macros_have_words(&c)) {
		nr = drop_bodies(&c, f);
		if (!s->types)
			nr += drop_pieces(&c);
	}
	put_lines(&c, out);
	free(c.drop);
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
