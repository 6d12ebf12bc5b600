/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The control-flow graph of one function without what says nothing: empty
 * blocks that only lead on, and empty blocks that nothing leads to.
 */
#ifndef READ_CFG_TIDY_H
#define READ_CFG_TIDY_H

#include "read/builder.h"

/**
 * cfg_tidy() - tidy the last function of @b.
 * @first_block, @first_edge: where its blocks and edges begin
 *
 * Afterwards edges are sorted by their block, block 0 is still the entry, and
 * code that is never reached but has events is kept.
 */
void cfg_tidy(struct builder *b, uint32_t first_block, uint32_t first_edge);

#endif
