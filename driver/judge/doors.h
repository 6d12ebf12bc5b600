/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Doors: what a driver or file system holds when it calls the code of others,
 * through a front door or a pointer.
 *
 * A front door ends a walk because what is held before it is of one file
 * system, and what is behind it works on another. Not so a block device that
 * does no I/O for now (a pseudo-lock of which the knowledge says that I/O waits
 * for it): whatever allocates then may start I/O to that device, on its own or
 * by way of any file system on it.
 *
 * Only calls that leave the driver's own code are looked at: who is called by
 * shared code that the driver called counts as not reached with it.
 */
#ifndef JUDGE_DOORS_H
#define JUDGE_DOORS_H

#include "base/map.h"
#include "judge/hop.h"
#include "judge/leads.h"
#include "judge/reclaim.h"

struct doors {
	const struct points *pts;
	const struct walk *walk;
	const struct leads *leads;
	uint32_t *held[LEVEL_NOIO];	/* by function: set of points, held by
					 * who comes in from elsewhere at a
					 * level; NULL: nothing anywhere */
	struct door_call {
		uint32_t fn;		/* entered .. */
		struct hop from;	/* .. by this call, which holds .. */
		ref_t ref;		/* .. this, at .. */
		uint8_t level;
		bool outside;		/* fn is of another component than
					 * from.fn, which is the driver's */
		uint32_t up;		/* index of how `from` was entered; 0:
					 * it took ref itself */
	} *calls;			/* calls[0] is unused */
	uint32_t nr, cap;
	struct map found;		/* map_pair(fn, ref) -> index in calls */
};

/** doors_make() - @pts, those of @r, gets the sets that are not there yet; all
 * are borrowed. */
void doors_make(struct doors *d, struct points *pts, const struct reclaim *r,
		const struct leads *leads);
void doors_release(struct doors *d);

/** doors_held() - the set of points that may be held when @fn is entered from
 * elsewhere at @level. */
static inline uint32_t doors_held(const struct doors *d, uint32_t fn,
				  enum level level)
{
	return d->held[level] ? d->held[level][fn] : 0;
}

/** doors_bring() - is @fn entered so with @ref at any level? */
static inline bool doors_bring(const struct doors *d, uint32_t fn, ref_t ref)
{
	return map_has(&d->found, map_pair(fn, ref));
}

enum { DOOR_WAY = 32 };	/* hops of a way that are told */

/** doors_way() - the calls from who holds @ref to where @fn is entered from
 * elsewhere, the last first. Return: how many, 0 when nobody enters so. */
uint32_t doors_way(const struct doors *d, uint32_t fn, ref_t ref,
		   struct hop *out);

#endif
