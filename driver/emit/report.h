/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What every report format is made from, and the table of formats.
 */
#ifndef EMIT_REPORT_H
#define EMIT_REPORT_H

#include <stdio.h>

#include "base/err.h"
#include "edit/proposal.h"
#include "emit/marks.h"
#include "emit/trend.h"
#include "judge/result.h"

struct report_link;

struct report {
	const struct result *result;		/* sorted */
	const struct proposals *proposals;	/* NULL: none were made */
	const struct marks *marks;		/* NULL: none */
	const char *spatch;			/* its version, "" unknown */
	const char *data;	/* has reports/html; NULL: no page source */
	const struct trend *trend;	/* past runs and this; NULL: none */
	const char *repo_uri;	/* where the tree comes from, "" unknown */
	struct report_link *links;		/* owned: site to proposal */
	size_t nr_links;
};

/**
 * report_init() - tie @result and @proposals (may be NULL) together.
 *
 * Both are borrowed and must not change until report_release().
 */
void report_init(struct report *r, const struct result *result,
		 const struct proposals *proposals);
void report_release(struct report *r);

struct report_format {
	const char *name;	/* word after --format */
	const char *file;	/* its file in the output directory */
	int (*write)(FILE *f, const struct report *r, struct err *err);
};

/** report_format_find() - the format @name, NULL when there is none. */
const struct report_format *report_format_find(const char *name);

/** report_format_names() - all names, "json, text, ..", for messages. */
const char *report_format_names(void);

/**
 * report_write() - write one format to @path ("-": stdout), complete or not
 * at all.
 */
int report_write(const struct report_format *format, const struct report *r,
		 const char *path, struct err *err);

/*
 * The formats. Return: 0, or a code when something that the format needs is
 * not there; write errors show when the file is closed.
 */
int emit_json(FILE *f, const struct report *r, struct err *err);
int emit_html(FILE *f, const struct report *r, struct err *err);
int emit_sarif(FILE *f, const struct report *r, struct err *err);
int emit_text(FILE *f, const struct report *r, struct err *err);
int emit_org(FILE *f, const struct report *r, struct err *err);
int emit_summary(FILE *f, const struct report *r, struct err *err);

/** proposal_of() - the proposal that covers @site, NULL when none does. */
const struct proposal *proposal_of(const struct report *r,
				   const struct result_site *site);

/** report_site_mark() - the mark of site @i, never NULL. */
const struct mark *report_site_mark(const struct report *r, size_t i);
const struct mark *report_finding_mark(const struct report *r, size_t i);

/* Names in reports of enums that are not judge's. */
const char *restriction_name(unsigned int restriction);
int restriction_parse(const char *s);
const char *token_role_name(enum token_role role);
const char *note_kind_name(enum note_kind kind);

#endif
