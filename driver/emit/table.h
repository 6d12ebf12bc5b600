/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A table of words and numbers for a terminal: columns as wide as needed.
 */
#ifndef EMIT_TABLE_H
#define EMIT_TABLE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct table {
	size_t columns;
	char **cells;		/* row by row, as they will be shown */
	size_t nr, cap;
};

void table_init(struct table *t, size_t columns);
void table_release(struct table *t);

/** table_str() - the next cell; what could act on a terminal is escaped. */
void table_str(struct table *t, const char *s);

/** table_uint() - the next cell; 0 shows as a dot. */
void table_uint(struct table *t, uint64_t n);

/** table_change() - the next cell: "+3", "-3", "." for 0. */
void table_change(struct table *t, int64_t n);

/**
 * table_put() - write all rows; the first @nr_left columns are set to the
 * left, the others to the right.
 */
void table_put(FILE *f, const struct table *t, size_t nr_left);

#endif
