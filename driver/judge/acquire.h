/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The events of one function that acquire or release a given resource.
 */
#ifndef JUDGE_ACQUIRE_H
#define JUDGE_ACQUIRE_H

#include "judge/summary.h"

enum { ACQUIRE_MAX = 48 };

struct deed {
	uint32_t event;		/* in the file's facts */
	uint8_t success;	/* classes of the result when it is done */
	uint32_t callee;	/* function that does it; FN_NONE: a primitive */
};

/**
 * acquire_events() - where @fn acquires (@release: releases) @ref, in order.
 * @ref: a lock or resource; a scope matches any scope of its restriction or a
 *	stronger one
 * Return: number written to @out (at most ACQUIRE_MAX).
 */
unsigned int acquire_events(struct summaries *s, uint32_t fn, ref_t ref,
			    bool release, struct deed *out);

#endif
