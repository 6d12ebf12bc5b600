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

static void put_link(FILE *f, const char *path, uint32_t line, uint32_t col,
		     uint32_t len, const char *message)
{
	uint32_t from = col ? col - 1 : 0;

	fputs("* TODO [[view:", f);
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

int emit_org(FILE *f, const struct report *r, struct err *err)
{
	const struct result *res = r->result;
	char *buf = NULL;
	size_t len = 0;
	FILE *m = open_memstream(&buf, &len);

	if (!m)
		return err_set(err, ERR_IO, "no memory stream");
	for (size_t i = 0; i < res->nr_sites; i++) {
		const struct result_site *s = &res->sites[i];

		rewind(m);
		text_put_site(m, s);
		text_put_mark(m, report_site_mark(r, i));
		fputc('\0', m);
		fflush(m);
		put_link(f, s->path, s->line, s->column, s->len,
			 without_brackets(buf));
	}
	for (size_t i = 0; i < res->nr_findings; i++) {
		const struct result_finding *d = &res->findings[i];

		rewind(m);
		text_put_finding(m, d);
		text_put_mark(m, report_finding_mark(r, i));
		fputc('\0', m);
		fflush(m);
		put_link(f, d->path, d->line, d->column, 1,
			 without_brackets(buf));
	}
	fclose(m);
	free(buf);
	return 0;
}
