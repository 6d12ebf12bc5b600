/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * --baseline, --suppress and --decisions, for all commands that report.
 */
#ifndef CMD_MARKING_H
#define CMD_MARKING_H

#include "base/err.h"
#include "base/opts.h"
#include "emit/marks.h"
#include "emit/read_report.h"

struct marking_opts {
	const char *baseline;		/* a JSON report */
	const char *decisions;		/* decisions.json */
	struct opt_list suppress;	/* gfpscope-suppress.json files */
};

#define MARKING_OPTS(o)							\
	{ OPT_GROUP, 0, NULL, NULL, NULL, "what is known already" },	\
	{ OPT_STRING, 0, "baseline", &(o)->baseline, "REPORT",		\
	  "say of each site what became of it since REPORT" },		\
	{ OPT_LIST, 0, "suppress", &(o)->suppress, "FILE",		\
	  "suppressions with reasons; may be repeated" },		\
	{ OPT_STRING, 0, "decisions", &(o)->decisions, "FILE",		\
	  "decisions on proposals, as the page exports them" }

struct marking {
	struct report_file before;
	struct delta delta;
	struct suppressions suppressions;
	struct decisions decisions;
	struct marks marks;
	bool has_baseline, has_suppressions, has_decisions;
};

/** marking_load() - read the files, before the long work. @m must be released
 * in every case. */
int marking_load(struct marking *m, const struct marking_opts *o,
		 struct err *err);

/**
 * marking_apply() - bring them to @r, which stays borrowed.
 *
 * Return: the marks, NULL when no option asks for any; ERR_USAGE in @err when
 * the baseline was made with other paths.
 */
int marking_apply(struct marking *m, const struct result *r,
		  const struct marks **marks, struct err *err);
/** marking_tell_stale() - warn of each decision that decisions_check() found
 * stale: gone, or with another verdict now. */
void marking_tell_stale(const struct decisions *d);
void marking_release(struct marking *m);

#endif
