// SPDX-License-Identifier: GPL-2.0-only
/*
 * Open addressing; clearing only raises the age, so that it costs nothing to
 * do it for every function.
 */
#include "read/runs.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define FIRST_SLOTS 1024

void run_table_init(struct run_table *t)
{
	t->v = xcalloc(FIRST_SLOTS, sizeof(*t->v));
	t->mask = FIRST_SLOTS - 1;
	t->nr = 0;
	t->age = 1;
}

void run_table_release(struct run_table *t)
{
	free(t->v);
	t->v = NULL;
}

/* A table that grew for one large file would cost all small ones behind it
 * their cache lines. */
static void shrink(struct run_table *t)
{
	free(t->v);
	t->v = xcalloc(FIRST_SLOTS, sizeof(*t->v));
	t->mask = FIRST_SLOTS - 1;
}

void run_table_clear(struct run_table *t)
{
	t->nr = 0;
	if (t->mask >= 4 * FIRST_SLOTS)
		shrink(t);
	if (++t->age)
		return;
	memset(t->v, 0, ((size_t)t->mask + 1) * sizeof(*t->v));
	t->age = 1;
}

/* Records are multiples of four bytes. */
static uint32_t hash_words(const void *run, size_t len)
{
	const char *s = run;
	uint64_t h = len, w;
	uint32_t last;

	for (; len >= sizeof(w); len -= sizeof(w), s += sizeof(w)) {
		memcpy(&w, s, sizeof(w));
		h = (h ^ (h >> 32) ^ w) * 0x9e3779b97f4a7c15ULL;
	}
	if (len) {
		memcpy(&last, s, sizeof(last));
		h = (h ^ (h >> 32) ^ last) * 0x9e3779b97f4a7c15ULL;
	}
	return h >> 32;
}

static void grow(struct run_table *t)
{
	struct run_slot *old = t->v;
	uint32_t nr = t->mask + 1;

	t->v = xcalloc(nr, 2 * sizeof(*t->v));
	t->mask = 2 * nr - 1;
	for (uint32_t k = 0; k < nr; k++) {
		uint32_t i = old[k].hash & t->mask;

		if (old[k].age != t->age)
			continue;
		while (t->v[i].age == t->age)
			i = (i + 1) & t->mask;
		t->v[i] = old[k];
	}
	free(old);
}

uint32_t run_table_put(struct run_table *t, const void *base, size_t size,
		       const void *run, uint32_t nr, uint32_t next)
{
	uint32_t hash = hash_words(run, size * nr);
	uint32_t i = hash & t->mask;

	for (; t->v[i].age == t->age; i = (i + 1) & t->mask) {
		const struct run_slot *s = &t->v[i];

		if (s->hash == hash && s->nr == nr &&
		    !memcmp((const char *)base + size * s->first, run,
			    size * nr))
			return s->first;
	}
	t->v[i] = (struct run_slot){ t->age, hash, next, nr };
	if (++t->nr > t->mask / 2)
		grow(t);
	return next;
}
