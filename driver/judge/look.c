// SPDX-License-Identifier: GPL-2.0-only
/*
 * Looks (see look.h).
 */
#include "judge/look.h"

#include <stdlib.h>

#include "base/mem.h"

void looks_init(struct looks *ls, const struct walk *walk,
		const struct flushes *flushes, const struct map *lasts)
{
	ls->walk = walk;
	ls->flushes = flushes;
	ls->lasts = lasts;
	ls->of = xcalloc(program_nr_fns(walk->p) + 1, sizeof(*ls->of));
}

static void look_free(struct look *l)
{
	if (!l)
		return;
	free(l->v);
	free(l->live[0]);
	free(l->live[1]);
	free(l);
}

void looks_release(struct looks *ls)
{
	for (uint32_t fn = 0; fn < program_nr_fns(ls->walk->p); fn++)
		look_free(ls->of[fn]);
	free(ls->of);
}

bool looks_step(const struct looks *ls, uint32_t fn, uint32_t e,
		struct look_step *out)
{
	const struct program *p = ls->walk->p;
	const struct pfile *file = program_fn_file(p, fn);
	const struct event *ev = &file->facts->events[e];
	struct flush_iter it;
	size_t nr;

	if ((ev->kind != EV_CALL && ev->kind != EV_ICALL) ||
	    walk_is_handed(ls->walk, fn, e))
		return false;
	it = flush_start(ls->flushes, fn, ev);
	*out = (struct look_step){
		.api = program_call_api(p, file, ev), .event = e,
		.flushes = it.fn || it.item,
	};
	program_targets(p, fn, e, &nr);
	return out->api || out->flushes || nr;
}

struct look *looks_of(struct looks *ls, uint32_t fn)
{
	const struct func *f = program_func(ls->walk->p, fn);
	const struct facts *facts = program_fn_file(ls->walk->p, fn)->facts;
	struct look *l = ls->of[fn];
	uint32_t cap = 0;

	if (l)
		return l;
	l = ls->of[fn] = xcalloc(1, sizeof(*l));
	for (uint32_t b = 0; b < f->nr_blocks; b++) {
		const struct block *blk = &facts->blocks[f->first_block + b];

		for (uint32_t i = 0; i < blk->nr_events; i++) {
			struct look_step s;

			if (!looks_step(ls, fn, blk->first_event + i, &s))
				continue;
			s.block = b;
			GROW(l->v, l->nr, cap);
			l->v[l->nr++] = s;
		}
	}
	if (l->nr)
		l->v = xreallocarray(l->v, l->nr, sizeof(*l->v));
	return l;
}

const uint8_t *looks_live(struct looks *ls, struct look *l, uint32_t fn,
			  bool bare)
{
	const struct live how = {
		.p = ls->walk->p, .lasts = ls->lasts, .reclaim = !bare,
	};

	if (!l->live[bare])
		l->live[bare] = live_blocks(&how, fn);
	return l->live[bare];
}
