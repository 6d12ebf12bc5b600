/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A JSON report without its chains: nine tenths of the report of a whole
 * kernel are evidence, and who only compares ids does not want it.
 */
#ifndef EMIT_SKIM_H
#define EMIT_SKIM_H

#include <stddef.h>

#include "base/str.h"

/**
 * skim_chains() - append the JSON at @text to @out, with an empty array for
 * the value of each "evidence" and "reclaim" of a site or finding.
 * @len: bytes at @text
 *
 * Whatever is no JSON stays such that it is refused later on, but what stands
 * in those arrays is not looked at beyond its brackets.
 */
void skim_chains(const char *text, size_t len, struct strbuf *out);

#endif
