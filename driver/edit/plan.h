/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which sites are changed together. For the layer itself.
 */
#ifndef EDIT_PLAN_H
#define EDIT_PLAN_H

#include "edit/edit.h"

struct fold_target;

enum plan_part {
	PART_ALL,
	PART_SCOPE,		/* the scope only, masks stay */
	PART_MASKS,		/* the masks only, the scope is there */
};

/* What becomes one proposal. */
struct plan {
	uint8_t kind;				/* enum proposal_kind */
	uint8_t part;				/* enum plan_part */
	uint8_t verdict;			/* of its sites */
	uint8_t extent;				/* enum extent, once carried
						 * out */
	const struct result_site **kept;	/* those whose masks stay
						 * (plan_keeps()), and are no
						 * sites then: once carried
						 * out */
	size_t nr_kept;
	const struct section *section;		/* NULL: no scope */
	const char *resource;			/* .. is for this, as a sentence
						 * says it */
	const struct result_site **sites;	/* report order, borrowed array */
	size_t nr_sites;
	const char **files;			/* sorted, each once */
	size_t nr_files;
	const struct wrapper *wrappers;		/* once carried out */
	size_t nr_wrappers;
	const char *group;			/* whose patch it is, NULL */
	const struct fold_target *fold;		/* the parameter that goes: it
						 * has no sites. NULL */
	size_t requires;			/* + 1: the plan that must have
						 * worked out, 0: none */
	char id[17];
};

struct plans {
	struct arena arena;
	struct plan *v;
	size_t nr, cap;
};

/**
 * plans_make() - group the wanted sites of @r: those that only lose their
 * restriction by file and verdict, those that need a scope by that scope.
 */
void plans_make(const struct result *r,
		bool (*want)(void *ctx, const struct result_site *site),
		void *ctx, struct plans *p);
void plans_release(struct plans *p);

/**
 * plan_scope() - the scope that makes site @s, of @r, needless: its own, or
 * one that holds IO back at the very same places for another wanted site.
 * That holds FS back, too, and one in the other would say the same twice.
 *
 * Return: NULL where the verdict asks for no scope.
 */
const struct section *plan_scope(const struct result *r,
				 bool (*want)(void *ctx,
					      const struct result_site *site),
				 void *ctx, const struct result_site *s);

/** plan_keeps() - does the mask of site @k stay, whatever becomes of the plan?
 * Its scope is for the site, but the site is reached on other ways, too. */
bool plan_keeps(const struct plan *p, size_t k);

/* For whoever makes plans: the kind of change that a site asks for, -1: none;
 * a file more; its scope; the id, once all is in. */
int plan_kind(const struct result_site *s);
void plan_add_file(struct plan *p, struct arena *a, const char *path);
void plan_set_id(struct plan *p);
void plan_set_section(struct plan *p, const struct section *s,
		      struct arena *a);

/**
 * edit_plans() - carry out @plans as edit_run() does.
 * @stacked: each plan works on what those before it have left of its files,
 *	so that the diffs apply one after the other; else each stands alone
 */
int edit_plans(const struct edit_opts *o, const struct plans *plans,
	       bool stacked, struct proposals *out, struct edit_stats *stats,
	       struct err *err);

/** plan_title() - subject without a prefix. plan_changelog() - paragraphs of
 * 72 columns, the evidence in them, and the comments in @remarks ("": none)
 * that may want to be changed. plan_note() - what the comment at a scope
 * says, one line of text; NULL: none. All are made in @a. */
const char *plan_title(const struct plan *p, struct arena *a);
const char *plan_changelog(const struct plan *p, const char *remarks,
			   struct arena *a);
const char *plan_note(const struct plan *p, struct arena *a);

#endif
