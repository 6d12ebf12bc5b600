/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pairs: two objects of one type in one function. Locks of a type are one
 * class; by how a function writes them it can be seen that what it lets go is
 * not what it took.
 */
#ifndef JUDGE_PAIRED_H
#define JUDGE_PAIRED_H

#include "link/program.h"

/**
 * paired_elsewhere() - does the unlock @event of @fn let go of an object that
 * the function did not lock itself, while each one that it locked has an
 * unlock of its own? Both are told apart by the variable and members that
 * name them.
 */
bool paired_elsewhere(const struct program *p, uint32_t fn, uint32_t event);

#endif
