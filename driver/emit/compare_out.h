/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What changed between two results, written.
 */
#ifndef EMIT_COMPARE_OUT_H
#define EMIT_COMPARE_OUT_H

#include <stdio.h>

#include "emit/compare.h"

/** compare_put_text() - a head with counts, then a line for each change. */
void compare_put_text(FILE *f, const struct delta *d,
		      const struct result *before, const struct result *now);

/** compare_put_json() - see reports/schema/gfpscope-compare-1.schema.json. */
void compare_put_json(FILE *f, const struct delta *d,
		      const struct result *before, const struct result *now);

#endif
