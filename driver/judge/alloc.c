// SPDX-License-Identifier: GPL-2.0-only
/*
 * Allocations (see alloc.h), bottom-up over the call graph.
 *
 * A mask that is a variable says nothing and is not counted. All colours are
 * mixed: see descent.h for what one of them does.
 */
#include "judge/alloc.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
	POINTER_TARGETS = 12,	/* pointers with more: near ones only */
	ROUNDS = 4,		/* over an SCC; depths settle quickly */
};

static bool mask_allows(unsigned int mask, enum level level)
{
	unsigned int want = level == LEVEL_NONE ? MASK_FS : MASK_IO;
	unsigned int clear = level == LEVEL_NONE ? MASK_CLR_FS | MASK_CLR_IO :
			     MASK_CLR_IO;

	return mask & MASK_PRESENT && mask & want && mask & MASK_RECLAIM &&
	       !(mask & (clear | MASK_CLR_RECLAIM | MASK_VARIABLE));
}

/* Can the variable @name of @fn hold such a mask? Not when a part of it is
 * taken away anywhere: whether that comes first is not looked at. */
static bool variable_allows(const struct program *p, uint32_t fn, str_t name,
			    enum level level)
{
	const struct func *f = program_func(p, fn);
	const struct facts *facts = program_fn_file(p, fn)->facts;
	bool allows = false;

	for (uint32_t i = 0; i < f->nr_events; i++) {
		const struct event *ev = &facts->events[f->first_event + i];
		const struct expr *to;

		if (ev->kind != EV_ASSIGN || !ev->target || !ev->value)
			continue;
		to = &facts->exprs[ev->target - 1];
		if (to->kind != EXPR_NAME || to->nr_parts || to->base != name)
			continue;
		if (ev->op != ASSIGN_SET && ev->op != ASSIGN_OR)
			return false;
		allows |= mask_allows(facts->exprs[ev->value - 1].mask, level);
	}
	return allows;
}

/* Is the mask of the call to allocator @k a local variable? */
static bool local_allows(const struct program *p, uint32_t fn,
			 const struct event *ev,
			 const struct know_allocator *k, enum level level)
{
	const struct facts *facts = program_fn_file(p, fn)->facts;
	const struct expr *e;
	int param = -1;

	if (k->gfp_arg >= ev->nr_args)
		return false;
	e = &facts->exprs[ev->args + k->gfp_arg];
	return e->kind == EXPR_NAME && !e->nr_parts && !e->ops &&
	       program_var(p, fn, e->base, &param) && param < 0 &&
	       variable_allows(p, fn, e->base, level);
}

/* Does @ev only keep the mask that it names? */
static bool stores_mask(const struct knowledge *k, const char *name)
{
	for (size_t i = 0; i < k->nr_stores; i++)
		if (k->stores[i].function &&
		    !strcmp(k->stores[i].function, name))
			return true;
	return false;
}

/* Of many targets only those next to the caller say something about it: what
 * one file system does says little about a call in the VFS. */
static bool is_near(const struct allocs *a, uint32_t fn, uint32_t to)
{
	return a->walk->component[fn] == a->walk->component[to];
}

static bool names_mask(const struct allocs *a, uint32_t fn,
		       const struct event *ev, enum level level)
{
	const struct facts *facts = program_fn_file(a->walk->p, fn)->facts;

	for (unsigned int i = 0; i < ev->nr_args; i++)
		if (mask_allows(facts->exprs[ev->args + i].mask, level))
			return ev->kind != EV_CALL ||
			       !stores_mask(a->pts->s->k,
					    facts_str(facts, ev->name));
	return false;
}

/* Does @op, an operation that allocates in the place of another function? */
static bool op_allows(const struct allocs *a, uint32_t op, enum level level)
{
	const struct func *f = program_func(a->walk->p, op);
	const struct facts *facts = program_fn_file(a->walk->p, op)->facts;

	for (uint32_t i = 0; i < f->nr_events; i++)
		if (names_mask(a, op, &facts->events[f->first_event + i],
			       level))
			return true;
	return a->of[level][op].depth != ALLOC_NONE;
}

/* The allocator @k, which has no mask, called by @fn. */
static bool implicit_allows(const struct allocs *a, uint32_t fn,
			    const struct know_allocator *k, enum level level)
{
	const struct program *p = a->walk->p;
	bool has_op = false;
	const uint32_t *ops;
	size_t nr = 0;

	if (!mask_allows(k->implicit | MASK_PRESENT, level))
		return false;
	if (!k->op_type)
		return true;
	ops = program_ops(p, atom_find(program_atoms(p), k->op_type),
			  atom_find(program_atoms(p), k->op_member), &nr);
	for (size_t i = 0; i < nr; i++) {
		if (!is_near(a, fn, ops[i]))
			continue;
		has_op = true;
		if (op_allows(a, ops[i], level))
			return true;
	}
	return !has_op;
}

/* Does the call itself name an unrestricted allocation? */
static bool allocates(const struct allocs *a, uint32_t fn,
		      const struct event *ev, enum level level)
{
	const struct program *p = a->walk->p;
	const struct pfile *file = program_fn_file(p, fn);
	const struct know_allocator *k;

	if (names_mask(a, fn, ev, level))
		return true;
	if (ev->kind != EV_CALL)
		return false;
	k = program_allocator(p, file->atoms[ev->name]);
	if (!k)
		return false;
	if (k->gfp_arg >= 0)
		return local_allows(p, fn, ev, k, level);
	return implicit_allows(a, fn, k, level);
}

bool alloc_follows(const struct allocs *a, const struct target *t,
		   enum level level)
{
	return t->how != TARGET_ARGUMENT && t->how != TARGET_BY_NAME &&
	       !(a->walk->bounds[t->fn] & BOUND_STOP) &&
	       a->forced[t->fn] <= level &&
	       a->of[level][t->fn].depth != ALLOC_NONE;
}

struct alloc alloc_at(const struct allocs *a, uint32_t fn, uint32_t event,
		      enum level level)
{
	const struct program *p = a->walk->p;
	const struct pfile *file = program_fn_file(p, fn);
	const struct event *ev = &file->facts->events[event];
	struct alloc best = { event, FN_NONE, ALLOC_NONE };
	const struct target *t;
	bool many;
	size_t nr;

	if (ev->kind != EV_CALL && ev->kind != EV_ICALL)
		return best;
	if (point_at(a->pts, fn, event)->open_must > level)
		return best;
	if (allocates(a, fn, ev, level)) {
		best.depth = 0;
		return best;
	}
	t = program_targets(p, fn, event, &nr);
	many = ev->kind == EV_ICALL && nr > POINTER_TARGETS;
	for (size_t i = 0; i < nr; i++) {
		const struct alloc *x = &a->of[level][t[i].fn];

		if (!alloc_follows(a, &t[i], level) ||
		    (many && !is_near(a, fn, t[i].fn)))
			continue;
		if (x->depth + 1 < best.depth) {
			best.depth = x->depth + 1;
			best.next = t[i].fn;
		}
	}
	return best;
}

static bool look(struct allocs *a, uint32_t fn, enum level level)
{
	const struct func *f = program_func(a->walk->p, fn);
	struct alloc *best = &a->of[level][fn];
	bool changed = false;

	for (uint32_t i = 0; i < f->nr_events; i++) {
		struct alloc x = alloc_at(a, fn, f->first_event + i, level);

		if (x.depth < best->depth) {
			*best = x;
			changed = true;
		}
	}
	return changed;
}

/* The functions of one SCC, one by one until nothing changes. */
static void look_at_scc(struct allocs *a, const uint32_t *fns, uint32_t size,
			enum level level)
{
	bool changed = true;

	for (int r = 0; changed && r < ROUNDS; r++) {
		changed = false;
		for (uint32_t i = 0; i < size; i++)
			changed |= look(a, fns[i], level);
		if (size == 1)
			break;
	}
}

void allocs_make(struct allocs *a, const struct points *pts,
		 const struct walk *walk, const uint8_t *forced)
{
	uint32_t nr_fns = program_nr_fns(walk->p);
	const uint32_t *order;
	size_t nr;

	a->pts = pts;
	a->walk = walk;
	a->forced = forced;
	order = program_scc_order(walk->p, &nr);
	for (int l = 0; l < LEVEL_NOIO; l++) {
		a->of[l] = xcalloc(nr_fns, sizeof(**a->of));
		for (uint32_t fn = 0; fn < nr_fns; fn++)
			a->of[l][fn].depth = ALLOC_NONE;
	}
	for (uint32_t scc = 0; scc < program_nr_sccs(walk->p); scc++) {
		uint32_t size, first = program_scc(walk->p, scc, &size);

		for (int l = 0; l < LEVEL_NOIO; l++)
			look_at_scc(a, order + first, size, l);
	}
}

void allocs_release(struct allocs *a)
{
	for (int l = 0; l < LEVEL_NOIO; l++)
		free(a->of[l]);
}
