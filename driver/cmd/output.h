/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where reports go: what --format and -o mean, for all commands.
 */
#ifndef CMD_OUTPUT_H
#define CMD_OUTPUT_H

#include <stdbool.h>

#include "base/err.h"
#include "base/opts.h"
#include "emit/report.h"

#define OUTPUT_MAX 16

struct output_opts {
	const char *dir;		/* -o; NULL: none; "-": stdout */
	struct opt_list formats;	/* as given: "json,text", "html" */
};

#define OUTPUT_OPTS(o)							\
	{ OPT_GROUP, 0, NULL, NULL, NULL, "what is written" },		\
	{ OPT_STRING, 'o', "output", &(o)->dir, "DIR",			\
	  "write the reports there; - is stdout" },			\
	{ OPT_LIST, 0, "format", &(o)->formats, "F,..",			\
	  "json, sarif, html, text, org, summary" }

struct output {
	const struct report_format *formats[OUTPUT_MAX];
	size_t nr;
	const char *dir;	/* NULL: stdout */
	bool table;		/* the summary on stdout too */
};

/**
 * output_prepare() - check the options, make the directory.
 *
 * To be called before the long work, so that a wrong word or a directory that
 * cannot be written fails at once.
 */
int output_prepare(struct output *out, const struct output_opts *o,
		   struct err *err);

/** output_write() - write all formats; each file appears complete or not at
 * all. @quiet: no notes of what was written. */
int output_write(const struct output *out, const struct report *r, bool quiet,
		 struct err *err);

#endif
