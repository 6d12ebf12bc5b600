/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Ways: call chains through the contexts of one pass, as evidence.
 */
#ifndef JUDGE_WAY_H
#define JUDGE_WAY_H

#include "judge/view.h"

/** way_from_entry() - how @fn is reached at @level from an entry, or from where
 * nothing more is known. */
struct way way_from_entry(const struct pass *ps, struct arena *a, uint32_t fn,
			  uint32_t event, enum level level);

/**
 * way_from_holder() - the shortest way to @event of @fn from a function that
 * acquired @ref, below @level. nr is 0 when none is found among the nearest
 * @bound calls.
 */
struct way way_from_holder(struct pass *ps, struct arena *a, uint32_t fn,
			   uint32_t event, ref_t ref, enum level level,
			   uint32_t bound);

/** way_from_scope() - the same from a function that has opened a scope of
 * @level, or of a stronger one, on all ways to the call. */
struct way way_from_scope(struct pass *ps, struct arena *a, uint32_t fn,
			  uint32_t event, enum level level, uint32_t bound);

#endif
