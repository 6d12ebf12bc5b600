/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What became of each site and finding between two results, by stable id.
 */
#ifndef EMIT_COMPARE_H
#define EMIT_COMPARE_H

#include <stdbool.h>
#include <stdint.h>

#include "judge/result.h"

enum delta_kind {
	DELTA_NONE,		/* not compared */
	DELTA_UNCHANGED,	/* same id and verdict; lines may differ */
	DELTA_NEW,
	DELTA_GONE,
	DELTA_CHANGED,		/* same, but another verdict */
	DELTA_MOVED,		/* same function, callee, mask; another path,
				 * or same path and another function */
	DELTA_NR
};

/* "unchanged", "new", ..; as in reports. -1 when @s is none. */
const char *delta_name(enum delta_kind k);
int delta_parse(const char *s);

struct delta_site {
	const struct result_site *before, *now;	/* one may be NULL */
	uint8_t kind;				/* enum delta_kind */
};

struct delta_finding {
	const struct result_finding *before, *now;
	uint8_t kind;
};

struct delta {
	struct delta_site *sites;	/* those of `now` in its order, then */
	size_t nr_sites;		/* the gone ones in `before`'s order */
	struct delta_finding *findings;
	size_t nr_findings;
	size_t sites_by_kind[DELTA_NR], findings_by_kind[DELTA_NR];
};

/**
 * delta_make() - compare two sorted results; both are borrowed.
 *
 * Ids pair what they can. A site of `before` left over is paired with one of
 * `now` left over when callee, mask and ordinal agree and either function (a
 * renamed file) or path (a renamed function) does, and there is only one such
 * on each side: then it moved.
 */
void delta_make(struct delta *d, const struct result *before,
		const struct result *now);
void delta_release(struct delta *d);

/** delta_has_new() - does @d hold anything that a person should look at: a
 * new finding, or a new or changed site whose verdict asks for a change? */
bool delta_has_new(const struct delta *d);

/** verdict_asks() - does @verdict ask for a change of the source? */
bool verdict_asks(enum verdict verdict);

#endif
