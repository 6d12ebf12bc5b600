/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What comes after a release: in "if (!own) lock; .. if (!own) unlock;" the
 * data flow, which does not compare conditions, has the lock still held behind.
 */
#ifndef JUDGE_AFTER_H
#define JUDGE_AFTER_H

#include "judge/summary.h"

/** after_release() - is @event of @fn reached from a place where @fn lets go of
 * @ref, with no place between at which it takes that? */
bool after_release(struct summaries *s, uint32_t fn, ref_t ref,
		   uint32_t event);

#endif
