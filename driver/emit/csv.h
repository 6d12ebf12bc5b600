/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rows of comma-separated values as RFC 4180 has them, with LF line ends.
 */
#ifndef EMIT_CSV_H
#define EMIT_CSV_H

#include <stdint.h>
#include <stdio.h>

/**
 * csv_str() - one field, without a separator.
 *
 * What a spreadsheet would take for a formula (= + - @ at the front) gets a
 * ' before it; names in a source tree are not ours.
 */
void csv_str(FILE *f, const char *s);

/** csv_uint() - a separator and a number. */
void csv_uint(FILE *f, uint64_t n);

#endif
