// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which names mean something else than when the tree was linked before. Takes
 * the indexes of then and now and compares them group by group: a name is
 * dirty when the records it leads to are others, or in another order.
 * Of a macro that is called with arguments the body counts as well.
 */
#include "link/delta.h"

#include "base/workers.h"

static void mark(struct delta *d, atom_t a, uint8_t how)
{
	__atomic_fetch_or(&d->dirty[a], how, __ATOMIC_RELAXED);
}

static void mark_member(struct delta *d, atom_t owner, atom_t name)
{
	uint32_t dep = dep_member(owner, name) & ((1u << MEMBER_BITS) - 1);

	__atomic_fetch_or(&d->members[dep / 64], UINT64_C(1) << dep % 64,
			  __ATOMIC_RELAXED);
}

/* The first atom from @a on that has a group in either. */
static atom_t next_of(const struct names *x, const struct names *y, atom_t a)
{
	atom_t i = names_next(x, a), j = names_next(y, a);

	/* What is new is in @y, which has all atoms. */
	return i < x->nr_atoms && i < j ? i : j;
}

static struct range range_of(const struct names *n, atom_t a)
{
	return names_range(n, a);
}

static bool same_items(const struct delta *d, const struct item *x,
		       const struct item *y)
{
	return d->file_to[x->file] == y->file && x->to == y->to &&
	       x->what == y->what;
}

static void compare_index(struct delta *d, const struct index *then,
			  const struct index *now)
{
	for (atom_t a = next_of(&then->names, &now->names, 1);
	     a < d->p->nr_atoms;
	     a = next_of(&then->names, &now->names, a + 1)) {
		struct range x, y;
		bool same;

		x = range_of(&then->names, a);
		y = range_of(&now->names, a);
		same = x.end - x.i == y.end - y.i;
		for (; same && x.i < x.end; x.i++, y.i++)
			same = same_items(d, &then->items[x.i],
					  &now->items[y.i]);
		if (!same)
			mark(d, a, DIRTY_NAME);
	}
}

static bool same_fns(const struct delta *d, uint32_t x, uint32_t y)
{
	const struct program *then = d->old, *now = d->p;

	return d->file_to[then->fns[x].file] == now->fns[y].file &&
	       then->fn_flags[x] == now->fn_flags[y] &&
	       then->fn_params[x] == now->fn_params[y] &&
	       then->fn_returns[x] == now->fn_returns[y] &&
	       then->fn_sigs[x] == now->fn_sigs[y];
}

static void compare_fns(struct delta *d)
{
	const struct program *then = d->old, *now = d->p;

	for (atom_t a = next_of(&then->fn_names, &now->fn_names, 1);
	     a < now->nr_atoms;
	     a = next_of(&then->fn_names, &now->fn_names, a + 1)) {
		struct range x, y;
		bool same;

		x = range_of(&then->fn_names, a);
		y = range_of(&now->fn_names, a);
		same = x.end - x.i == y.end - y.i;
		for (; same && x.i < x.end; x.i++, y.i++)
			same = same_fns(d, then->name_fns[x.i],
					now->name_fns[y.i]);
		if (!same)
			mark(d, a, DIRTY_NAME);
	}
}

static bool same_members(const struct delta *d, const struct mem *x,
			 const struct mem *y)
{
	return x->name == y->name && d->file_to[x->file] == y->file &&
	       x->type == y->type && x->index == y->index &&
	       x->flags == y->flags && x->pointers == y->pointers;
}

/* The end of the members called @name, which begin at @i. */
static uint32_t run_end(const struct mem *m, uint32_t i, uint32_t end,
			atom_t name)
{
	while (i < end && m[i].name == name)
		i++;
	return i;
}

/* Both are sorted by name. */
static void compare_members(struct delta *d, atom_t owner, struct range x,
			    struct range y)
{
	const struct mem *then = d->old->members, *now = d->p->members;

	while (x.i < x.end || y.i < y.end) {
		atom_t name = x.i == x.end ? now[y.i].name :
			      y.i == y.end ? then[x.i].name :
			      then[x.i].name < now[y.i].name ?
			      then[x.i].name : now[y.i].name;
		uint32_t i = run_end(then, x.i, x.end, name);
		uint32_t j = run_end(now, y.i, y.end, name);
		bool same = i - x.i == j - y.i;

		for (; same && x.i < i; x.i++, y.i++)
			same = same_members(d, &then[x.i], &now[y.i]);
		if (!same)
			mark_member(d, owner, name);
		x.i = i;
		y.i = j;
	}
}

/*
 * Whoever asked for a member of a struct has asked for the struct before:
 * where it was not there or is not any more, its own name says it all.
 */
static void compare_structs(struct delta *d)
{
	const struct program *then = d->old, *now = d->p;

	for (atom_t a = next_of(&then->owners, &now->owners, 1);
	     a < now->nr_atoms;
	     a = next_of(&then->owners, &now->owners, a + 1)) {
		bool was = names_has(&then->owners, a);
		bool is = names_has(&now->owners, a), same;
		struct range x, y;
		uint32_t i, j;

		if (was != is)
			mark(d, a, DIRTY_NAME | DIRTY_MEMBERS);
		if (!was || !is)
			continue;
		x = range_of(&then->owners, a);
		y = range_of(&now->owners, a);
		same = x.end - x.i == y.end - y.i;
		for (i = x.i, j = y.i; same && i < x.end; i++, j++)
			same = same_members(d, &then->members[i],
					    &now->members[j]);
		if (same)
			continue;
		mark(d, a, DIRTY_MEMBERS);
		compare_members(d, a, x, y);
	}
}

/* What follows from names for each name, and is asked instead of them. */
static void compare_bytes(struct delta *d, const uint8_t *then,
			  const uint8_t *now)
{
	for (atom_t a = 1; a < d->p->nr_atoms; a++)
		if (now[a] != (a < d->old->nr_atoms ? then[a] : 0))
			mark(d, a, DIRTY_NAME);
}

#define NR_COMPARISONS 8

static void compare_some(void *ctx, unsigned int thread, size_t first,
			 size_t end)
{
	struct delta *d = ctx;
	const struct program *then = d->old, *now = d->p;

	(void)thread;
	for (; first < end; first++) {
		switch (first) {
		case 0:
			compare_fns(d);
			break;
		case 1:
			compare_structs(d);
			break;
		case 2:
			compare_index(d, &then->globals, &now->globals);
			break;
		case 3:
			compare_index(d, &then->protos, &now->protos);
			break;
		case 4:
			compare_index(d, &then->macros, &now->macros);
			break;
		case 5:
			compare_index(d, &then->typedefs, &now->typedefs);
			break;
		case 6:
			compare_bytes(d, then->known, now->known);
			break;
		default:
			compare_bytes(d, then->fnptr_name, now->fnptr_name);
		}
	}
}

void delta_dirty(struct delta *d)
{
	workers_run(d->p->threads, NR_COMPARISONS, 1, compare_some, d);
}
