/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The nights on disk: one directory a run below OUTPUT/runs, named by the time
 * it began, with a directory a tree in it.
 *
 *   OUTPUT/lock                  held while a run goes on
 *   OUTPUT/runs/ID/config        digest of the configuration it was begun with
 *   OUTPUT/runs/ID/TREE/         the reports, and tree.json when it was tried
 *   OUTPUT/runs/ID/done          there once everything is
 *   OUTPUT/last                  link to the newest that is done
 *
 * A run without `done` was broken off; the next one goes on with it.
 */
#ifndef EMIT_NIGHTS_H
#define EMIT_NIGHTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "emit/night_config.h"

/* A run that was broken off longer ago is left aside, in seconds. */
#define NIGHT_RESUME	(20 * 3600)

struct night_run {
	const char *id;		/* "2026-11-22T030000Z" */
	bool done;
};

enum night_state {
	NIGHT_OPEN,		/* not tried yet, or broken off */
	NIGHT_OK,
	NIGHT_PARTIAL,		/* a report, but files could not be read */
	NIGHT_FAILED,		/* no report */
	NIGHT_NR
};

/* What became of a tree in a run: its tree.json. */
struct night_status {
	uint8_t state;		/* enum night_state */
	const char *why;	/* one line, "" */
	const char *fetch;	/* why it could not be fetched, "" */
	const char *before;	/* the run it was compared with, "" none */
};

struct nights {
	struct arena arena;
	const char *output;	/* borrowed */
	struct night_run *runs;	/* oldest first */
	size_t nr, cap;
	size_t now;		/* index of the run that goes on */
	int lock;		/* descriptor, -1 */
};

/**
 * nights_open() - make @output if need be, lock it, look what is there.
 * @n: need not be initialised; nights_close() it in every case
 *
 * Return: 0; ERR_FAILED when another run holds it; ERR_IO.
 */
int nights_open(struct nights *n, const char *output, struct err *err);
void nights_close(struct nights *n);

/**
 * nights_begin() - go on with the newest run if it was broken off not long ago
 * and begun with configuration @digest, else begin one.
 * @now: seconds since the epoch
 */
int nights_begin(struct nights *n, const char *digest, int64_t now,
		 bool *resumed, struct err *err);

/** nights_path() - of @file (may be "") in directory @dir of run @i. */
const char *nights_path(struct nights *n, size_t i, const char *dir,
			const char *file);

/** nights_status() - what became of the tree with directory @dir in run @i;
 * whatever is missing or damaged there is NIGHT_OPEN. */
struct night_status nights_status(struct nights *n, size_t i, const char *dir);
int nights_set_status(struct nights *n, const char *dir,
		      const struct night_status *s, struct err *err);

/**
 * nights_last_good() - the newest run before the present one that is done and
 * has a report of the tree @dir. Return: its index, -1 for none.
 * @older: only runs before that index; SIZE_MAX: any
 */
long nights_last_good(struct nights *n, const char *dir, size_t older);

/** nights_finish() - all is written: mark the run as done, move the link. */
int nights_finish(struct nights *n, struct err *err);

/**
 * nights_rotate() - remove all done runs but the newest @c->keep, those that
 * hold the last good report of one of its trees, and what was broken off
 * before the present run. @removed: out, how many
 */
int nights_rotate(struct nights *n, const struct night_config *c,
		  size_t *removed, struct err *err);

#endif
