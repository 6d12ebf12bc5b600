/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tokens: parameters whose mere presence proves that a scope is open.
 */
#ifndef JUDGE_TOKEN_H
#define JUDGE_TOKEN_H

#include "judge/points.h"

/**
 * token_levels() - by function: the enum level that holds whenever it is
 * entered.
 *
 * Two proofs: the function restores a scope whose cookie is kept in an object
 * and that it did not open; or it dereferences, untested, a parameter of a
 * type that stands for an open scope (knowledge: tokens). The caller frees.
 */
uint8_t *token_levels(const struct points *pts, const struct knowledge *k);

#endif
