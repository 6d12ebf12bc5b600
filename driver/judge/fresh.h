/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fresh objects: made by the function that works on them, or by one that it
 * called for that. No object that others point to is one of them.
 */
#ifndef JUDGE_FRESH_H
#define JUDGE_FRESH_H

#include "judge/points.h"

/**
 * fresh_locks() - is every lock with the name @ref that @fn takes one of an
 * object that is fresh (knowledge: allocators, fresh)?
 * Return: false also when @fn takes no such lock, or lets a callee take it.
 */
bool fresh_locks(const struct points *pts, uint32_t fn, ref_t ref);

#endif
