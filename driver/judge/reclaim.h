/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reclaim sets: what direct reclaim may wait for, per component, for file
 * system and for block I/O recursion, with the chain that proves it.
 */
#ifndef JUDGE_RECLAIM_H
#define JUDGE_RECLAIM_H

#include "judge/flush.h"
#include "judge/look.h"
#include "judge/own.h"
#include "judge/points.h"
#include "judge/visit.h"
#include "judge/walk.h"

enum reclaim_side { SIDE_FS, SIDE_IO, SIDE_NR };

/* Reclaim waits for a ref here. */
struct wait {
	ref_t ref;
	uint32_t fn, event;	/* the acquire; fn FN_NONE: the knowledge
				 * says so, there is no chain */
	ref_t via;		/* not 0: it is not reclaim that waits here but
				 * a task holding `via`, which reclaim waits
				 * for; fn is not in the set's visits then */
	bool own;		/* only ever a lock of the dying object itself */
	bool elsewhere;		/* of an object that others point to, too */
	bool kswapd;		/* only ever waited for by kswapd, not by who
				 * allocates */
	bool by_name;		/* the chain uses a pointer resolved by name */
	bool worker;		/* done by a worker that reclaim waits for */
	bool last;		/* only when some last reference goes, or by a
				 * call that hardly ever waits */
	uint8_t grade;		/* enum wait_grade */
	uint16_t depth;		/* calls from the reclaim entry */
};

/* How sure it is that the task which allocates comes to wait; a lesser one is
 * told rather than a greater one. */
enum wait_grade {
	WAIT_USUAL,		/* it does so itself */
	WAIT_STATED,		/* the knowledge says so, there is no chain */
	WAIT_WORKER,		/* it waits for a worker that waits */
	WAIT_ORDERED,		/* it waits for a task that waits */
	WAIT_SELDOM,		/* hardly ever, or kswapd does */
	WAIT_BY_NAME,		/* through a pointer resolved by name */
	WAIT_OWN,		/* for a lock of the dying object itself */
};

/* What is reached from the entries of one component. */
struct reclaim_set {
	struct visits visits;
	struct map waits;	/* ref -> index + 1 in wait */
	struct wait *wait;
	uint32_t nr_waits, cap_waits;
	bool any_root;		/* has entries of this side of its own; shrinkers
				 * and the like, which run for any mask, count
				 * for file systems only */
};

/* A call made while its function holds @ref. */
struct holder {
	ref_t ref;
	uint32_t fn, event;
};

struct reclaim {
	const struct points *pts;
	const struct walk *walk;
	struct refs *refs;
	struct arena arena;	/* owns the specs of visits */
	uint32_t nr_components;
	struct reclaim_set *sets[SIDE_NR];	/* by component */
	struct holder *holders;	/* by ref, fn, event */
	uint32_t nr_holders, cap_holders;
	uint32_t *ref_bit;	/* by ref: bit + 1 of those in some set */
	ref_t *bit_ref;
	uint32_t nr_bits;
	struct flushes flushes;
	struct owns owns;	/* while the sets are made .. */
	struct looks looks;
	struct visiting visiting;	/* .. one after the other */
	struct map lasts;	/* names (atoms) of knowledge.lasts */
	uint32_t *generic;	/* components with entries that are no leaf */
	uint32_t nr_generic;
};

void reclaim_make(struct reclaim *r, struct points *pts,
		  const struct walk *walk);
void reclaim_release(struct reclaim *r);

/**
 * reclaim_wait() - does reclaim wait for @ref when an allocation with @side
 * happens in code of component @comp (COLOUR_NONE: no leaf's)?
 * @set: out: the set that says so; may be NULL
 * Return: the wait, NULL if there is none.
 */
const struct wait *reclaim_wait(const struct reclaim *r, ref_t ref,
				enum reclaim_side side, uint32_t comp,
				const struct reclaim_set **set);

/** reclaim_has_side() - has @comp any entry of @side? */
bool reclaim_has_side(const struct reclaim *r, enum reclaim_side side,
		      uint32_t comp);

#endif
