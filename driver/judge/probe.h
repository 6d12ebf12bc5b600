/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Looking inside the judgement: its stages as text, for tests and for people
 * who ask why.
 */
#ifndef JUDGE_PROBE_H
#define JUDGE_PROBE_H

#include "link/program.h"

enum probe_what {
	PROBE_SUMMARIES,	/* net effects of functions */
	PROBE_RECLAIM,		/* what reclaim waits for, by component */
};

/**
 * judge_probe() - append stage @what of the judgement of @p to @out.
 * @paths: only functions and components below these; NULL: all
 */
void judge_probe(const struct program *p, const struct knowledge *k,
		 enum probe_what what, const char *const *paths,
		 size_t nr_paths, struct strbuf *out);

#endif
