/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Proposed changes: what edit/ makes of decided sites, and what it refused.
 */
#ifndef EDIT_PROPOSAL_H
#define EDIT_PROPOSAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "judge/result.h"

enum proposal_kind {
	PROPOSE_DROP,		/* restricted mask to the plain one */
	PROPOSE_NOLOCKDEP,
	PROPOSE_SECTION,	/* scope at acquire and releases */
	PROPOSE_FUNCTION,	/* scope around the whole function */
	PROPOSE_VMALLOC,
	PROPOSE_NOOP,
	PROPOSE_FOLD,		/* a useless parameter goes, everywhere */
	PROPOSE_NR
};
/* Names as they stand in reports; the reverse gives -1 when @s is none. */
const char *proposal_kind_name(enum proposal_kind k);
int proposal_kind_parse(const char *s);

/* How far a scope reaches. */
enum extent {
	EXTENT_POINTS,	/* from the acquires to the releases */
	EXTENT_RETURNS,	/* from in front of the first acquire to the returns */
	EXTENT_WHOLE,	/* all of the function */
	EXTENT_NR
};

enum check_state { CHECK_NOT_RUN, CHECK_OK, CHECK_FAILED };
const char *check_state_name(enum check_state c);
int check_state_parse(const char *s);

/* Each an enum check_state. */
struct checks {
	uint8_t applies, balanced, rereads, style, builds;
};

/* A function that is handed nothing but GFP_KERNEL once the masks are changed:
 * its parameter is of no use any more. */
struct wrapper {
	const char *path, *function, *parameter;
	uint32_t line;			/* of the changed file */
	uint32_t calls;
	bool folded;			/* the parameter is gone */
	const char *why;		/* .. or why it is not, NULL: it was
					 * not asked for */
};

struct proposal {
	char id[17];
	uint8_t kind;
	const struct result_site **sites;	/* covered, report order */
	size_t nr_sites;
	const struct result_site **stays;	/* of them: a mask that stays
						 * below the scope */
	size_t nr_stays;
	const char **files;
	size_t nr_files;
	const char *group;		/* whose patch it is, NULL: not asked */
	bool scope_only;		/* opens a scope; its masks come later,
					 * or stay */
	const struct wrapper *wrappers;
	size_t nr_wrappers;
	const char *title;		/* subject without prefix */
	const char *changelog;		/* paragraphs, 72 columns */
	const char *diff;		/* git style, a/ b/ */
	struct checks checks;
};

struct refusal {
	const struct result_site **sites;
	size_t nr_sites;
	const char *why;		/* one sentence */
};

struct proposals {
	struct arena arena;
	struct proposal *v;		/* grown with GROW(); its strings and
					 * arrays are the arena's */
	size_t nr, cap;
	struct refusal *refused;
	size_t nr_refused, cap_refused;
};

void proposals_init(struct proposals *p);
void proposals_release(struct proposals *p);

#endif
