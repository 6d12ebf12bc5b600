/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Facts while they are made: the arrays of struct facts, growing. Strings are
 * handed in as ids of the file's string table (strtab.h); only those that are
 * used get into the facts.
 */
#ifndef READ_BUILDER_H
#define READ_BUILDER_H

#include "read/facts.h"
#include "read/runs.h"
#include "read/strtab.h"

struct builder {
#define X(type, name) type *name; uint32_t nr_##name, cap_##name;
	FACTS_ARRAYS(X)
#undef X
	const struct strtab *strings;
	str_t *str_of;		/* by string table id; 0: not used yet */
	uint32_t cap_str_of;
	uint32_t *used;		/* string table id by str_t */
	uint32_t nr_used, cap_used;
	struct run_table word_runs, expr_runs;
	uint32_t *scratch, cap_scratch;	/* of whoever needs it, for a call */
};

/* How long the arrays were at some point. */
struct builder_mark {
#define X(type, name) uint32_t name;
	FACTS_ARRAYS(X)
#undef X
};

void builder_mark(const struct builder *b, struct builder_mark *m);

/* Append one zeroed record and return it: valid until the next one. */
#define X(type, name) type *builder_add_##name(struct builder *b);
FACTS_ARRAYS(X)
#undef X

void builder_init(struct builder *b, const struct strtab *strings);
void builder_release(struct builder *b);
void builder_clear(struct builder *b);

/** builder_str() - the str_t of string table id @id. */
str_t builder_str(struct builder *b, uint32_t id);

/** builder_words() - a run of @nr str_t, shared with equal runs. */
uint32_t builder_words(struct builder *b, const str_t *w, uint32_t nr);

/** builder_exprs() - a run of @nr expressions, shared with equal runs. Return:
 * index of the first. */
uint32_t builder_exprs(struct builder *b, const struct expr *e, uint32_t nr);

/** builder_finish() - copy everything to @arena as the facts @f. */
void builder_finish(struct builder *b, struct arena *arena, struct facts *f);

#endif
