/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Apart: code that runs only while the shrinker of its super block cannot.
 */
#ifndef JUDGE_APART_H
#define JUDGE_APART_H

#include "link/program.h"

/** apart_spread() - from the functions marked in @apart (by function) to those
 * that nobody else calls, directly or through others. */
void apart_spread(const struct program *p, bool *apart);

#endif
