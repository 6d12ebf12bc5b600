// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is found in files on the way through their calls (struct haul), and
 * which names it was found by. The records of a file lie together, so that
 * they can be taken over for a file that need not be looked at again.
 */
#include "link/link.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void haul_flow(struct haul *h, struct ref from, struct ref to)
{
	if (from.kind == REF_NONE || to.kind == REF_NONE)
		return;
	GROW(h->flows, h->nr_flows, h->cap_flows);
	h->flows[h->nr_flows++] = (struct flow){ from, to };
}

void haul_mark(struct haul *h, uint32_t fn, uint32_t kind)
{
	GROW(h->marks, h->nr_marks, h->cap_marks);
	h->marks[h->nr_marks++] = (struct mark){ fn, kind };
}

uint32_t haul_list(struct haul *h, const struct program *p,
		   const uint32_t *fns, size_t nr)
{
	size_t i;

	if (!nr)
		return SLOT_NONE;
	if (nr == 1)
		return SLOT_FIRST + fns[0];
	GROW(h->lists, h->nr_lists, h->cap_lists);
	h->lists[h->nr_lists].first = (uint32_t)h->nr_targets;
	h->lists[h->nr_lists].nr = (uint32_t)nr;
	h->lists[h->nr_lists].why = RESOLVED;
	GROW_BY(h->targets, h->nr_targets, h->cap_targets, nr);
	for (i = 0; i < nr; i++)
		h->targets[h->nr_targets++] =
			(struct target){ fns[i], TARGET_DIRECT };
	return SLOT_FIRST + p->nr_fns + (uint32_t)h->nr_lists++;
}

struct ends haul_ends(const struct haul *h)
{
	struct ends e = {
#define X(type, name) .name = (uint32_t)h->nr_##name,
		HAUL_ARRAYS(X)
#undef X
	};

	return e;
}

/* The @n records at @v are appended to @to.@array. */
#define TAKE(to, array, v, n)						\
	do {								\
		size_t n_ = (n);					\
		GROW_BY((to)->array, (to)->nr_##array,			\
			(to)->cap_##array, n_);				\
		if (n_)							\
			memcpy((to)->array + (to)->nr_##array, (v),	\
			       n_ * sizeof(*(to)->array));		\
		(to)->nr_##array += n_;					\
	} while (0)

void haul_take(struct haul *to, const struct haul *from, struct ends first,
	       struct ends end)
{
	size_t i = to->nr_icalls;
	uint32_t base = (uint32_t)to->nr_passes;

#define X(type, name)							\
	TAKE(to, name, from->name + first.name, end.name - first.name);
	HAUL_ARRAYS(X)
#undef X
	for (; i < to->nr_icalls; i++)
		to->icalls[i].first_pass += base - first.passes;
}

void haul_release(struct haul *h)
{
#define X(type, name) free(h->name);
	HAUL_ARRAYS(X)
#undef X
	free(h->lists);
	free(h->targets);
	memset(h, 0, sizeof(*h));
}

void deps_file(struct deps *d, const struct pfile *pf)
{
	d->now++;
	for (uint32_t i = 0; i < pf->facts->nr_strings; i++)
		d->seen[pf->atoms[i]] = d->now;
	memset(d->recent, 0, sizeof(d->recent));
}

void deps_add(struct deps *d, uint32_t dep)
{
	struct haul *h = d->h;
	uint32_t *seen = dep < d->nr ? &d->seen[dep] :
				       &d->recent[dep % ARRAY_SIZE(d->recent)];
	uint32_t mark = dep < d->nr ? d->now : dep;

	if (!dep || *seen == mark)
		return;
	*seen = mark;
	GROW(h->deps, h->nr_deps, h->cap_deps);
	h->deps[h->nr_deps++] = dep;
}
