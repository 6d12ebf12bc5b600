/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the tree's own scripts/checkpatch.pl says of a change.
 */
#ifndef EDIT_STYLE_H
#define EDIT_STYLE_H

#include "edit/diff.h"
#include "edit/proposal.h"

struct style {
	char *script;		/* its private copy; NULL: nothing to run */
	bool no_sandbox;
};

/**
 * style_init() - copy checkpatch.pl and what it reads from the tree to @dir.
 * @read: as edit_opts.read. A tree without it is fine: nothing is checked.
 */
int style_init(struct style *s, const char *dir,
	       int (*read)(void *ctx, const char *path, struct strbuf *out,
			   struct err *err),
	       void *ctx, struct err *err);
void style_release(struct style *s);

/**
 * style_check() - is there an error or a warning that the change brings in?
 * @diff: the change; @files, @nr: what it was made from, for the way back:
 *	what is said of the old lines, too, is not held against the new ones
 * @attributes: as for diff_make()
 * @dir: existing private directory, the only one that the script may write to
 * @cpu: seconds used are added
 * @why: out: its first complaint
 *
 * Return: CHECK_OK, CHECK_FAILED; CHECK_NOT_RUN when there is no script, no
 * perl, or it came to no end.
 */
enum check_state style_check(const struct style *s, const char *dir,
			     const char *attributes,
			     const struct strbuf *diff,
			     const struct diff_file *files, size_t nr,
			     double *cpu, struct strbuf *why);

#endif
