/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The history: runs kept in a SQLite database, one line a run.
 *
 * Several programs may write at once; they wait for each other. No
 * write-ahead log, so that a network file system will do.
 */
#ifndef EMIT_HISTORY_H
#define EMIT_HISTORY_H

#include <stdbool.h>

#include "base/err.h"
#include "emit/trend.h"

struct history;

/**
 * history_open() - open the database at @path.
 * @write: make it when it is not there; else it is only read
 *
 * Return: 0; ERR_NOT_FOUND; ERR_IO when the directory or the disk does not let
 * us, or another program held it too long; ERR_FORMAT when it is damaged, made
 * by a newer version, or a database of something else.
 */
int history_open(struct history **out, const char *path, bool write,
		 struct err *err);
void history_close(struct history *h);	/* NULL is harmless */

/**
 * history_add() - keep @r, the whole of it or nothing.
 * @known: out: such a run is there already, nothing was added. A run is known
 *	by its tree's name, revision, paths, tool and knowledge; one of a plain
 *	directory by its sites and findings as well.
 */
int history_add(struct history *h, const struct result *r, const char *tree,
		const char *version, int64_t now, bool *known,
		struct err *err);

/**
 * history_load() - append the runs of @tree (NULL: all) to @t, sorted.
 */
int history_load(struct history *h, const char *tree, struct trend *t,
		 struct err *err);

#endif
