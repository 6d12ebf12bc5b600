/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a report says of its sites and findings besides the judgement: what
 * became of them since a baseline, suppressions, people's decisions.
 */
#ifndef EMIT_MARKS_H
#define EMIT_MARKS_H

#include "emit/compare.h"
#include "emit/decisions.h"
#include "emit/suppress.h"

struct mark {
	uint8_t delta;				/* DELTA_NONE: no baseline */
	const struct suppression *suppressed;	/* NULL: not */
	const struct decision *decision;	/* sites only; NULL: none */
};

struct marks {
	struct mark *sites;		/* one for each of the result's */
	struct mark *findings;
	const struct delta *delta;	/* NULL: no baseline; has the gone */
	const struct suppressions *suppressions;	/* NULL: none given */
	const struct decisions *decisions;		/* NULL: none given */
	size_t nr_sites, nr_findings;
	size_t suppressed_sites, suppressed_findings;
};

/**
 * marks_make() - mark the sites and findings of @r.
 * @delta: with @r as `now`; NULL for no baseline
 * @s: NULL for none; hits are counted in it
 * @d: NULL for none; must be checked against @r
 *
 * All are borrowed and must outlive @m.
 */
void marks_make(struct marks *m, const struct result *r,
		const struct delta *delta, struct suppressions *s,
		const struct decisions *d);
void marks_release(struct marks *m);

#endif
