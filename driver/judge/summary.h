/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Summaries: the net effect of each function on locks and scopes, by the
 * class of what it returns.
 */
#ifndef JUDGE_SUMMARY_H
#define JUDGE_SUMMARY_H

#include "base/arena.h"
#include "judge/ref.h"
#include "judge/spec.h"

/* What is different at a function's exit from its entry, for one ref. */
struct effect {
	ref_t ref;
	uint8_t may, must;	/* enum value_class sets: acquired when the
				 * result is in it, on some or all paths */
	bool rel_may, rel_must;	/* released what was held at entry */
	bool waits;		/* acquired by waiting, not by a trylock only */
};

struct summary {
	struct effect *v;
	uint16_t nr;
	uint8_t classes;	/* what it can return; 0: never returns */
	bool bound;		/* not to be relied on: a bound was hit here
				 * or in a function called */
	bool hit;		/* .. here */
};

struct flow;

struct summaries {
	const struct program *p;
	const struct knowledge *k;
	struct refs refs;
	struct arena arena;
	struct summary *of;		/* by function */
	bool zero_closes;	/* restore(0) ends any scope of its kind */
	const struct know_effect **stated;	/* by function, NULL */
	uint8_t *notes;		/* by function: what it says by itself */
	uint32_t *deciding;		/* see spec_deciding() */
	struct summary *specs;		/* specialised */
	struct spec *spec_keys;
	uint32_t *spec_next;
	uint32_t nr_specs, cap_specs;
	struct map spec_index;
	struct flow *flows[4];		/* one per depth of specialisation */
	unsigned int depth;
	uint32_t scc;			/* that is being settled */
	uint32_t round;			/* counts passes over SCCs */
};

/** summaries_make() - of all functions, bottom-up over SCCs to a fixpoint.
 * @kernel: version of the tree, "" when unknown
 * @threads: that may be used; 0: one per processor. The result is the same. */
void summaries_make(struct summaries *s, const struct program *p,
		    const struct knowledge *k, const char *kernel,
		    unsigned int threads);
void summaries_release(struct summaries *s);

/** summary_needs_flow() - has @fn an event that can have an effect on locks
 * or scopes? Others need no data flow. */
bool summary_needs_flow(const struct summaries *s, uint32_t fn);

/**
 * summary_at_call() - the summary of target @fn for the call @ev of @caller,
 * specialised on constant arguments where that can matter.
 * @outer: the specialisation under which @caller is looked at, or NULL
 */
const struct summary *summary_at_call(struct summaries *s, uint32_t caller,
				      const struct event *ev, uint32_t fn,
				      const struct spec *outer);

#endif
