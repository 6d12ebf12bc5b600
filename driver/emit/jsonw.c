// SPDX-License-Identifier: GPL-2.0-only
/*
 * The streaming JSON writer. In: keys and values in the order they shall
 * stand. Out: bytes that depend on these only. Does not check that keys are
 * unique; write errors are left to whoever closes the file.
 */
#include "emit/jsonw.h"

#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "emit/utf8.h"

void jsonw_init(struct jsonw *w, FILE *f)
{
	memset(w, 0, sizeof(*w));
	w->f = f;
	w->flat[0] = true;
}

static void new_line(struct jsonw *w)
{
	fputc('\n', w->f);
	for (unsigned int i = 0; i < w->depth; i++)
		fputc(' ', w->f);
}

static void put_cp(struct jsonw *w, uint32_t cp)
{
	char out[4];

	if (cp == '"' || cp == '\\')
		fprintf(w->f, "\\%c", (char)cp);
	else if (cp == '\n')
		fputs("\\n", w->f);
	else if (cp == '\t')
		fputs("\\t", w->f);
	else if (cp < 0x20 || cp == 0x7f || cp == 0x2028 || cp == 0x2029)
		fprintf(w->f, "\\u%04x", (unsigned int)cp);
	else if (w->in_script && (cp == '<' || cp == '>' || cp == '&'))
		fprintf(w->f, "\\u%04x", (unsigned int)cp);
	else
		fwrite(out, 1, utf8_put(cp, out), w->f);
}

static bool is_plain(char c)
{
	unsigned char u = (unsigned char)c;

	return u >= 0x20 && u < 0x7f && c != '"' && c != '\\' && c != '<' &&
	       c != '>' && c != '&';
}

static void put_string(struct jsonw *w, const char *s, size_t len)
{
	size_t i = 0;

	fputc('"', w->f);
	while (i < len) {
		size_t start = i;
		uint32_t cp;

		while (i < len && is_plain(s[i]))
			i++;
		if (i > start)
			fwrite(s + start, 1, i - start, w->f);
		if (i == len)
			break;
		i += utf8_next(s + i, len - i, &cp);
		put_cp(w, cp);
	}
	fputc('"', w->f);
}

static void begin_value(struct jsonw *w, const char *key)
{
	if (w->any[w->depth])
		fputc(',', w->f);
	if (!w->flat[w->depth])
		new_line(w);
	else if (w->any[w->depth] && !w->compact)
		fputc(' ', w->f);
	w->any[w->depth] = true;
	if (key) {
		put_string(w, key, strlen(key));
		fputs(w->compact ? ":" : ": ", w->f);
	}
}

static void open_level(struct jsonw *w, const char *key, char open,
		       char close, bool flat)
{
	bool parent_flat = w->depth > 0 && w->flat[w->depth];

	begin_value(w, key);
	fputc(open, w->f);
	BUG_ON(w->depth + 1 >= JSONW_DEPTH);
	w->depth++;
	w->close[w->depth] = close;
	w->any[w->depth] = false;
	w->flat[w->depth] = flat || parent_flat || w->compact;
}

void jsonw_object(struct jsonw *w, const char *key)
{
	open_level(w, key, '{', '}', false);
}

void jsonw_array(struct jsonw *w, const char *key)
{
	open_level(w, key, '[', ']', false);
}

void jsonw_object_flat(struct jsonw *w, const char *key)
{
	open_level(w, key, '{', '}', true);
}

void jsonw_array_flat(struct jsonw *w, const char *key)
{
	open_level(w, key, '[', ']', true);
}

void jsonw_end(struct jsonw *w)
{
	char close = w->close[w->depth];
	bool broken = w->any[w->depth] && !w->flat[w->depth];

	BUG_ON(w->depth == 0);
	w->depth--;
	if (broken)
		new_line(w);
	fputc(close, w->f);
	if (w->depth == 0)
		fputc('\n', w->f);
}

void jsonw_strn(struct jsonw *w, const char *key, const char *s, size_t len)
{
	begin_value(w, key);
	put_string(w, s, len);
}

void jsonw_str(struct jsonw *w, const char *key, const char *s)
{
	if (s)
		jsonw_strn(w, key, s, strlen(s));
	else
		jsonw_null(w, key);
}

void jsonw_latin1(struct jsonw *w, const char *key, const char *s)
{
	begin_value(w, key);
	fputc('"', w->f);
	for (; *s; s++)
		put_cp(w, (unsigned char)*s);
	fputc('"', w->f);
}

void jsonw_uint(struct jsonw *w, const char *key, uint64_t v)
{
	begin_value(w, key);
	fprintf(w->f, "%" PRIu64, v);
}

void jsonw_int(struct jsonw *w, const char *key, int64_t v)
{
	begin_value(w, key);
	fprintf(w->f, "%" PRId64, v);
}

void jsonw_bool(struct jsonw *w, const char *key, bool v)
{
	begin_value(w, key);
	fputs(v ? "true" : "false", w->f);
}

void jsonw_null(struct jsonw *w, const char *key)
{
	begin_value(w, key);
	fputs("null", w->f);
}
