/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The dying object: which parameters and locks of a function belong to the
 * very object that reclaim is freeing.
 */
#ifndef JUDGE_OWN_H
#define JUDGE_OWN_H

#include "base/map.h"
#include "judge/spec.h"

/* Which arguments of a call are in use elsewhere: those of @always, whatever
 * the caller's parameters are, and those of @as if a parameter is: argument i
 * as parameter number i of @params, 4 bits each. */
struct own_given {
	uint16_t always, as;
	uint64_t params;
};

/* What all of this asks, and has found out; for one thread. */
struct owns {
	const struct program *p;
	const struct knowledge *k;
	uint8_t *leading;	/* by atom: 0 not known, 1 no, 2 yes */
	uint32_t **given_at;	/* by function, then by event: index in given;
				 * 0 not known */
	struct own_given *given;	/* distinct ones; [0] is unused */
	uint32_t nr_given, cap_given;
	struct map given_index;	/* hash -> first, chained by given_next */
	uint32_t *given_next;
};

void owns_init(struct owns *o, const struct program *p,
	       const struct knowledge *k);
void owns_release(struct owns *o);

/** own_lock() - is the lock @e of @fn inside the object that the parameters
 * @own (bits) of @fn are? */
bool own_lock(struct owns *o, uint32_t fn, uint32_t own,
	      const struct expr *e);

/**
 * own_elsewhere() - is the lock @e of @fn, or the object that @e is, one that
 * a global variable points to, or a member of an object that is there for long
 * (knowledge: instances)? Then somebody has a reference, whatever reclaim is
 * about.
 * @elsewhere: parameters (bits) that are such objects
 */
bool own_elsewhere(struct owns *o, uint32_t fn, uint32_t elsewhere,
		   const struct expr *e, bool lock);

/** own_args_elsewhere() - which arguments of the call @event are, as bits. */
uint32_t own_args_elsewhere(struct owns *o, uint32_t fn, uint32_t elsewhere,
			    uint32_t event);

/** own_arguments() - which arguments of call @ev are that object, as bits. */
uint32_t own_arguments(struct owns *o, uint32_t fn, uint32_t own,
		       const struct event *ev);

#endif
