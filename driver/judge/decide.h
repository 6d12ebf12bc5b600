/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From what was seen of a site to its verdict.
 */
#ifndef JUDGE_DECIDE_H
#define JUDGE_DECIDE_H

#include "judge/judge.h"
#include "judge/story.h"

struct decision {
	struct summaries *s;
	const struct reclaim *reclaim;
	const struct walk *walk;
	const struct knowledge *k;
	const bool *quiet;	/* see views.quiet; set by the caller, as is */
	const struct contexts *contexts;
	const char *kernel;
	struct result *r;
	struct story story;
	struct map exported;	/* names that a macro at file level mentions */
	struct section **sections;	/* so far, to be shared */
	size_t nr_sections, cap_sections;
	uint32_t *section_fns;		/* of each */
	ref_t *section_refs;
	struct result_finding *findings;	/* see finding.h */
	size_t nr_findings, cap_findings;
};

void decision_init(struct decision *d, struct summaries *s,
		   const struct reclaim *r, const struct walk *w,
		   const char *kernel, struct result *out);
void decision_release(struct decision *d);

/** decide_site() - fill @out for the site @at. */
void decide_site(struct decision *d, const struct sited *at,
		 struct result_site *out);

/**
 * section_for() - the critical section of @ref in @fn: acquires and releases.
 * Return: shared section in the result's arena, or NULL when @fn does not
 * hold both ends.
 */
struct section *section_for(struct decision *d, uint32_t fn, ref_t ref,
			    unsigned int restriction);

/** section_through() - fill in how all ways to the site @at lead through the
 * section that @out, its scope verdict, names. */
void section_through(struct decision *d, const struct sited *at,
		     struct result_site *out);

/** section_whole() - all of @fn as the section in which @ref is held. */
struct section *section_whole(struct decision *d, uint32_t fn, ref_t ref,
			      unsigned int restriction);

/** section_fn() - the function that @s, one of those above, is in. */
uint32_t section_fn(const struct decision *d, const struct section *s);

#endif
