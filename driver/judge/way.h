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

/**
 * way_done() - the same over such calls only as are surely done with the
 * constants that the caller gives (live.sure), from where no scope is open.
 * @none: out, all ways were looked at and each has a call that is not done
 */
struct way way_done(struct pass *ps, struct arena *a, struct hop at, ref_t ref,
		    uint32_t bound, bool *none);

/** way_from_waited() - likewise from code that reclaim waits for, in a scope or
 * not. @waited: ENTRY_WAITED_* */
struct way way_from_waited(struct pass *ps, struct arena *a, struct hop at,
			   uint16_t waited, uint32_t bound, bool *none);

/** way_from_scope() - the same from a function that has opened a scope of
 * @level, or of a stronger one, on all ways to the call. */
struct way way_from_scope(struct pass *ps, struct arena *a, uint32_t fn,
			  uint32_t event, enum level level, uint32_t bound);

#endif
