/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One file of one plan: mark, run Coccinelle, compose, prove. For the layer
 * itself.
 */
#ifndef EDIT_CONVERT_H
#define EDIT_CONVERT_H

#include "edit/plan.h"
#include "edit/spatch.h"
#include "read/read.h"

/* What one worker thread has for its own. */
struct converter {
	const struct edit_opts *o;
	struct reader *reader;
	struct spatch spatch;
	double cpu;			/* seconds used by other programs */
	struct strbuf remarks;		/* of the plan at work: comments that
					 * a person should read again */
	bool fold;			/* .. parameters may go */
	struct wrapper *wrappers;	/* .. functions that it makes simpler */
	size_t nr_wrappers, cap_wrappers;
	uint8_t extent;			/* .. how far its scope reaches */
};

/**
 * convert_file() - make the changes of @p to the file @path.
 * @src: its bytes
 * @base: the bytes that the plan's places are in, where earlier changes were
 *	made to the file since; NULL: the same
 * @why: one for each site of @p, NULL so far; out: why a site in this file
 *	keeps its mask, made in @a
 * @out: the changed file is appended
 *
 * Return: the number of sites changed here (a section's file may have none),
 * or a negative code when nothing may be proposed.
 */
int convert_file(struct converter *c, const struct plan *p, const char *path,
		 const struct strbuf *src, const struct strbuf *base,
		 const char **why, struct arena *a, struct strbuf *out,
		 struct err *err);

#endif
