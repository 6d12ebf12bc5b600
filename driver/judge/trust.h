/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Trust: how sure it is that a site needs the scope that is proposed for it,
 * and that a comment which tells the reason is true.
 */
#ifndef JUDGE_TRUST_H
#define JUDGE_TRUST_H

#include "judge/decide.h"

/**
 * trust_scope() - the confidence of a scope for the site that @v saw.
 * @at: what is held in the section, and where reclaim waits for it
 * @s: the section, of function @fn
 *
 * High: the section is all that makes the site unsafe, and the chain is short.
 * Low: a reader would have to believe a part of it.
 */
enum confidence trust_scope(struct decision *d, const struct view *v,
			    const struct hazard *at, const struct section *s,
			    uint32_t fn);

#endif
