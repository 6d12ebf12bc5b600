/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The neutral result of an audit: what every report format and every edit is
 * made from. Plain data, sorted by (path, line, column); strings belong to the
 * result's arena. Whoever has it needs neither program nor source.
 */
#ifndef JUDGE_RESULT_H
#define JUDGE_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "read/facts.h"

enum verdict {
	VERDICT_REDUNDANT,	/* a scope at least as strong is open */
	VERDICT_UNNEEDED,	/* nothing that reclaim waits for is held */
	VERDICT_INSTANCE,	/* only locks of objects reclaim cannot hold */
	VERDICT_NOLOCKDEP,	/* safe, but lockdep would complain */
	VERDICT_SCOPE,		/* needed, critical section known */
	VERDICT_VMALLOC,	/* the tree's vmalloc ignores the mask */
	VERDICT_NOOP,		/* the mask restricts nothing */
	VERDICT_KEEP,		/* needed and right as it is */
	VERDICT_UNKNOWN,	/* not proven */
	VERDICT_NR
};

enum confidence { CONF_HIGH, CONF_MODERATE, CONF_LOW, CONF_NR };

enum rule {
	RULE_MISSING_SCOPE,
	RULE_UNBALANCED_SCOPE,
	RULE_UNPAIRED_LOCK,
	RULE_NR
};

/* Names as they stand in reports: "redundant", "high", "missing-scope". */
const char *verdict_name(enum verdict v);
const char *confidence_name(enum confidence c);
const char *rule_name(enum rule r);
/* The reverse; -1 when @s is none. */
int verdict_parse(const char *s);
int confidence_parse(const char *s);
int rule_parse(const char *s);

/* One step of a chain. */
struct step {
	const char *path, *function;
	uint32_t line;		/* 1-based */
	const char *event;	/* "entry", "call", "lock", "unlock", "scope",
				 * "restore", "site", "callback", "reclaim",
				 * "holder": another task */
	const char *text;	/* one readable line, no newline */
};

/* The first step of a chain that begins in no reclaim of its own. */
#define STEP_DOES_IO	"does the I/O that reclaim waits for"

struct chain {
	struct step *steps;
	size_t nr;
};

/* Where a scope should be opened and closed. */
struct section_point {
	uint32_t line, column;	/* of the callee's name (or `return`) */
	const char *callee;	/* function called there */
	const char *result;	/* variable that takes the call's result, "" */
	uint8_t success;	/* enum value_class set: taken when result in it;
				 * CLASS_ANY: always (acquire points) */
};

struct section {
	const char *path, *function;
	uint32_t line;			/* of the first acquire */
	const char *resource;		/* "dqio_sem of struct quota_info" */
	const char *phrase;		/* .. within a sentence; NULL: as that */
	bool transaction;		/* begun and open, not taken and held */
	bool any_way;			/* how reclaim gets there depends on the
					 * device, only its end is sure */
	uint8_t restriction;		/* RESTRICT_NOFS or _NOIO: that of the
					 * sites, or stronger */
	bool save_after;		/* open after the acquire, not before */
	bool whole_function;		/* the lock is held on entry already */
	struct section_point *acquires, *releases;
	size_t nr_acquires, nr_releases;
};

struct result_site {
	char id[17];		/* stable, 16 hex digits */
	const char *path, *function;	/* enclosing function or macro */
	const char *callee;	/* function that takes the mask, or what is set */
	const char *mask;	/* text of the mask expression */
	uint32_t line, column;	/* 1-based, of the restricting token */
	uint32_t offset, len;	/* that token in the file, bytes */
	uint8_t restriction, how, form;	/* RESTRICT_*, SITE_*, FORM_* */
	uint8_t verdict, confidence;
	uint32_t ordinal;	/* among equal (path, function, callee, mask) */
	const char *reason;	/* one sentence, no newline */
	struct section *scope_at;	/* NULL: none; shared by its sites */
	/* The places of scope_at's function that all ways to the site lead
	 * through: with a scope open at each of them the mask is needless.
	 * None: ways lead here that do not touch that function. Line 0: the
	 * site's own place, in that function or below it. */
	struct section_point *through;
	size_t nr_through;
	struct chain beside;	/* .. one of them, down to the site; empty: none
				 * is known */
	struct chain evidence;	/* entry .. site */
	struct chain reclaim;	/* reclaim entry .. same resource */
	const char **unresolved;
	size_t nr_unresolved;
};

struct result_finding {
	char id[17];
	uint8_t rule, confidence;
	const char *path, *function;
	uint32_t line, column;
	const char *message;
	struct chain evidence, reclaim;
};

/* A function that was not understood, a bound that was hit, a file skipped. */
struct result_gap {
	const char *path;
	uint32_t line;		/* 0: the whole file */
	const char *function;	/* "" */
	const char *what;	/* "not-understood", "bound", "skipped", .. */
	const char *text;
};

struct coverage {
	uint64_t files, bytes, functions, functions_not_understood;
	uint64_t sites, sites_in_macros;
	uint64_t tokens[TOKEN_NR_ROLES];	/* restricting tokens by role */
	uint64_t notes[NOTE_NR_KINDS];
	uint64_t calls, calls_indirect, calls_unresolved;
	struct result_gap *gaps;	/* sorted by path, line */
	size_t nr_gaps;
};

struct tree_info {
	const char *revision;	/* 40 hex digits, "" for a plain directory */
	const char *describe;	/* as git describe, "" */
	const char *kernel;	/* "6.1.192", "" */
	int64_t commit_time;	/* seconds since the epoch, 0: none */
	const char **paths;	/* as asked for; none: all */
	size_t nr_paths;
	const uint32_t *shards;	/* those reported, 1.., ascending */
	size_t nr_shards;	/* 0: the paths are reported in full */
	uint32_t shards_of;	/* into how many they are dealt out, 0 */
};

struct result {
	struct arena arena;
	struct tree_info tree;
	const char *knowledge;	/* digest */
	struct coverage coverage;
	struct result_site *sites;
	size_t nr_sites;
	struct result_finding *findings;
	size_t nr_findings;
};

void result_init(struct result *r);
void result_release(struct result *r);

/** result_sort() - bring sites, findings and gaps into report order, give the
 * ordinals and ids. Call once when all is in. */
void result_sort(struct result *r);

#endif
