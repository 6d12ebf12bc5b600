/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What --only means: which decided sites shall be changed.
 */
#ifndef CMD_SELECTION_H
#define CMD_SELECTION_H

#include "base/opts.h"
#include "judge/result.h"

struct selection {
	uint32_t verdicts;		/* set of 1 << enum verdict, 0: usual */
	int confidence;			/* at least this one */
	bool confidence_given;
	const char **ids, **paths;	/* borrowed words */
	size_t nr_ids, nr_paths;
	char (*from)[24];		/* sorted "ID VERDICT", owned; NULL */
	size_t nr_from;
};

/* Options of what changes sites, whose struct has the fields. */
#define SELECTION_OPTS(o)						\
	{ OPT_GROUP, 0, NULL, NULL, NULL, "what is changed" },		\
	{ OPT_LIST, 0, "only", &(o)->only, "WHAT",			\
	  "an id, a path, a verdict (redundant, unneeded, nolockdep, "	\
	  "scope, vmalloc, noop, instance) or the least confidence "	\
	  "(moderate, low); several of a kind add up, kinds narrow" },	\
	{ OPT_STRING, 0, "from", &(o)->from, "REPORT",			\
	  "only what this report of the same revision decided, too" },	\
	{ OPT_STRING, 0, "decisions", &(o)->decisions_file, "FILE",	\
	  "decisions on proposals, as the page exports them" },		\
	{ OPT_BOOL, 0, "fold-params", &(o)->fold, NULL,			\
	  "take away gfp_t parameters that are GFP_KERNEL in every call by then" }, \
	{ OPT_STRING, 0, "build", &(o)->build, "DIR",			\
	  "compile each changed file with this kernel build's commands" }, \
	{ OPT_BOOL, 0, "no-sandbox", &(o)->no_sandbox, NULL,		\
	  "run Coccinelle without its cage" }

/**
 * selection_parse() - sort the words of --only into kinds. Words of one kind
 * add to each other, kinds narrow each other.
 *
 * Nothing named: all verdicts that propose a change but `instance`, of high
 * confidence. A verdict that proposes none is an error.
 */
int selection_parse(struct selection *s, const struct opt_list *words,
		    struct err *err);

/**
 * selection_from() - narrow it to what the report at @path decided, too: the
 * same sites with the same verdicts. The report must be of @revision.
 */
int selection_from(struct selection *s, const char *path,
		   const char *revision, struct err *err);
void selection_release(struct selection *s);

bool selection_has(const struct selection *s, const struct result_site *site);

/** selection_unsure() - sites of @r that it would have with any confidence. */
size_t selection_unsure(const struct selection *s, const struct result *r);

#endif
