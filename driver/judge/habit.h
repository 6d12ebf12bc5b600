/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Habits: which locks go with a scope nearly wherever they are held, and where
 * they do not.
 */
#ifndef JUDGE_HABIT_H
#define JUDGE_HABIT_H

#include "judge/decide.h"

/* How many functions take a ref by themselves with and without a scope. */
struct habit {
	uint32_t scoped, bare;
};

/** habits_count() - of each ref. Return: array by ref, to be freed. */
struct habit *habits_count(const struct points *pts);

/** habit_has_scope() - is a scope the habit of those who hold it? */
bool habit_has_scope(const struct habit *h);

/** find_unpaired() - sections of locks that nearly all others hold inside a
 * scope, and that reclaim waits for, though nothing is known to allocate in
 * them. Call when the missing scopes are found: those are not told again. */
void find_unpaired(struct decision *d, const struct habit *habits);

#endif
