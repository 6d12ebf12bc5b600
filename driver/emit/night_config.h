/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The nightly's configuration: which trees, what is written where.
 *
 *   {"schema": "gfpscope-nightly/1",
 *    "output": "/var/lib/gfpscope",
 *    "keep": 14, "formats": ["json", "text", "html"],
 *    "repositories": [
 *      {"name": "mainline", "path": "/srv/git/linux.git", "fetch": "origin",
 *       "branches": ["master"], "dirs": ["fs", "drivers/md"]}]}
 *
 * All keys are described in reports/nightly/README.md. A key that is not
 * known is an error: a wrong letter must not switch something off silently.
 */
#ifndef EMIT_NIGHT_CONFIG_H
#define EMIT_NIGHT_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct night_words {
	const char **v;
	size_t nr;
};

/* One revision that is audited every night. */
struct night_tree {
	const char *name;	/* "mainline/master", as people know it */
	const char *dir;	/* the same as a path below a run's directory */
	const char *repo;	/* path of the repository */
	const char *rev;	/* branch, tag or other revision */
	const char *fetch;	/* remote to fetch from first, "": none */
	const char *uri;	/* where the repository comes from, "" */
	struct night_words dirs;	/* reported ones; none: all */
	struct night_words suppress;	/* files */
	const char *decisions;		/* file, "": none */
};

struct night_config {
	struct arena arena;
	const char *output;	/* directory */
	unsigned int keep;	/* finished runs, at least 1 */
	const char *formats;	/* "json,text"; json is always in it */
	const char *from;	/* of the mails, "": left to the sender */
	const char *cache_dir;	/* "": the user's */
	bool propose;		/* make proposals, by spatch */
	unsigned int jobs;	/* threads, 0: one per CPU */
	unsigned int timeout;	/* seconds for one tree */
	struct night_words rules;	/* directories with more knowledge */
	struct night_words lists;	/* mails for these only; none: for all */
	uint8_t confidence;	/* what mails are drafted for, or more */
	struct night_tree *trees;	/* in the order of the file */
	size_t nr_trees;
	char digest[17];	/* of the file's bytes */
};

/**
 * night_config_read() - load and check the file @path.
 * @c: need not be initialised; night_config_release() it in every case
 *
 * Relative paths in it are relative to its directory. Return: 0,
 * ERR_NOT_FOUND, ERR_IO, ERR_FORMAT (the message names the place).
 */
int night_config_read(struct night_config *c, const char *path,
		      struct err *err);
void night_config_release(struct night_config *c);

#endif
