/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A map from string ids to numbers that is cleared in no time: what the names
 * of one function mean.
 */
#ifndef READ_IDMAP_H
#define READ_IDMAP_H

#include <stdbool.h>
#include <stdint.h>

struct idmap_slot {
	uint32_t age;		/* other than the map's: absent */
	uint32_t value;
};

struct idmap {
	struct idmap_slot *v;	/* by id */
	uint32_t cap, age;
};

void idmap_release(struct idmap *m);
void idmap_clear(struct idmap *m);
void idmap_set(struct idmap *m, uint32_t id, uint32_t value);

/** idmap_get() - the value of @id or @absent. */
static inline uint32_t idmap_get(const struct idmap *m, uint32_t id,
				 uint32_t absent)
{
	if (id >= m->cap || m->v[id].age != m->age)
		return absent;
	return m->v[id].value;
}

#endif
