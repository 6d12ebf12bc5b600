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

enum { STEPS = 1000 };	/* functions looked at for one */

/* What one function of the colour may run. */
struct below {
	const struct pass *ps;
	uint32_t fns[STEPS], nr;
	struct map seen;
};

/* Does the call allocate with a mask that is not written there? */
static bool takes_mask(const struct contexts *c, const struct pfile *file,
		       const struct event *ev)
{
	const struct know_allocator *k = NULL;
	unsigned int mask;

	if (ev->kind == EV_CALL)
		k = program_allocator(c->p, file->atoms[ev->name]);
	if (!k || k->gfp_arg < 0)
		return false;
	if (k->gfp_arg >= ev->nr_args)
		return true;
	mask = file->facts->exprs[ev->args + k->gfp_arg].mask;
	return !(mask & MASK_PRESENT) || mask & MASK_VARIABLE;
}

/* Is a call through a pointer in @fn one that is not followed? Macros call what
 * their arguments say, and what looks like a call in code of a machine is
 * assembly. */
static bool is_call(const struct walk *w, uint32_t fn)
{
	return !(program_func(w->p, fn)->flags & FUNC_MACRO) &&
	       !program_component(w->p, w->component[fn])->machine;
}

/* Does the call @event of @fn so, or may it lead to anything? Else what it
 * runs comes to @b. */
static bool may_take_mask(struct below *b, uint32_t fn, uint32_t event)
{
	const struct contexts *c = b->ps->all;
	const struct pfile *file = program_fn_file(c->p, fn);
	const struct event *ev = &file->facts->events[event];
	const struct target *t;
	bool is_new;
	size_t nr;

	if (takes_mask(c, file, ev))
		return true;
	t = program_targets(c->p, fn, event, &nr);
	if (!nr && ev->kind == EV_ICALL)
		return is_call(c->walk, fn);
	for (size_t i = 0; i < nr; i++) {
		if (!walk_context(c->walk, fn, t[i].fn, t[i].how,
				  ev->kind == EV_ICALL, b->ps->colour))
			continue;
		map_at(&b->seen, t[i].fn, &is_new);
		if (is_new && b->nr == STEPS)
			return true;
		if (is_new)
			b->fns[b->nr++] = t[i].fn;
	}
	return false;
}

/* May a mask that is stored act at something that @fn runs? */
static bool may_use_stored(const struct pass *ps, uint32_t fn)
{
	struct below b = { .ps = ps, .fns = { fn }, .nr = 1 };
	bool may = false;

	map_init(&b.seen);
	map_set(&b.seen, fn, 0);
	for (uint32_t at = 0; at < b.nr && !may; at++) {
		const struct func *f = program_func(ps->all->p, b.fns[at]);

		for (uint32_t i = 0; i < f->nr_events && !may; i++)
			may = may_take_mask(&b, b.fns[at],
					    f->first_event + i);
	}
	map_release(&b.seen);
	return may;
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
				return !may_use_stored(ps, fn);
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
