/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A few mask words for fuzz targets, in place of the knowledge's.
 */
#ifndef FUZZ_WORDS_H
#define FUZZ_WORDS_H

#include "read/facts.h"

static const struct mask_word fuzz_words[] = {
	{ "GFP_KERNEL", MASK_FS | MASK_IO | MASK_RECLAIM, RESTRICT_NONE, 0 },
	{ "GFP_NOFS", MASK_IO | MASK_RECLAIM, RESTRICT_NOFS, 0 },
	{ "GFP_NOIO", MASK_RECLAIM, RESTRICT_NOIO, 0 },
	{ "__GFP_FS", MASK_FS, RESTRICT_NONE, 1 },
	{ "__GFP_IO", MASK_IO, RESTRICT_NONE, 1 },
};

#endif
