/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Contexts: under which scopes and with which locks each function can run,
 * from all entries down, one pass per colour.
 */
#ifndef JUDGE_CONTEXT_H
#define JUDGE_CONTEXT_H

#include "judge/doors.h"
#include "judge/entrance.h"
#include "judge/handed.h"
#include "judge/imposed.h"
#include "judge/leads.h"
#include "judge/reclaim.h"

struct context {
	uint8_t levels;		/* set of 1 << enum level; 0: not reached */
	uint8_t doubts;		/* set of enum doubt */
	uint16_t entries;	/* set of 1 << enum entry_kind, ENTRY_WAITED_*;
				 * those of paths below NOIO */
};

/* Who brought a function to a level first. */
struct origin {
	uint32_t fn, event;	/* FN_NONE: an entry */
};

/* What holds at one event of a function: the result of context_at(). */
struct situation {
	uint8_t levels, doubts;
	uint16_t entries;
	bool with_locks;		/* locks are looked for, too */
	uint64_t *locks[LEVEL_NOIO];	/* by level below NOIO: reclaim.ref_bit
					 * bits that may be held */
};

/* What all passes share; read-only while they run. */
struct contexts {
	const struct reclaim *reclaim;
	const struct points *pts;
	const struct walk *walk;
	const struct program *p;
	struct entrances entrances;
	uint32_t words;		/* 64-bit words of a lock set */
	const struct imposed *imposed;
	const struct handed *handed;
	struct leads leads;
	struct doors doors;
	struct pass *base;	/* the pass without colour; NULL before it */
};

/* One pass; one thread's working memory, reused. */
struct pass {
	const struct contexts *all;
	uint32_t colour;
	struct context *ctx;		/* by function */
	struct origin *origin[LEVEL_NR];
	uint32_t *touched;		/* functions, in the order they were
					 * reached in */
	uint32_t nr_touched;
	uint32_t *slot;			/* by function: place in touched */
	uint64_t *locks[LEVEL_NOIO];	/* by slot, words each */
	size_t cap_locks;		/* in slots */
	bool with_locks;		/* contexts are known, locks follow */
	bool *queued;			/* by function: to be visited */
	bool again;			/* one is that this round is past */
	uint32_t at;			/* how far this round is: see order */
	uint32_t *order;		/* touched, callers first */
	uint32_t *rank;			/* by function: place in order */
	struct situation out, in;	/* scratch */
};

/** contexts_init() - leads_make() on @c->leads and doors_make() on @c->doors
 * come next. */
void contexts_init(struct contexts *c, const struct reclaim *r,
		   const struct imposed *im, const struct handed *handed);

void contexts_release(struct contexts *c);

struct pass *pass_new(const struct contexts *c);
void pass_free(struct pass *ps);

/** pass_run() - contexts of all functions in the pass of @colour. */
void pass_run(struct pass *ps, uint32_t colour);

/** contexts_take_base() - keep @ps, the pass without colour, for the others;
 * contexts_release() frees it. */
void contexts_take_base(struct contexts *c, struct pass *ps);

/** pass_locks() - what may be held when @fn is entered at @level: words words
 * of reclaim.ref_bit bits, or NULL when the pass does not reach @fn. */
const uint64_t *pass_locks(const struct pass *ps, uint32_t fn,
			   enum level level);

/** context_at() - what can hold at @event of @fn; valid until the next call
 * of it with the same @ps. */
const struct situation *context_at(struct pass *ps, uint32_t fn,
				   uint32_t event);

/** context_into() - what can hold at @event of @fn when it is entered with the
 * last result of context_at() or context_into(), instead of with what all of
 * its callers bring; valid as that of context_at() is. */
const struct situation *context_into(struct pass *ps, uint32_t fn,
				     uint32_t event);

#endif
