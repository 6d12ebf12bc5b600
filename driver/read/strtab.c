// SPDX-License-Identifier: GPL-2.0-only
/*
 * Open addressing over the ids; the hash reads eight bytes at a time, which is
 * why strings need STRTAB_PAD readable bytes behind them.
 */
#include "read/strtab.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define FIRST_SLOTS 2048

/* The first eight bytes of a string, zeroes behind a shorter one. */
static inline uint64_t load_bytes(const char *s, size_t len)
{
	uint64_t w;

	memcpy(&w, s, sizeof(w));
	return len < 8 ? w & ((1ULL << 8 * len) - 1) : w;
}

static inline uint32_t hash_bytes(uint64_t head, const char *s, size_t len)
{
	uint64_t h = (head ^ len) * 0x9e3779b97f4a7c15ULL;

	while (len > 8) {
		s += 8;
		len -= 8;
		h = (h ^ (h >> 32) ^ load_bytes(s, len)) *
		    0xff51afd7ed558ccdULL;
	}
	return h >> 32;
}

void strtab_init(struct strtab *t)
{
	memset(t, 0, sizeof(*t));
	t->slots = xcalloc(FIRST_SLOTS, sizeof(*t->slots));
	t->mask = FIRST_SLOTS - 1;
	GROW(t->v, t->nr, t->cap);
	t->v[t->nr++] = (struct strtab_entry){ .s = "" };
	t->nr_fixed = 1;
}

void strtab_release(struct strtab *t)
{
	free(t->slots);
	free(t->v);
	memset(t, 0, sizeof(*t));
}

/* The slot that holds the string, or the free one where it belongs. */
static inline uint32_t find_slot(const struct strtab *t, const char *s,
				 size_t len, uint64_t head, uint32_t hash)
{
	uint32_t i;

	for (i = hash & t->mask; t->slots[i].id; i = (i + 1) & t->mask) {
		const struct strtab_entry *e;

		if (t->slots[i].hash != hash)
			continue;
		e = &t->v[t->slots[i].id];
		if (e->len == len && e->head == head &&
		    (len <= 8 || !memcmp(e->s + 8, s + 8, len - 8)))
			break;
	}
	return i;
}

static void insert_again(struct strtab *t, uint32_t id)
{
	uint32_t i = t->v[id].hash & t->mask;

	while (t->slots[i].id)
		i = (i + 1) & t->mask;
	t->slots[i] = (struct strtab_slot){ id, t->v[id].hash };
}

static void grow_slots(struct strtab *t)
{
	size_t nr = 2 * ((size_t)t->mask + 1);

	free(t->slots);
	t->slots = xcalloc(nr, sizeof(*t->slots));
	t->mask = nr - 1;
	for (uint32_t id = 1; id < t->nr; id++)
		insert_again(t, id);
}

uint32_t strtab_add(struct strtab *t, const char *s, size_t len)
{
	uint64_t head;
	uint32_t hash, i;

	if (!len)
		return 0;
	head = load_bytes(s, len);
	hash = hash_bytes(head, s, len);
	i = find_slot(t, s, len, head, hash);
	if (t->slots[i].id)
		return t->slots[i].id;
	GROW(t->v, t->nr, t->cap);
	t->v[t->nr] = (struct strtab_entry){ s, head, len, hash };
	t->slots[i] = (struct strtab_slot){ t->nr++, hash };
	if (t->nr > t->mask / 2)
		grow_slots(t);
	return t->nr - 1;
}

uint32_t strtab_find(const struct strtab *t, const char *s, size_t len)
{
	uint64_t head;

	if (!len)
		return 0;
	head = load_bytes(s, len);
	return t->slots[find_slot(t, s, len, head,
				  hash_bytes(head, s, len))].id;
}

void strtab_fix(struct strtab *t)
{
	t->nr_fixed = t->nr;
}

void strtab_reset(struct strtab *t)
{
	size_t nr = FIRST_SLOTS;

	t->nr = t->nr_fixed;
	while (nr / 2 <= t->nr)
		nr *= 2;
	if (nr != (size_t)t->mask + 1) {
		free(t->slots);
		t->slots = xmalloc(nr * sizeof(*t->slots));
		t->mask = nr - 1;
	}
	memset(t->slots, 0, nr * sizeof(*t->slots));
	for (uint32_t id = 1; id < t->nr; id++)
		insert_again(t, id);
}
