// SPDX-License-Identifier: GPL-2.0-only
/*
 * Growing arrays with sharing of equal runs: the members of a chain occur
 * again and again, and so do whole expressions within a function.
 */
#include "read/builder.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define X(type, name)							\
	type *builder_add_##name(struct builder *b)			\
	{								\
		type *p;						\
									\
		GROW(b->name, b->nr_##name, b->cap_##name);		\
		p = &b->name[b->nr_##name++];				\
		memset(p, 0, sizeof(*p));				\
		return p;						\
	}
FACTS_ARRAYS(X)
#undef X

void builder_init(struct builder *b, const struct strtab *strings)
{
	memset(b, 0, sizeof(*b));
	b->strings = strings;
	/* never NULL, so that one may point behind the last record */
#define X(type, name) GROW(b->name, 0, b->cap_##name);
	FACTS_ARRAYS(X)
#undef X
	run_table_init(&b->word_runs);
	run_table_init(&b->expr_runs);
	builder_clear(b);
}

void builder_release(struct builder *b)
{
#define X(type, name) free(b->name);
	FACTS_ARRAYS(X)
#undef X
	free(b->str_of);
	free(b->used);
	free(b->scratch);
	run_table_release(&b->word_runs);
	run_table_release(&b->expr_runs);
}

void builder_clear(struct builder *b)
{
#define X(type, name) b->nr_##name = 0;
	FACTS_ARRAYS(X)
#undef X
	for (uint32_t i = 1; i < b->nr_used; i++)
		b->str_of[b->used[i]] = 0;
	GROW(b->used, 0, b->cap_used);
	b->used[0] = 0;
	b->nr_used = 1;
	run_table_clear(&b->word_runs);
	run_table_clear(&b->expr_runs);
}

void builder_mark(const struct builder *b, struct builder_mark *m)
{
#define X(type, name) m->name = b->nr_##name;
	FACTS_ARRAYS(X)
#undef X
}

str_t builder_str(struct builder *b, uint32_t id)
{
	uint32_t old = b->cap_str_of;

	if (!id)
		return 0;
	if (id >= old) {
		GROW_BY(b->str_of, id, b->cap_str_of, 1);
		memset(b->str_of + old, 0,
		       (b->cap_str_of - old) * sizeof(*b->str_of));
	}
	if (!b->str_of[id]) {
		GROW(b->used, b->nr_used, b->cap_used);
		b->used[b->nr_used] = id;
		b->str_of[id] = b->nr_used++;
	}
	return b->str_of[id];
}

uint32_t builder_words(struct builder *b, const str_t *w, uint32_t nr)
{
	uint32_t next = b->nr_words;
	uint32_t first;

	if (!nr)
		return 0;
	first = run_table_put(&b->word_runs, b->words, sizeof(*w), w, nr, next);
	if (first == next) {
		GROW_BY(b->words, b->nr_words, b->cap_words, nr);
		memcpy(b->words + next, w, nr * sizeof(*w));
		b->nr_words += nr;
	}
	return first;
}

uint32_t builder_exprs(struct builder *b, const struct expr *e, uint32_t nr)
{
	uint32_t next = b->nr_exprs;
	uint32_t first;

	if (!nr)
		return 0;
	first = run_table_put(&b->expr_runs, b->exprs, sizeof(*e), e, nr, next);
	if (first != next)
		return first;
	GROW_BY(b->exprs, b->nr_exprs, b->cap_exprs, nr);
	memcpy(b->exprs + next, e, nr * sizeof(*e));
	b->nr_exprs += nr;
	for (uint32_t i = 0; nr > 1 && i < nr; i++)
		run_table_put(&b->expr_runs, b->exprs, sizeof(*e), e + i, 1,
			      next + i);
	return first;
}

static void finish_strings(struct builder *b, struct arena *arena,
			   struct facts *f)
{
	uint32_t *strings = arena_alloc(arena, b->nr_used * sizeof(*strings));
	size_t len = 0;
	char *text;

	for (uint32_t i = 0; i < b->nr_used; i++) {
		strings[i] = len;
		len += b->strings->v[b->used[i]].len + 1;
	}
	text = arena_alloc(arena, len);
	for (uint32_t i = 0; i < b->nr_used; i++) {
		const struct strtab_entry *e = &b->strings->v[b->used[i]];

		memcpy(text + strings[i], e->s, e->len);
		text[strings[i] + e->len] = 0;
	}
	f->strings = strings;
	f->nr_strings = b->nr_used;
	f->text = text;
	f->text_len = len;
}

void builder_finish(struct builder *b, struct arena *arena, struct facts *f)
{
	finish_strings(b, arena, f);
#define X(type, name)							\
	f->nr_##name = b->nr_##name;					\
	f->name = arena_memdup(arena, b->name,				\
			       b->nr_##name * sizeof(type));
	FACTS_ARRAYS(X)
#undef X
}
