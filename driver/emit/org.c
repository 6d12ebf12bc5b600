// SPDX-License-Identifier: GPL-2.0-only
/*
 * The report as an Emacs Org list with the links that coccicheck's org mode
 * makes. Columns are 0-based there. Brackets in texts become parentheses,
 * which is what Coccinelle does too: they would end the link.
 */
#include "emit/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "emit/text.h"

/* A bracket in a path would end the link too. */
static void put_path(FILE *f, const char *path)
{
	while (*path) {
		char part[256];
		size_t len = strcspn(path, "[]");

		if (len >= sizeof(part))
			len = sizeof(part) - 1;
		memcpy(part, path, len);
		part[len] = '\0';
		text_put(f, part);
		path += len;
		if (*path == '[' || *path == ']')
			fprintf(f, "\\x%02x", (unsigned int)*path++);
	}
}

/* A link to @len characters at a place. What is gone is done. */
static void put_link(FILE *f, const char *path, uint32_t line, uint32_t col,
		     uint32_t len, const struct mark *mark,
		     const char *message)
{
	uint32_t from = col ? col - 1 : 0;

	fprintf(f, "* %s [[view:",
		mark->delta == DELTA_GONE ? "DONE" : "TODO");
	put_path(f, path);
	fprintf(f, "::face=ovl-face1::linb=%u::colb=%u::cole=%u][",
		(unsigned int)line, (unsigned int)from,
		(unsigned int)(from + len));
	fputs(message, f);
	fputs("]]\n", f);
}

static char *without_brackets(char *s)
{
	for (char *p = s; *p; p++)
		*p = (char)(*p == '[' ? '(' : *p == ']' ? ')' : *p);
	return s;
}

/* A message is made here first, for its brackets. */
struct message {
	FILE *f;
	char *buf;
	size_t len;
};

static char *finish(struct message *m, const struct mark *mark)
{
	text_put_mark(m->f, mark);
	fputc('\0', m->f);
	fflush(m->f);
	return without_brackets(m->buf);
}

static void put_site(FILE *f, struct message *m, const struct result_site *s,
		     const struct mark *mark)
{
	rewind(m->f);
	text_put_site(m->f, s);
	put_link(f, s->path, s->line, s->column, s->len, mark,
		 finish(m, mark));
}

static void put_finding(FILE *f, struct message *m,
			const struct result_finding *d,
			const struct mark *mark)
{
	rewind(m->f);
	text_put_finding(m->f, d);
	put_link(f, d->path, d->line, d->column, 1, mark, finish(m, mark));
}

static void put_gone(FILE *f, struct message *m, const struct delta *d)
{
	const struct mark gone = { .delta = DELTA_GONE };

	for (size_t i = 0; i < d->nr_sites; i++)
		if (d->sites[i].kind == DELTA_GONE)
			put_site(f, m, d->sites[i].before, &gone);
	for (size_t i = 0; i < d->nr_findings; i++)
		if (d->findings[i].kind == DELTA_GONE)
			put_finding(f, m, d->findings[i].before, &gone);
}

int emit_org(FILE *f, const struct report *r, struct err *err)
{
	const struct result *res = r->result;
	struct message m = { NULL, NULL, 0 };

	m.f = open_memstream(&m.buf, &m.len);
	if (!m.f)
		return err_set(err, ERR_IO, "no memory stream");
	for (size_t i = 0; i < res->nr_sites; i++)
		put_site(f, &m, &res->sites[i], report_site_mark(r, i));
	for (size_t i = 0; i < res->nr_findings; i++)
		put_finding(f, &m, &res->findings[i],
			    report_finding_mark(r, i));
	if (r->marks && r->marks->delta)
		put_gone(f, &m, r->marks->delta);
	fclose(m.f);
	free(m.buf);
	return 0;
}
