/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A report on disk, back as the result it was made from.
 */
#ifndef EMIT_READ_REPORT_H
#define EMIT_READ_REPORT_H

#include <stdbool.h>

#include "base/err.h"
#include "edit/proposal.h"
#include "judge/result.h"

struct report_file {
	struct result result;		/* in the order of the file */
	struct proposals proposals;
	const char *version, *spatch;	/* of the tool then; result's arena */
	bool marked;	/* it also said what a baseline, suppressions or
			 * decisions made of its sites; not loaded */
};

void report_file_init(struct report_file *r);
void report_file_release(struct report_file *r);

/**
 * report_file_read() - load the JSON report at @path.
 * @r: initialised and empty
 *
 * What the report does not carry is absent: offset, len, how and form of
 * sites, the points of a section. The file may be hostile: all is checked.
 * Return: 0, ERR_NOT_FOUND, ERR_IO, ERR_FORMAT (the message names the place).
 */
int report_file_read(const char *path, struct report_file *r,
		     struct err *err);

/** report_file_skim() - the same without the chains: sites and findings have
 * none. For who only wants to know them again. */
int report_file_skim(const char *path, struct report_file *r,
		     struct err *err);

/** report_file_parse() - the same from the @len bytes at @text; @name is for
 * messages. */
int report_file_parse(const char *name, const char *text, size_t len,
		      struct report_file *r, struct err *err);

/** report_file_parse_whole() - the same without cutting the text into parts,
 * for what cannot be, and to hold one way against the other. */
int report_file_parse_whole(const char *name, const char *text, size_t len,
			    struct report_file *r, struct err *err);

#endif
