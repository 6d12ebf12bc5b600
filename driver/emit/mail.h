/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One mail of a patch series, in the form that git am takes and git
 * format-patch makes.
 */
#ifndef EMIT_MAIL_H
#define EMIT_MAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct mail {
	const char *commit;		/* 40 hex digits, NULL: none */
	const char *from;		/* "A Person <a@example.org>" */
	int64_t date;			/* seconds since the epoch, UTC */
	const char *tag;		/* "PATCH v2", "RFC PATCH" */
	unsigned int number, total;	/* 0 of total: the cover letter */
	const char *subject;
	const char *id, *parent;	/* message ids without <>; NULL */
	const char **to, **cc;
	size_t nr_to, nr_cc;
	const char *body;		/* lines, ends with a newline */
	const char *diff;		/* NULL: none */
	const char *trailer;		/* before the signature: base-commit; NULL */
};

/** mail_write() - append the mail to @out. */
void mail_write(const struct mail *m, struct strbuf *out);

/** mail_file_name() - "v2-0001-ext4-drop-needless.patch"; @version 1: none. */
void mail_file_name(const struct mail *m, unsigned int version,
		    struct strbuf *out);

/** diffstat() - lines "path | n ++--" and the sum, as git shows them. */
void diffstat(const char *diff, struct strbuf *out);

#endif
