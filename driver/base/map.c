// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hash map from 64-bit keys to 32-bit values: linear probing, at most three
 * quarters full. There is no removal, hence no tombstones.
 */
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define CAP_MIN 16

static size_t slot_of(uint64_t key, size_t cap)
{
	key ^= key >> 32;
	key *= 0x9e3779b97f4a7c15ULL;
	key ^= key >> 29;
	return key & (cap - 1);
}

/* The slot that has @key, or the free one where it belongs. */
static struct map_slot *find(struct map_slot *slots, size_t cap, uint64_t key)
{
	size_t i = slot_of(key, cap);

	while (slots[i].used && slots[i].key != key)
		i = (i + 1) & (cap - 1);
	return &slots[i];
}

void map_init(struct map *m)
{
	memset(m, 0, sizeof(*m));
}

void map_release(struct map *m)
{
	free(m->slots);
	map_init(m);
}

void map_clear(struct map *m)
{
	if (m->nr)
		memset(m->slots, 0, m->cap * sizeof(*m->slots));
	m->nr = 0;
}

static void grow(struct map *m)
{
	size_t cap = m->cap ? m->cap * 2 : CAP_MIN, i;
	struct map_slot *slots = xcalloc(cap, sizeof(*slots));

	for (i = 0; i < m->cap; i++)
		if (m->slots[i].used)
			*find(slots, cap, m->slots[i].key) = m->slots[i];
	free(m->slots);
	m->slots = slots;
	m->cap = cap;
}

uint32_t map_get(const struct map *m, uint64_t key, uint32_t absent)
{
	const struct map_slot *slot;

	if (!m->cap)
		return absent;
	slot = find(m->slots, m->cap, key);
	return slot->used ? slot->value : absent;
}

bool map_has(const struct map *m, uint64_t key)
{
	return m->cap && find(m->slots, m->cap, key)->used;
}

uint32_t *map_at(struct map *m, uint64_t key, bool *is_new)
{
	struct map_slot *slot;

	if (m->nr >= m->cap / 4 * 3)
		grow(m);
	slot = find(m->slots, m->cap, key);
	if (is_new)
		*is_new = !slot->used;
	if (!slot->used) {
		slot->used = 1;
		slot->key = key;
		m->nr++;
	}
	return &slot->value;
}

void map_set(struct map *m, uint64_t key, uint32_t value)
{
	*map_at(m, key, NULL) = value;
}

const struct map_slot *map_next(const struct map *m, size_t *pos)
{
	while (*pos < m->cap) {
		const struct map_slot *slot = &m->slots[(*pos)++];

		if (slot->used)
			return slot;
	}
	return NULL;
}
