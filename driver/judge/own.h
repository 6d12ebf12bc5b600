/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The dying object: which parameters and locks of a function belong to the
 * very object that reclaim is freeing.
 */
#ifndef JUDGE_OWN_H
#define JUDGE_OWN_H

#include "base/map.h"
#include "judge/spec.h"

/* What all of this asks. */
struct owns {
	const struct program *p;
	const struct knowledge *k;
};

/** own_lock() - is the lock @e of @fn inside the object that the parameters
 * @own (bits) of @fn are? */
bool own_lock(const struct owns *o, uint32_t fn, uint32_t own,
	      const struct expr *e);

/**
 * own_elsewhere() - is the lock @e of @fn, or the object that @e is, one that
 * a global variable points to, or a member of an object that is there for long
 * (knowledge: instances)? Then somebody has a reference, whatever reclaim is
 * about.
 * @elsewhere: parameters (bits) that are such objects
 */
bool own_elsewhere(const struct owns *o, uint32_t fn, uint32_t elsewhere,
		   const struct expr *e, bool lock);

/** own_args_elsewhere() - which arguments of call @ev are, as bits. */
uint32_t own_args_elsewhere(const struct owns *o, uint32_t fn,
			    uint32_t elsewhere, const struct event *ev);

/** own_arguments() - which arguments of call @ev are that object, as bits. */
uint32_t own_arguments(const struct owns *o, uint32_t fn, uint32_t own,
		       const struct event *ev);

#endif
