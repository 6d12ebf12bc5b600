/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One site or finding told in full: in a terminal, as JSON, as a graph.
 */
#ifndef EMIT_EXPLAIN_H
#define EMIT_EXPLAIN_H

#include <stdbool.h>
#include <stdio.h>

#include "emit/report.h"

struct explain_opts {
	bool colour;
	/* The text of a source line, without its end; NULL: not known. The
	 * result is borrowed until the next call. May be NULL. */
	const char *(*line)(void *ctx, const char *path, uint32_t line);
	void *ctx;
};

/* What to explain: indexes into the result's sites and findings. */
struct explain_set {
	size_t *sites, *findings;
	size_t nr_sites, nr_findings;
};

/**
 * explain_find() - what @word means: "PATH:LINE", "PATH:LINE:COLUMN" or an
 * id. @set: initialised here, explain_set_release() it. May come back empty.
 * Return: 0, ERR_USAGE when @word is none of these.
 */
int explain_find(struct explain_set *set, const struct result *r,
		 const char *word, struct err *err);
void explain_set_release(struct explain_set *set);

/** explain_near() - the site or finding of @word's file nearest to its line,
 * "PATH:LINE" in @r's arena; NULL when the file has none. */
const char *explain_near(struct result *r, const char *word);

void explain_put_text(FILE *f, const struct report *r,
		      const struct explain_set *set,
		      const struct explain_opts *o);
void explain_put_json(FILE *f, const struct report *r,
		      const struct explain_set *set);
void explain_put_dot(FILE *f, const struct report *r,
		     const struct explain_set *set);

#endif
