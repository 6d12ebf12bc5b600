/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Run Coccinelle over one text, shut in and bounded.
 */
#ifndef EDIT_SPATCH_H
#define EDIT_SPATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

struct spatch {
	const char *program;		/* NULL: "spatch" from PATH */
	const char *rules;		/* absolute path of the .cocci file */
	const char *dir;		/* existing private directory; a file of
					 * each run is made and removed there */
	unsigned int wall_seconds;	/* 0: 120 */
	size_t memory_bytes;		/* 0: 2 GiB */
	bool no_sandbox;
};

/**
 * spatch_run() - apply the rules to @in.
 * @name: what the file is to be called, without directories ("inode.c")
 * @out: what Coccinelle made of it is appended
 * @cpu: seconds used are added, NULL
 *
 * Return: 0, also when no rule matched; ERR_NOT_FOUND without Coccinelle;
 * ERR_LIMIT, ERR_FAILED, ERR_IO. Context: one thread per directory.
 */
int spatch_run(const struct spatch *s, const char *name,
	       const struct strbuf *in, struct strbuf *out, double *cpu,
	       struct err *err);

/**
 * spatch_version() - its version ("1.1.1") into @out.
 *
 * Return: 0; ERR_NOT_FOUND without it; ERR_FAILED when it is older than the
 * semantic patches need (1.1.0).
 */
int spatch_version(const char *program, struct strbuf *out, struct err *err);

#endif
