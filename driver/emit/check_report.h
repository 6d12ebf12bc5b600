/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What semantic patches found in a tree, in the formats of `gfpscope check`.
 */
#ifndef EMIT_CHECK_REPORT_H
#define EMIT_CHECK_REPORT_H

#include <stdio.h>

#include "base/err.h"
#include "edit/check.h"
#include "judge/result.h"

struct check_report {
	const struct check_result *result;
	const struct tree_info *tree;
	const char *spatch;		/* its version */
	const char *repo_uri;		/* where the tree comes from, "" */
};

struct check_format {
	const char *name;	/* word after --format */
	const char *file;	/* its file in the output directory */
	void (*write)(FILE *f, const struct check_report *r);
};

/** check_format_find() - the format @name; NULL: there is none. */
const struct check_format *check_format_find(const char *name);
const char *check_format_names(void);

/** check_report_write() - one format to @path ("-": stdout), complete or not
 * at all. */
int check_report_write(const struct check_format *format,
		       const struct check_report *r, const char *path,
		       struct err *err);

/* What is counted in several places. */
struct check_counts {
	uint64_t hits, diffs, failed;
	uint64_t unparsed;	/* functions, each once */
	uint64_t matter;	/* of these: with the words of a rule */
	uint64_t elsewhere;	/* unparsed code outside of functions */
};
void check_count(const struct check_result *r, struct check_counts *c);

/** check_rule_hits() - hits of one rule. */
uint64_t check_rule_hits(const struct check_result *r, uint32_t rule);

/* The formats. */
void emit_check_text(FILE *f, const struct check_report *r);
void emit_check_json(FILE *f, const struct check_report *r);
void emit_check_sarif(FILE *f, const struct check_report *r);

#endif
