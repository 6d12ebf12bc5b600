/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The words of a series. For series.c.
 */
#ifndef EMIT_SERIES_TEXT_H
#define EMIT_SERIES_TEXT_H

#include "base/arena.h"
#include "emit/series.h"

/* All are made in @a. */
const char *series_subject(const struct series_opts *o,
			   const struct proposal *p, struct arena *a);
/** series_body() - changelog, how it was made, sign-off. */
const char *series_body(const struct series_opts *o, const struct proposal *p,
			struct arena *a);
const char *series_cover_subject(const struct series_opts *o, struct arena *a);
/** series_cover() - what is in it by subsystem, how to test it, shortlog. */
const char *series_cover(const struct series_opts *o, struct arena *a);
/** series_base() - the base-commit line, "" for a plain directory. */
const char *series_base(const struct series_opts *o, struct arena *a);

#endif
