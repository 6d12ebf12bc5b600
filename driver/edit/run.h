/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Plans at work: between the files of the module.
 */
#ifndef EDIT_RUN_H
#define EDIT_RUN_H

#include "edit/builds.h"
#include "edit/convert.h"
#include "edit/diff.h"
#include "edit/plan.h"
#include "edit/style.h"

struct progress;

struct blob {
	const char *path;
	struct strbuf bytes;
	struct strbuf now;	/* after the plans so far, if `changed` */
	bool changed;
	char *failed;		/* why it could not be read, NULL */
	uint32_t group;		/* number of a blob that shares plans, or own */
};

/* What becomes of one plan. */
struct job {
	struct arena arena;
	const char **why;	/* of each site, NULL: changed */
	const char *refused;	/* the whole plan, NULL */
	const char *remarks;	/* comments to be looked at, "" */
	struct wrapper *wrappers;	/* in the arena */
	size_t nr_wrappers;
	struct strbuf diff;
	struct strbuf before;	/* a stacked scope: its file, if `changed` */
	bool changed;		/* .. by earlier plans */
	struct checks checks;
	uint8_t extent;		/* enum extent */
	double cpu;
};

struct run {
	const struct edit_opts *o;
	const struct plans *plans;
	bool stacked;
	uint32_t *order;	/* of plans: those of one group together */
	size_t *starts;		/* in order, of each group; one more at the end */
	size_t nr_groups;
	struct blob *blobs;	/* sorted by path */
	size_t nr_blobs, cap_blobs;
	struct job *jobs;
	struct converter *converters;
	unsigned int threads;
	char *dir;
	struct applier applier;
	struct style style;
	struct progress *progress;
	char version[16];
	struct strbuf attributes;	/* .gitattributes of the tree */
};

/** run_collect() - what became of @run's plans, appended to @out, and the sums
 * of it; strings are copied. */
void run_collect(const struct run *run, struct proposals *out,
		 struct edit_stats *stats);

#endif
