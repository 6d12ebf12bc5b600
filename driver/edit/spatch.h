/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Run Coccinelle over one text, shut in and bounded.
 */
#ifndef EDIT_SPATCH_H
#define EDIT_SPATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/proc.h"
#include "base/str.h"

#define SPATCH_WORDS	96	/* of one command line, at most */

struct spatch {
	const char *program;		/* NULL: "spatch" from PATH */
	const char *rules;		/* absolute path of the .cocci file */
	const char *dir;		/* existing private directory; a file of
					 * each run is made and removed there */
	unsigned int wall_seconds;	/* 0: 120 */
	size_t memory_bytes;		/* 0: 2 GiB */
	size_t output_bytes;		/* of each stream, 0: 1 MiB */
	bool no_sandbox;
};

/**
 * spatch_exec() - run it in @s->dir with these words (NULL terminated) and
 * nothing else: a clean home, a clean environment, the limits, the cage.
 *
 * Return: as proc_run(); @r must be released in every case. s->rules is not
 * looked at. Context: any thread.
 */
int spatch_exec(const struct spatch *s, const char *const *words,
		struct proc_result *r, struct err *err);

/** spatch_failed() - ERR_FAILED with the first line about its trouble. */
int spatch_failed(const struct proc_result *r, struct err *err);

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
 * spatch_python() - the Python that Coccinelle would use, into @out: what PATH
 * has may be a script that looks for one, and be run anew at every start.
 *
 * Return: true; false when there is none or it does not tell.
 */
bool spatch_python(const struct spatch *s, struct strbuf *out);

/**
 * spatch_any_python() - the first python3 of PATH that is a program, into
 * @out: for scripts that want nothing of it but the language. A script of that
 * name, which chooses a Python, takes longer than most rules.
 *
 * Return: true; false when there is none.
 */
bool spatch_any_python(struct strbuf *out);

/**
 * spatch_version() - its version ("1.1.1") into @out.
 *
 * Return: 0; ERR_NOT_FOUND without it; ERR_FAILED when it is older than the
 * semantic patches need (1.1.0).
 */
int spatch_version(const char *program, struct strbuf *out, struct err *err);

#endif
