/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * decisions.json: what a person decided on proposals, as the page exports it.
 *
 *   {"schema": "gfpscope-decisions/1", "decisions": [
 *     {"site": "0123456789abcdef", "verdict": "redundant",
 *      "decision": "reject", "who": "..", "why": "..",
 *      "when": "2026-11-22T19:00:00Z"}]}
 *
 * One entry a site; the last one counts. `verdict` is what the site had when
 * it was decided on: another one now makes the decision stale.
 */
#ifndef EMIT_DECISIONS_H
#define EMIT_DECISIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "judge/result.h"

enum decision_kind { DECIDE_ACCEPT, DECIDE_REJECT, DECIDE_DEFER, DECIDE_NR };

struct decision {
	const char *site;		/* id */
	const char *who, *why, *when;	/* may be "" */
	uint8_t kind;			/* enum decision_kind */
	uint8_t verdict;		/* enum verdict, then */
	/* After decisions_check(): stale, and then what the site is now, -1
	 * when it is gone. */
	bool stale;
	int8_t now;
};

struct decisions {
	struct arena arena;
	struct decision *v;	/* sorted by site, one each */
	size_t nr, nr_stale;
};

const char *decision_name(enum decision_kind k);	/* "accept", .. */

void decisions_init(struct decisions *d);
void decisions_release(struct decisions *d);
int decisions_read(struct decisions *d, const char *path, struct err *err);

/**
 * decisions_check() - mark as stale what does not fit @r: the site has another
 * verdict now, or is not there. A result of some paths or shards only does not
 * have all sites: what is not there may be elsewhere, and is not stale then.
 */
void decisions_check(struct decisions *d, const struct result *r);

/** decisions_find() - the decision on @site that holds (not stale), NULL. */
const struct decision *decisions_find(const struct decisions *d,
				      const struct result_site *site);

/**
 * decisions_allow() - may @site be proposed? Not when it was rejected, whatever
 * the verdict that other changes of the same run have given it; when
 * accepted also one that waits for a person's word; else as @otherwise says.
 * @d: NULL: nothing was decided
 */
bool decisions_allow(const struct decisions *d, const struct result_site *site,
		     bool otherwise);

#endif
