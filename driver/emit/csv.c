// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fields of comma-separated values. In: any bytes. Out: one field that is read
 * back as the same text, formulas excepted.
 */
#include "emit/csv.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

void csv_str(FILE *f, const char *s)
{
	bool quote = strpbrk(s, ",\"\r\n") != NULL;

	if (quote)
		fputc('"', f);
	if (strchr("=+-@\t\r", *s) && *s)
		fputc('\'', f);
	for (; *s; s++) {
		if (*s == '"')
			fputc('"', f);
		fputc(*s, f);
	}
	if (quote)
		fputc('"', f);
}

void csv_uint(FILE *f, uint64_t n)
{
	fprintf(f, ",%" PRIu64, n);
}
