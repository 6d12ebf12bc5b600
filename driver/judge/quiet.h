/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Quiet file systems: those in which no allocation needs a restriction,
 * wherever it is.
 */
#ifndef JUDGE_QUIET_H
#define JUDGE_QUIET_H

#include "judge/context.h"

/**
 * quiet_candidate() - is nothing that reclaim waits for ever taken by code of
 * the component @comp, a leaf that is no block device and writes nothing back?
 *
 * Locks of objects that reclaim handles only when unused do not count.
 */
bool quiet_candidate(const struct contexts *c, uint32_t comp);

/** quiet_colour() - after the pass of a candidate that looks at all of its
 * code: do its callers hold nothing either? What is not known of them
 * counts. */
bool quiet_colour(const struct pass *ps);

#endif
