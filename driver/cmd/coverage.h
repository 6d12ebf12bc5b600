/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What was read and what was not, added up over all files.
 */
#ifndef CMD_COVERAGE_H
#define CMD_COVERAGE_H

#include "judge/result.h"
#include "read/facts.h"

struct coverage_maker {
	struct result *result;
	struct result_gap *gaps;	/* those that are new */
	size_t nr, cap;
};

/** coverage_start() - count into @r's coverage; sites are those it has. */
void coverage_start(struct coverage_maker *m, struct result *r);

/** coverage_file() - add one file: its counts, and a gap for each note. */
void coverage_file(struct coverage_maker *m, const char *path, uint64_t size,
		   const struct facts *f);

/** coverage_gap() - add one gap; the strings are copied. */
void coverage_gap(struct coverage_maker *m, const char *path, uint32_t line,
		  const char *function, const char *what, const char *text);

/** coverage_finish() - move the gaps into the result. */
void coverage_finish(struct coverage_maker *m);

#endif
