/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Imposed: what is so whenever a function runs, whoever calls it. A scope that
 * its parameters prove, a resource that its callers always hold, reclaim that
 * waits for its progress.
 */
#ifndef JUDGE_IMPOSED_H
#define JUDGE_IMPOSED_H

#include "judge/points.h"

/* Bits of struct context.entries besides 1 << enum entry_kind. */
enum {
	ENTRY_WAITED_FS = 1 << 0,	/* reclaim that may enter a file system
					 * waits for this code's progress */
	ENTRY_WAITED_IO = 1 << 15,	/* reclaim that may start I/O does */
};

struct imposed {
	uint8_t *level;		/* by function: enum level on entry */
	uint32_t *held;		/* by function: set of points, held on entry */
	uint16_t *waited;	/* by function: ENTRY_WAITED_* */
	const struct know_context **worker;	/* by function: why reclaim
				 * waits for it; NULL */
	bool *apart;		/* by function: runs only while the shrinker of
				 * its super block cannot (knowledge: apart) */
};

/**
 * imposed_make() - from the code and from the knowledge.
 *
 * A scope is proven in two ways: the function restores one whose cookie is
 * kept in an object and that it did not open; or it dereferences, untested, a
 * parameter of a type that stands for an open scope (knowledge: tokens).
 */
void imposed_make(struct imposed *im, struct points *pts,
		  const struct knowledge *k);
void imposed_release(struct imposed *im);

#endif
