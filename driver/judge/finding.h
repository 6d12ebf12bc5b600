/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Findings: critical sections without their scope, scopes that are not closed
 * on every path, locks that are scoped everywhere but here.
 */
#ifndef JUDGE_FINDING_H
#define JUDGE_FINDING_H

#include "judge/alloc.h"
#include "judge/decide.h"

/** find_missing() - sections that reclaim waits for and that allocate without
 * a scope; "unpaired-lock" when nearly all other sections of the same lock
 * have one. @vs: places with no site are the candidates. */
void find_missing(struct decision *d, const struct views *vs,
		  const struct allocs *a);

/** find_workers() - code for whose progress reclaim waits that allocates
 * without a scope. */
void find_workers(struct decision *d, const struct views *vs,
		  const struct allocs *a);

/** find_unbalanced() - functions that some path leaves inside of a scope that
 * other paths close. */
void find_unbalanced(struct decision *d);

/** findings_done() - hand all findings to the result. */
void findings_done(struct decision *d);

/** finding_add() - a new finding at @line of @fn; fill the rest. Valid until
 * the next one is added. */
struct result_finding *finding_add(struct decision *d, enum rule rule,
				   uint32_t fn, uint32_t line,
				   uint32_t column);

#endif
