/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Ways: chains of calls, from the top down.
 */
#ifndef JUDGE_HOP_H
#define JUDGE_HOP_H

#include <stdint.h>

/* One call on a way down: @fn calls the next at @event. */
struct hop {
	uint32_t fn, event;
};

struct way {
	struct hop *v;		/* from the top down; the last one holds the
				 * site's own event */
	uint32_t nr;
};

#endif
