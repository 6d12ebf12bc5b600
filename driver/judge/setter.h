/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Setters: where a local variable gets its value.
 */
#ifndef JUDGE_SETTER_H
#define JUDGE_SETTER_H

#include "link/program.h"

/** setter_of() - the only assignment or call that sets the local variable
 * @name of @fn; NULL: there are several or none, somebody has its address, or
 * it is a parameter or lives longer than the call. */
const struct event *setter_of(const struct program *p, uint32_t fn,
			      str_t name);

/**
 * setter_is_none() - does parameter @name of @fn keep its value all through it?
 * Not where it is assigned to, somebody has its address, or a macro sets it. An
 * address taken within ?: and what asm writes are not seen.
 */
bool setter_is_none(const struct program *p, uint32_t fn, str_t name);

#endif
