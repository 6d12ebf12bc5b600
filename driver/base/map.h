/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hash map from 64-bit keys to 32-bit values, open addressing.
 *
 * Key 0 is allowed. Iteration order depends on the insertion history only;
 * results that leave the program are sorted by whoever makes them.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map_slot {
	uint64_t key;
	uint32_t value;
	uint32_t used;
};

struct map {
	struct map_slot *slots;
	size_t nr, cap;		/* cap is 0 or a power of two */
};

void map_init(struct map *m);
void map_release(struct map *m);
void map_clear(struct map *m);

/** map_get() - the value of @key, or @absent. */
uint32_t map_get(const struct map *m, uint64_t key, uint32_t absent);
bool map_has(const struct map *m, uint64_t key);

/** map_at() - the value slot of @key, inserted as 0 when new. Valid until
 * the next insertion. @is_new may be NULL. */
uint32_t *map_at(struct map *m, uint64_t key, bool *is_new);
void map_set(struct map *m, uint64_t key, uint32_t value);

/* Key of a pair of 32-bit ids. */
static inline uint64_t map_pair(uint32_t a, uint32_t b)
{
	return (uint64_t)a << 32 | b;
}

/** map_next() - iterate: start with *@pos = 0; NULL at the end. */
const struct map_slot *map_next(const struct map *m, size_t *pos);

#endif
