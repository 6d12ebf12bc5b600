/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Roots: what many missing scopes have in common.
 */
#ifndef JUDGE_ROOT_H
#define JUDGE_ROOT_H

#include "judge/finding.h"
#include "judge/rank.h"

/** find_roots() - one finding, besides those of the sections in @list, at the
 * helper that takes the lock for many of them, and one at the helper that
 * allocates in many of them. */
void find_roots(struct decision *d, const struct views *vs,
		struct candidate *list, size_t nr);

/** finding_tell() - confidence and chains of @f as those of @c. */
void finding_tell(struct decision *d, const struct views *vs,
		  struct candidate *c, struct result_finding *f);

#endif
