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

#endif
