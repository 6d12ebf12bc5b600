/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pieces of plain text that text, org and the terminal have in common.
 */
#ifndef EMIT_TEXT_H
#define EMIT_TEXT_H

#include <stdio.h>

#include "emit/marks.h"
#include "judge/result.h"

/** text_put() - write @s; control bytes, bidirectional overrides and bytes
 * that are not UTF-8 become \xNN, so that no source can act on a terminal. */
void text_put(FILE *f, const char *s);

/** text_put_site() - "verdict: mask for callee, function(): reason [..]". */
void text_put_site(FILE *f, const struct result_site *s);
void text_put_finding(FILE *f, const struct result_finding *d);

/** text_put_mark() - " (new) (suppressed: why) (decided: reject, why)". */
void text_put_mark(FILE *f, const struct mark *m);

#endif
