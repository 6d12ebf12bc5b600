/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tokens as text.
 */
#ifndef READ_DUMP_TOKENS_H
#define READ_DUMP_TOKENS_H

#include "base/str.h"
#include "read/lex.h"

/** dump_tokens() - "LINE: token token .." for each line that has some; then
 * the same for every #define. */
void dump_tokens(const struct source *src, const struct strtab *strings,
		 struct strbuf *out);

#endif
