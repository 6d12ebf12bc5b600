// SPDX-License-Identifier: GPL-2.0-only
/*
 * The report as lines, one a site or finding, in the form that coccicheck's
 * report mode prints: `path:line:column: message`.
 *
 * Bytes that could act on a terminal are written as \xNN.
 */
#include "emit/report.h"

#include <string.h>

#include "emit/text.h"
#include "emit/utf8.h"

void text_put(FILE *f, const char *s)
{
	size_t len = strlen(s), i = 0;

	while (i < len) {
		uint32_t cp;
		size_t n = utf8_next(s + i, len - i, &cp);
		bool control = cp < 0x20 || (cp >= 0x7f && cp < 0xa0) ||
			       (cp >= 0x200e && cp <= 0x200f) ||
			       (cp >= 0x202a && cp <= 0x202e) ||
			       (cp >= 0x2066 && cp <= 0x2069);

		if (control || (n == 1 && cp == UTF8_BAD))
			for (size_t j = 0; j < n; j++)
				fprintf(f, "\\x%02x",
					(unsigned int)(unsigned char)s[i + j]);
		else
			fwrite(s + i, 1, n, f);
		i += n;
	}
}

static void put_place(FILE *f, const char *path, uint32_t line, uint32_t col)
{
	text_put(f, path);
	fprintf(f, ":%u:%u: ", (unsigned int)line, (unsigned int)col);
}

void text_put_site(FILE *f, const struct result_site *s)
{
	fprintf(f, "%s: ", verdict_name(s->verdict));
	text_put(f, s->mask);
	if (s->callee[0]) {
		fputs(" for ", f);
		text_put(f, s->callee);
	}
	if (s->function[0]) {
		fputs(", ", f);
		text_put(f, s->function);
		fputs("()", f);
	}
	fputs(": ", f);
	text_put(f, s->reason);
	fprintf(f, " [%s, %s]", confidence_name(s->confidence), s->id);
}

void text_put_finding(FILE *f, const struct result_finding *d)
{
	fprintf(f, "%s: ", rule_name(d->rule));
	if (d->function[0]) {
		text_put(f, d->function);
		fputs("(): ", f);
	}
	text_put(f, d->message);
	fprintf(f, " [%s, %s]", confidence_name(d->confidence), d->id);
}

static void emit_site(FILE *f, const struct result_site *s)
{
	put_place(f, s->path, s->line, s->column);
	text_put_site(f, s);
	fputc('\n', f);
}

static void emit_finding(FILE *f, const struct result_finding *d)
{
	put_place(f, d->path, d->line, d->column);
	text_put_finding(f, d);
	fputc('\n', f);
}

void emit_text(FILE *f, const struct report *r)
{
	const struct result *res = r->result;

	for (size_t i = 0; i < res->nr_sites; i++)
		emit_site(f, &res->sites[i]);
	for (size_t i = 0; i < res->nr_findings; i++)
		emit_finding(f, &res->findings[i]);
}
