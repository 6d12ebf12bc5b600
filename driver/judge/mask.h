/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Masks: where the mask of a site acts. In comes a site, out go the calls that
 * allocate with its mask: the one it stands in, those that take the variable
 * it is assigned to, those below that get it through their parameters, those
 * in which the macro is used that it is part of.
 *
 * Values are followed by name through a function, whatever the order of its
 * statements; a mask that goes into an object is not followed.
 */
#ifndef JUDGE_MASK_H
#define JUDGE_MASK_H

#include "base/arena.h"
#include "base/map.h"
#include "judge/hop.h"
#include "judge/walk.h"

struct masks {
	const struct walk *walk;
	const struct program *p;
	const struct knowledge *k;
	struct arena arena;
	atom_t gfp_t;		/* the type of most masks */
	struct map stores;	/* function's name -> index + 1 in k->stores */
};

struct mask_acts {
	struct way *v;		/* from the site's function down */
	uint32_t nr;
	const char *stored;	/* where it is stored for later; NULL: nowhere */
	bool far;		/* .. where others use it, too */
	const char *lost;	/* why not all places are known; NULL: all are */
};

void masks_init(struct masks *m, const struct walk *walk);
void masks_release(struct masks *m);

/**
 * mask_acts() - where the mask of @s, a site of file number @file, acts.
 * @out: filled; its arrays and strings are in the arena of @m
 *
 * Context: one thread at a time.
 */
void mask_acts(struct masks *m, uint32_t file, const struct site *s,
	       struct mask_acts *out);

#endif
