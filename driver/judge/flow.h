/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Data flow inside one function: what is held at each point, relative to what
 * was held at entry.
 */
#ifndef JUDGE_FLOW_H
#define JUDGE_FLOW_H

#include "judge/summary.h"

enum {
	FLOW_REFS = 64,		/* refs tracked in one function */
	FLOW_PENDING = 3,	/* results whose class is still open */
	FLOW_KNOWN = 6,		/* variables whose class is known */
	FLOW_ROUNDS = 60,
};

/* An acquire that depends on the result of a call, not tested yet. Indexed
 * by class: 0 zero, 1 positive, 2 error. */
struct pending {
	uint32_t var;		/* variable, or call (FLOW_CALL | event) */
	uint64_t may[3], must[3];
};
#define FLOW_CALL 0x80000000u

struct flow_state {
	uint64_t may, must;	/* acquired since entry: some, all paths */
	uint64_t rmay, rmust;	/* held at entry and released since */
	uint64_t again;		/* taken while held: two objects of a type */
	struct pending pend[FLOW_PENDING];
	struct { uint32_t var; uint8_t classes; } known[FLOW_KNOWN];
	bool live;
};

struct flow {
	struct summaries *s;
	uint32_t fn;
	const struct spec *spec;	/* NULL: any arguments */
	const struct pfile *file;
	const struct facts *facts;
	const struct func *func;
	ref_t refs[FLOW_REFS];
	unsigned int nr_refs;
	bool overflow;			/* a bound was hit */
	bool tainted;			/* .. in a function called */
	uint64_t acquired, released;	/* refs seen acquired, released */
	uint64_t waited;		/* refs acquired by waiting for them */
	uint64_t prim_acquired, prim_released;	/* by a call in this function */
	struct flow_state *at;		/* at the start of each block */
	uint32_t *head, *next;		/* edges by block */
	uint8_t *dirty;
	uint32_t cap_blocks, cap_edges;
	struct flow_state exit[3];	/* by class returned */
	uint8_t exit_classes;
};

/* Called before each event of a live block, in block order. */
typedef void (*flow_visit)(struct flow *w, uint32_t event,
			   const struct flow_state *st, void *ctx);

struct flow *flow_new(struct summaries *s);
void flow_free(struct flow *w);

/** flow_run() - analyse @fn; @visit may be NULL. Results stay in @w until the
 * next run. */
void flow_run(struct flow *w, uint32_t fn, const struct spec *spec,
	      flow_visit visit, void *ctx);

/** flow_refs() - the refs in the set @bits, written to @out (FLOW_REFS). */
unsigned int flow_refs(const struct flow *w, uint64_t bits, ref_t *out);

#endif
