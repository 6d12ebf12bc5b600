/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One tree of a night: fetched, audited in a process of its own, its state
 * noted. A tree that fails, hangs or crashes is that tree's trouble only.
 */
#ifndef CMD_NIGHT_AUDIT_H
#define CMD_NIGHT_AUDIT_H

#include "base/err.h"
#include "emit/nights.h"

/* What is remembered from tree to tree. */
struct night_fetches {
	const char *repo, *remote;	/* fetched last, NULL: nothing yet */
	char *why;			/* why that failed, NULL: it did not */
};

/**
 * night_audit() - audit tree @t into the present run of @n.
 *
 * Return: 0 also when the tree failed, which its state tells; a negative code
 * when the night's directory cannot be written.
 */
int night_audit(struct nights *n, const struct night_config *c,
		const struct night_tree *t, struct night_fetches *fetches,
		struct err *err);

#endif
