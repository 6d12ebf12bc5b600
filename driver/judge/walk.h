/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which calls a walk follows. The tree is cut into components; one pass looks
 * at one leaf (a file system, a driver) together with the code that is not
 * any leaf's. Such a leaf is called the pass's colour.
 */
#ifndef JUDGE_WALK_H
#define JUDGE_WALK_H

#include "link/program.h"

#define COLOUR_NONE UINT32_MAX	/* the pass over code that is no leaf's */

/* A call that ends walks of some components. */
struct walk_edge {
	uint32_t from, to;	/* functions */
	uint8_t kind;		/* set of enum boundary_kind */
	const bool *exempt;	/* by component; NULL: ends them all */
};

struct walk {
	const struct program *p;
	const struct knowledge *k;
	uint8_t *bounds;	/* by function: set of enum boundary_kind */
	struct walk_edge *edges;	/* calls that end walks */
	uint32_t nr_edges;
	uint32_t *component;	/* by function */
	uint8_t *kind;		/* by component: enum component_kind */
	bool **exempts;		/* of the boundaries, by number; NULL */
	bool *storage;		/* by component: the knowledge names functions
				 * in it that reclaim runs */
	uint32_t *colours;	/* components that are leaves, by path */
	uint32_t nr_colours;
};

void walk_init(struct walk *w, const struct program *p,
	       const struct knowledge *k);
void walk_release(struct walk *w);

/** walk_homes_calling() - which components have code that calls @function, be
 * it read or not: flags by component, or NULL when @function is. The caller
 * frees. */
bool *walk_homes_calling(const struct walk *w, const char *function);

/** walk_is_leaf() - does @fn belong to some leaf (or stacking leaf)? */
bool walk_is_leaf(const struct walk *w, uint32_t fn);

/** walk_is_handed() - does the call @event of @fn go through a parameter? What
 * it runs is followed from where the function is handed over
 * (TARGET_ARGUMENT), so that callers do not mix. */
bool walk_is_handed(const struct walk *w, uint32_t fn, uint32_t event);

/** walk_changes_side() - does the call lead from shared code that has nothing
 * to do with file systems or block devices (keys, cgroups, sockets) into
 * shared code that has? */
bool walk_changes_side(const struct walk *w, uint32_t from, uint32_t to);

/**
 * walk_context() - does the context of @from go on into @to in the pass of
 * @colour? @how: enum target_how, @indirect: the call is through a pointer
 */
bool walk_context(const struct walk *w, uint32_t from, uint32_t to,
		  unsigned int how, bool indirect, uint32_t colour);

/** walk_leaves() - does the call lead from one component to what works on an
 * object of another one, through a front door or from leaf to leaf by a
 * pointer? */
bool walk_leaves(const struct walk *w, uint32_t from, uint32_t to,
		 bool indirect);

/**
 * walk_reclaim() - does reclaim that came in through component @home go on
 * from @from into @to?
 */
bool walk_reclaim(const struct walk *w, uint32_t from, uint32_t to,
		  unsigned int how, bool indirect, uint32_t home);

#endif
