// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every slot has the age at which it was set; clearing makes the map older.
 * A map of all zeroes is not valid before the first idmap_clear().
 */
#include "read/idmap.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void idmap_release(struct idmap *m)
{
	free(m->v);
	memset(m, 0, sizeof(*m));
}

void idmap_clear(struct idmap *m)
{
	if (++m->age)
		return;
	memset(m->v, 0, m->cap * sizeof(*m->v));
	m->age = 1;
}

void idmap_set(struct idmap *m, uint32_t id, uint32_t value)
{
	uint32_t old = m->cap;

	if (id >= old) {
		GROW_BY(m->v, id, m->cap, 1);
		memset(m->v + old, 0, (m->cap - old) * sizeof(*m->v));
	}
	m->v[id] = (struct idmap_slot){ m->age, value };
}
