/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * gfpscope-suppress.json: what a person does not want to be told again.
 *
 *   {"schema": "gfpscope-suppress/1", "suppressions": [
 *     {"id": "0123456789abcdef", "reason": "..", "expires": "2027-01-31"},
 *     {"path": "fs/a/b.c", "function": "f", "rule": "missing-scope",
 *      "reason": ".."}]}
 *
 * `rule` is a finding's rule or a site's verdict; `expires` may be left out.
 */
#ifndef EMIT_SUPPRESS_H
#define EMIT_SUPPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct suppression {
	const char *id;				/* "" when by place */
	const char *path, *function, *rule;	/* "" when by id */
	const char *reason;			/* never "" */
	int64_t expires;	/* first second in which it does not hold,
				 * UTC, since the epoch; 0: never */
	uint32_t hits;		/* sites and findings that it covers */
	bool expired;
};

struct suppressions {
	struct arena arena;
	struct suppression *v;
	size_t nr;
};

void suppressions_init(struct suppressions *s);
void suppressions_release(struct suppressions *s);

/** suppressions_read() - add those of the file @path. */
int suppressions_read(struct suppressions *s, const char *path,
		      struct err *err);

/** suppressions_expire() - what expired before @now (seconds since the epoch)
 * does not hold from here on. */
void suppressions_expire(struct suppressions *s, int64_t now);

/** suppressions_find() - the first that covers it, counted as a hit; NULL. */
const struct suppression *suppressions_find(struct suppressions *s,
					    const char *id, const char *path,
					    const char *function,
					    const char *rule);

#endif
