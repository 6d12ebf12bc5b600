/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Runs put in a row: of each what was audited and how many sites and findings
 * each directory had. It is what a history keeps and a burndown shows.
 */
#ifndef EMIT_TREND_H
#define EMIT_TREND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "emit/jsonw.h"
#include "judge/result.h"

struct trend_dir {
	const char *dir;		/* as in the summary, "" at the top */
	uint64_t sites[VERDICT_NR];
	uint64_t findings[RULE_NR];
};

struct trend_run {
	const char *tree;		/* name that the runs of one tree share,
					 * "" when none was given */
	const char *revision;		/* 40 hex digits, "" for a directory */
	const char *describe, *kernel;	/* "" unknown */
	const char *version;		/* of the tool */
	const char *knowledge;		/* its digest */
	const char *paths;		/* reported ones, one a line; "" all */
	int64_t commit_time;		/* seconds since the epoch, 0: none */
	int64_t added;			/* likewise: when the run was kept */
	struct trend_dir *dirs;		/* sorted by name */
	size_t nr_dirs;
	uint64_t sites[VERDICT_NR], findings[RULE_NR];	/* over all dirs */
};

struct trend {
	struct arena arena;		/* all strings and dirs */
	struct trend_run *v;		/* trend_sort() brings them in order */
	size_t nr, cap;
};

void trend_init(struct trend *t);
void trend_release(struct trend *t);

/** trend_new_run() - append an empty run, all its strings "". Valid until the
 * next one is appended. */
struct trend_run *trend_new_run(struct trend *t);

/**
 * trend_add() - append the run that gave @r.
 * @tree: its name, "" for none
 * @version: of the tool that wrote it
 * @now: seconds since the epoch, 0 for unknown
 */
void trend_add(struct trend *t, const struct result *r, const char *tree,
	       const char *version, int64_t now);

/**
 * trend_join() - make @t the past and present of @r: keep the runs that
 * reported the same paths, append @r itself unless it is there, sort.
 * The arguments are those of trend_add().
 */
void trend_join(struct trend *t, const struct result *r, const char *tree,
		const char *version, int64_t now);

/** trend_sort() - oldest commit first; what has no commit is as old as the
 * day on which it was added. */
void trend_sort(struct trend *t);

/** trend_date() - the day of @r as "2026-11-22", "" when it has none. */
void trend_date(const struct trend_run *r, char out[16]);

/** trend_label() - what a person calls @r: its describe, else its revision,
 * else "directory". */
const char *trend_label(const struct trend_run *r);

uint64_t trend_total(const uint64_t *counts, size_t nr);

/** trend_open() - sites whose verdict asks for a change. @sites: by verdict */
uint64_t trend_open(const uint64_t *sites);

/* All runs: a table for people, one line a run; rows for spreadsheets, one a
 * run and directory; JSON with everything. */
void trend_text(FILE *f, const struct trend *t);
void trend_csv(FILE *f, const struct trend *t);
void trend_json(FILE *f, const struct trend *t);

/** trend_put_page() - the array that the page draws its plot from: of each
 * run its name, time, and counts. */
void trend_put_page(struct jsonw *w, const struct trend *t);

#endif
