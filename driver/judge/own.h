/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The dying object: which parameters and locks of a function belong to the
 * very object that reclaim is freeing.
 */
#ifndef JUDGE_OWN_H
#define JUDGE_OWN_H

#include "link/program.h"

/** own_lock() - is the lock @e of @fn inside the object that the parameters
 * @own (bits) of @fn are? */
bool own_lock(const struct program *p, uint32_t fn, uint32_t own,
	      const struct expr *e);

/** own_arguments() - which arguments of call @ev are that object, as bits. */
uint32_t own_arguments(const struct program *p, uint32_t fn, uint32_t own,
		       const struct event *ev);

/** own_live_blocks() - by block: can it run when the task is in reclaim
 * (PF_MEMALLOC is set)? The caller frees the array. */
bool *own_live_blocks(const struct program *p, uint32_t fn);

#endif
