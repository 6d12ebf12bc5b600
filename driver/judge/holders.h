/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Holders: which calls are made by a function while it holds a ref that it
 * took itself.
 */
#ifndef JUDGE_HOLDERS_H
#define JUDGE_HOLDERS_H

#include "judge/reclaim.h"

/** holders_list() - fill in @r's holders from its points. */
void holders_list(struct reclaim *r);

/** holders_of() - the calls made by functions that took @ref. */
const struct holder *holders_of(const struct reclaim *r, ref_t ref,
				     uint32_t *nr);

#endif
