/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A tree that was linked before and of which some files have changed: what
 * delta.c, dirty.c and keep.c share.
 */
#ifndef LINK_DELTA_H
#define LINK_DELTA_H

#include <stdatomic.h>

#include "link/link.h"

enum { DIRTY_NAME = 1, DIRTY_MEMBERS = 2 };

struct delta {
	struct program *p;
	const struct program *old;
	uint32_t *file_to;	/* old file -> new one, FN_NONE: gone */
	uint32_t *file_from;	/* new file -> old one, FN_NONE: new */
	uint8_t *same;		/* of each new file: nothing has changed */
	uint8_t *dirty;		/* by atom: set of DIRTY_* */
	uint64_t *members;	/* by hash of struct and name: a bit for each
				 * member that is dirty; see delta_member() */
	uint32_t *fn_to;	/* old function -> new one; FN_NONE: gone, or
				 * its name is dirty */
	atomic_bool lost;	/* something was not found where it must be */
};

#define MEMBER_BITS	22

/* Is the member dirty that @dep stands for, or one of the same hash? */
static inline bool delta_member(const struct delta *d, uint32_t dep)
{
	dep &= (1u << MEMBER_BITS) - 1;
	return d->members[dep / 64] >> dep % 64 & 1;
}

/**
 * delta_dirty() - fill @d->dirty and @d->members: what means something else
 * than before.
 *
 * Of names two kinds: what a lookup of the name itself finds, in any index;
 * and which members the struct of that name has, in their order.
 */
void delta_dirty(struct delta *d);

/** delta_scan() - slots and finds of all files: kept where nothing dirty was
 * asked for, else found now. Sets @d->lost when what was kept does not fit. */
void delta_scan(struct delta *d, const struct image_bytes *bytes);

#endif
