// SPDX-License-Identifier: GPL-2.0-only
/*
 * A plan and its changed file go in; which of the masks may go comes out. The
 * judgement says through which places of the scope's function all ways to a
 * site lead; whether the scope is open at each of them is asked of the text.
 */
#include "edit/covered.h"

#include <string.h>

void passages_init(struct passages *ps, const struct plan *p,
		   const struct remap *map, struct arena *a)
{
	size_t i, k;

	ps->v = ARENA_ARRAY(a, struct section_point *, p->nr_sites);
	ps->lost = ARENA_ARRAY(a, bool, p->nr_sites);
	ps->own = ARENA_ARRAY(a, uint32_t, p->nr_sites);
	for (i = 0; i < p->nr_sites; i++) {
		const struct result_site *s = p->sites[i];

		ps->own[i] = UINT32_MAX;
		if (!s->nr_through)
			continue;
		ps->v[i] = arena_memdup(a, s->through,
					s->nr_through * sizeof(*s->through));
		for (k = 0; map && k < s->nr_through; k++)
			if (s->through[k].line &&
			    !remap_point(map, &ps->v[i][k].line,
					 &ps->v[i][k].column))
				ps->lost[i] = true;
	}
}

static bool is_own_function(const struct plan *p, size_t i)
{
	return !strcmp(p->sites[i]->path, p->section->path) &&
	       !strcmp(p->sites[i]->function, p->section->function);
}

static bool is_covered(const struct passages *ps, const struct inside *in,
		       const struct plan *p, size_t i)
{
	const struct result_site *s = p->sites[i];
	size_t k;

	for (k = 0; k < s->nr_through; k++) {
		const struct section_point *pt = &ps->v[i][k];

		if (pt->line ? !inside_point(in, pt->line, pt->column) :
			       is_own_function(p, i) &&
			       !inside_site(in, ps->own[i]))
			return false;
	}
	return !ps->lost[i];
}

int covered_refuse(const struct passages *ps, const struct inside *in,
		   const struct plan *p, const char **why)
{
	size_t i;
	int nr = 0;

	for (i = 0; i < p->nr_sites; i++) {
		if (why[i] || !p->sites[i]->nr_through ||
		    is_covered(ps, in, p, i))
			continue;
		why[i] = "the mask is not inside the scope on every path";
		nr++;
	}
	return nr;
}
