/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A JSON report without its chains: nine tenths of the report of a whole
 * kernel are evidence, and who only compares ids does not want it.
 */
#ifndef EMIT_SKIM_H
#define EMIT_SKIM_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Longer than the keys that are looked for, with their quotes. */
#define SKIM_KEY	12

/* Where in the text we are; all 0 at its beginning. */
struct skim {
	uint8_t state;
	int depth;		/* open brackets */
	int inner;		/* of them, within the array left out */
	char key[SKIM_KEY];	/* the string that was read last, its head */
	size_t key_len;		/* all of it, in bytes */
};

/**
 * skim_chains() - append the next @len bytes of a report's JSON to @out, with
 * an empty array for the value of each "evidence" and "reclaim" of a site or
 * finding. The text may come in pieces, cut anywhere.
 *
 * Whatever is no JSON stays such that it is refused later on, but what stands
 * in those arrays is not looked at beyond its brackets.
 */
void skim_chains(struct skim *s, const char *text, size_t len,
		 struct strbuf *out);

#endif
