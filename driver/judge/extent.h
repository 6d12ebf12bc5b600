/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a critical section lies in its function's flow graph.
 */
#ifndef JUDGE_EXTENT_H
#define JUDGE_EXTENT_H

#include "judge/result.h"

/* Of calls that a scope may hold though its section cannot be open there:
 * behind where it is opened first, and in all of the function. More is no scope
 * of that section any more. */
enum { EXTENT_IDLE = 2, EXTENT_IDLE_WHOLE = 8 };

/**
 * extent_pairs() - is @s, a section of @fn, open on all ways or on none where
 * it is opened, closed and left? An acquire that may fail counts as done.
 */
bool extent_pairs(const struct facts *facts, const struct func *fn,
		  const struct section *s);

/** extent_holds() - is @s open at @event of @fn, whichever way that is reached?
 * Conditions on which both an acquire and its release depend are not known to
 * be one. */
bool extent_holds(const struct facts *facts, const struct func *fn,
		  const struct section *s, uint32_t event);

/** extent_misses() - is @event of @fn reached, and never with @s open? A release
 * there is that of another section. */
bool extent_misses(const struct facts *facts, const struct func *fn,
		   const struct section *s, uint32_t event);

/** extent_is_near() - may a scope that begins with @s, and one that begins with
 * the function (@whole), be closed where @fn is left? */
bool extent_is_near(const struct facts *facts, const struct func *fn,
		    const struct section *s, bool whole);

/**
 * extent_idle() - the calls of @fn from @line on at which @s cannot be open,
 * whichever way they are reached.
 */
uint32_t extent_idle(const struct facts *facts, const struct func *fn,
		     const struct section *s, uint32_t line);

#endif
