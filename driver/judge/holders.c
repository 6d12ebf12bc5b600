// SPDX-License-Identifier: GPL-2.0-only
/*
 * Holders (see holders.h).
 */
#include "judge/holders.h"

#include <stdlib.h>

#include "base/mem.h"

static int holder_order(const void *x, const void *y)
{
	const struct holder *a = x, *b = y;

	if (a->ref != b->ref)
		return a->ref < b->ref ? -1 : 1;
	if (a->fn != b->fn)
		return a->fn < b->fn ? -1 : 1;
	return a->event < b->event ? -1 : a->event > b->event;
}

/* Every call that is made with something held by its own function. */
void holders_list(struct reclaim *r)
{
	const struct program *p = r->walk->p;

	for (uint32_t fn = 0; fn < program_nr_fns(p); fn++) {
		const struct func *f = program_func(p, fn);

		if (!r->pts->of[program_fn(p, fn)->file])
			continue;
		for (uint32_t i = 0; i < f->nr_events; i++) {
			uint32_t nr, e = f->first_event + i;
			const ref_t *refs = points_set(r->pts,
				point_at(r->pts, fn, e)->held, &nr);

			for (uint32_t j = 0; j < nr; j++) {
				GROW(r->holders, r->nr_holders,
				     r->cap_holders);
				r->holders[r->nr_holders++] =
					(struct holder){ refs[j], fn, e };
			}
		}
	}
	if (r->nr_holders)
		qsort(r->holders, r->nr_holders, sizeof(*r->holders),
		      holder_order);
}

const struct holder *holders_of(const struct reclaim *r, ref_t ref,
				     uint32_t *nr)
{
	uint32_t low = 0, high = r->nr_holders;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (r->holders[mid].ref < ref)
			low = mid + 1;
		else
			high = mid;
	}
	for (*nr = 0; low + *nr < r->nr_holders &&
	     r->holders[low + *nr].ref == ref; )
		++*nr;
	return r->holders + low;
}
