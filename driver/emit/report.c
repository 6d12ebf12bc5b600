// SPDX-License-Identifier: GPL-2.0-only
/*
 * The table of report formats, and the names that several of them share.
 */
#include "emit/report.h"

#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

static const struct report_format formats[] = {
	{ "json", "report.json", emit_json },
	{ "sarif", "report.sarif", emit_sarif },
	{ "html", "report.html", emit_html },
	{ "text", "report.txt", emit_text },
	{ "org", "report.org", emit_org },
	{ "summary", "summary.txt", emit_summary },
};

const struct report_format *report_format_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(formats); i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	return NULL;
}

const char *report_format_names(void)
{
	return "json, sarif, html, text, org, summary";
}

int report_write(const struct report_format *format, const struct report *r,
		 const char *path, struct err *err)
{
	struct outfile o;
	int rc = outfile_open(&o, path, err);

	if (rc)
		return rc;
	/* One thread writes: no lock for each of millions of characters. */
	__fsetlocking(o.f, FSETLOCKING_BYCALLER);
	rc = format->write(o.f, r, err);
	if (rc) {
		outfile_abort(&o);
		return rc;
	}
	return outfile_commit(&o, err);
}

struct report_link {
	const char *site;	/* id */
	const struct proposal *proposal;
};

static int cmp_links(const void *va, const void *vb)
{
	const struct report_link *a = va, *b = vb;
	int c = strcmp(a->site, b->site);

	return c ? c : strcmp(a->proposal->id, b->proposal->id);
}

void report_init(struct report *r, const struct result *result,
		 const struct proposals *proposals)
{
	size_t nr = 0;

	memset(r, 0, sizeof(*r));
	r->result = result;
	r->proposals = proposals;
	r->spatch = "";
	r->repo_uri = "";
	if (!proposals)
		return;
	for (size_t i = 0; i < proposals->nr; i++)
		nr += proposals->v[i].nr_sites;
	r->links = xcalloc(nr ? nr : 1, sizeof(*r->links));
	for (size_t i = 0; i < proposals->nr; i++) {
		const struct proposal *p = &proposals->v[i];

		for (size_t j = 0; j < p->nr_sites; j++)
			r->links[r->nr_links++] =
				(struct report_link){ p->sites[j]->id, p };
	}
	qsort(r->links, r->nr_links, sizeof(*r->links), cmp_links);
}

void report_release(struct report *r)
{
	free(r->links);
	memset(r, 0, sizeof(*r));
}

const struct proposal *proposal_of(const struct report *r,
				   const struct result_site *site)
{
	size_t low = 0, high = r->nr_links;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (strcmp(r->links[mid].site, site->id) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == r->nr_links || strcmp(r->links[low].site, site->id) != 0)
		return NULL;
	return r->links[low].proposal;
}

static const struct mark no_mark;

const struct mark *report_site_mark(const struct report *r, size_t i)
{
	return r->marks ? &r->marks->sites[i] : &no_mark;
}

const struct mark *report_finding_mark(const struct report *r, size_t i)
{
	return r->marks ? &r->marks->findings[i] : &no_mark;
}

const char *restriction_name(unsigned int restriction)
{
	return restriction == RESTRICT_NOIO ? "noio" : "nofs";
}

int restriction_parse(const char *s)
{
	if (strcmp(s, "nofs") == 0)
		return RESTRICT_NOFS;
	return strcmp(s, "noio") == 0 ? RESTRICT_NOIO : -1;
}

const char *token_role_name(enum token_role role)
{
	static const char *const names[TOKEN_NR_ROLES] = {
		[TOKEN_SITE] = "site",
		[TOKEN_TEST] = "test",
		[TOKEN_DEFINITION] = "definition",
		[TOKEN_TABLE] = "table",
		[TOKEN_DROPPED] = "dropped",
		[TOKEN_DIRECTIVE] = "directive",
		[TOKEN_GRANT] = "grant",
		[TOKEN_UNREAD] = "unread",
	};

	BUG_ON((unsigned int)role >= TOKEN_NR_ROLES);
	return names[role];
}

const char *note_kind_name(enum note_kind kind)
{
	static const char *const names[NOTE_NR_KINDS] = {
		[NOTE_UNBALANCED_IF] = "unbalanced-if",
		[NOTE_BROKEN_FUNC] = "broken-function",
		[NOTE_LIMIT] = "limit",
		[NOTE_UNTERMINATED] = "unterminated",
		[NOTE_BINARY] = "binary",
		[NOTE_ODD] = "odd",
	};

	BUG_ON((unsigned int)kind >= NOTE_NR_KINDS);
	return names[kind];
}
