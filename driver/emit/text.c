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

/* Nothing that a person said or that a baseline knew is silent here. */
void text_put_mark(FILE *f, const struct mark *m)
{
	if (m->delta != DELTA_NONE)
		fprintf(f, " (%s)", delta_name(m->delta));
	if (m->suppressed) {
		fputs(" (suppressed: ", f);
		text_put(f, m->suppressed->reason);
		fputc(')', f);
	}
	if (m->decision) {
		fprintf(f, " (decided: %s", decision_name(m->decision->kind));
		if (m->decision->why[0]) {
			fputs(", ", f);
			text_put(f, m->decision->why);
		}
		fputc(')', f);
	}
}

static void emit_site(FILE *f, const struct result_site *s,
		      const struct mark *m)
{
	put_place(f, s->path, s->line, s->column);
	text_put_site(f, s);
	text_put_mark(f, m);
	fputc('\n', f);
}

static void emit_finding(FILE *f, const struct result_finding *d,
			 const struct mark *m)
{
	put_place(f, d->path, d->line, d->column);
	text_put_finding(f, d);
	text_put_mark(f, m);
	fputc('\n', f);
}

static void emit_gone(FILE *f, const struct delta *d)
{
	for (size_t i = 0; i < d->nr_sites; i++)
		if (d->sites[i].kind == DELTA_GONE)
			emit_site(f, d->sites[i].before,
				  &(struct mark){ .delta = DELTA_GONE });
	for (size_t i = 0; i < d->nr_findings; i++)
		if (d->findings[i].kind == DELTA_GONE)
			emit_finding(f, d->findings[i].before,
				     &(struct mark){ .delta = DELTA_GONE });
}

int emit_text(FILE *f, const struct report *r, struct err *err)
{
	const struct result *res = r->result;

	for (size_t i = 0; i < res->nr_sites; i++)
		emit_site(f, &res->sites[i], report_site_mark(r, i));
	for (size_t i = 0; i < res->nr_findings; i++)
		emit_finding(f, &res->findings[i], report_finding_mark(r, i));
	if (r->marks && r->marks->delta)
		emit_gone(f, r->marks->delta);
	return 0;
}
