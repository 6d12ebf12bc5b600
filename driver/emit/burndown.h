/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A burndown: what is left in each directory, run after run.
 */
#ifndef EMIT_BURNDOWN_H
#define EMIT_BURNDOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "emit/trend.h"

/* What is counted; after these, each verdict and each rule by its own. */
enum measure {
	MEASURE_ALL,		/* restricted sites */
	MEASURE_OPEN,		/* those whose verdict asks for a change */
	MEASURE_FINDINGS,
	MEASURE_VERDICTS,
	MEASURE_RULES = MEASURE_VERDICTS + VERDICT_NR,
	MEASURE_NR = MEASURE_RULES + RULE_NR
};

/** measure_name() - "all", "open", "findings", "redundant", .. */
const char *measure_name(int measure);
int measure_parse(const char *s);	/* -1: no such word */

struct burndown_row {
	const char *dir;	/* borrowed from the trend */
	uint64_t *n;		/* one for each run */
};

struct burndown {
	const struct trend *trend;
	int measure;
	struct burndown_row *rows;	/* most left in the last run first */
	size_t nr;
	uint64_t *totals;		/* one for each run */
	size_t *columns;		/* the runs that tables show */
	size_t nr_columns;
	struct arena arena;
};

/**
 * burndown_make() - count @measure over the runs of @t, which is borrowed.
 * @columns: at most so many runs in tables, spread evenly, with the first and
 *	the last; 0: all
 *
 * Directories that never had any are left out.
 */
void burndown_make(struct burndown *b, const struct trend *t, int measure,
		   size_t columns);
void burndown_release(struct burndown *b);

/** burndown_changed() - was run @i, which is not the first, made by another
 * tool or knowledge than the one before? Then its numbers may tell so. */
bool burndown_changed(const struct burndown *b, size_t i);

/* A table for a terminal; a page that needs nothing else, without scripts. */
void burndown_text(FILE *f, const struct burndown *b);
void burndown_html(FILE *f, const struct burndown *b);

#endif
