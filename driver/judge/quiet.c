// SPDX-License-Identifier: GPL-2.0-only
/*
 * Quiet file systems (see quiet.h): from the contexts of one pass. Whoever
 * writes back is none, as reclaim waits for writeback without any lock.
 */
#include "judge/quiet.h"

#include <stdlib.h>

#include "base/mem.h"

/* The bits of all that reclaim waits for on either side. */
static uint64_t *waited_bits(const struct contexts *c, uint32_t comp)
{
	uint64_t *bits = xcalloc(c->words, sizeof(*bits));

	for (uint32_t b = 0; b < c->reclaim->nr_bits; b++) {
		ref_t ref = c->reclaim->bit_ref[b];

		for (int side = 0; side < SIDE_NR; side++) {
			const struct wait *w = reclaim_wait(c->reclaim, ref,
							    side, comp, NULL);

			if (w && (w->via || w->elsewhere ||
				  !ref_is_instance(c->reclaim->refs, ref)))
				bits[b / 64] |= 1ull << b % 64;
		}
	}
	return bits;
}

static bool holds_any(const struct contexts *c, uint32_t set,
		      const uint64_t *bits)
{
	uint32_t nr;
	const ref_t *refs = points_set(c->pts, set, &nr);

	for (uint32_t i = 0; i < nr; i++) {
		uint32_t b = c->reclaim->ref_bit[refs[i]];

		if (b && bits[(b - 1) / 64] >> (b - 1) % 64 & 1)
			return true;
	}
	return false;
}

static bool is_quiet_fn(const struct contexts *c, uint32_t fn,
			const uint64_t *bits)
{
	const struct func *f = program_func(c->p, fn);

	if (c->imposed->waited[fn] || c->imposed->held[fn] ||
	    c->pts->overflow[fn] || f->flags & FUNC_BROKEN)
		return false;
	for (uint32_t i = 0; i < f->nr_events; i++)
		if (holds_any(c, point_at(c->pts, fn,
					  f->first_event + i)->held, bits))
			return false;
	return true;
}

bool quiet_candidate(const struct contexts *c, uint32_t comp)
{
	bool quiet = c->walk->kind[comp] == COMP_LEAF &&
		     !reclaim_has_side(c->reclaim, SIDE_IO, comp);
	uint64_t *bits;

	if (!quiet)
		return false;
	bits = waited_bits(c, comp);
	for (uint32_t fn = 0; quiet && fn < program_nr_fns(c->p); fn++)
		if (c->walk->component[fn] == comp)
			quiet = is_quiet_fn(c, fn, bits);
	free(bits);
	return quiet;
}

static bool is_entered_quietly(const struct pass *ps, uint32_t fn,
			       const uint64_t *bits)
{
	if (ps->ctx[fn].doubts & (DOUBT_POINTER | DOUBT_BOUND | DOUBT_BROKEN))
		return false;
	for (int l = 0; l < LEVEL_NOIO; l++) {
		const uint64_t *locks = pass_locks(ps, fn, l);

		for (uint32_t i = 0; locks && i < ps->all->words; i++)
			if (locks[i] & bits[i])
				return false;
	}
	return true;
}

bool quiet_colour(const struct pass *ps)
{
	uint64_t *bits = waited_bits(ps->all, ps->colour);
	bool quiet = true;

	for (uint32_t i = 0; quiet && i < ps->nr_touched; i++)
		if (ps->all->walk->component[ps->touched[i]] == ps->colour)
			quiet = is_entered_quietly(ps, ps->touched[i], bits);
	free(bits);
	return quiet;
}
