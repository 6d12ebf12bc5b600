// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which calls a walk follows (see walk.h): boundaries and components from the
 * knowledge, looked up once per function.
 */
#include "judge/walk.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"

/* In walk.bounds, beside enum boundary_kind: an edge rule leads here. */
#define BOUND_EDGE 0x80

/* A function name pattern: exact, or a prefix when it ends in '*'. */
static bool name_matches(const char *pattern, const char *name)
{
	size_t n = strlen(pattern);

	if (n && pattern[n - 1] == '*')
		return !strncmp(pattern, name, n - 1);
	return !strcmp(pattern, name);
}

static bool is_pattern(const struct know_boundary *b)
{
	size_t n = b->function ? strlen(b->function) : 0;

	return n && b->function[n - 1] == '*';
}

/* Exact names: @first is the last rule + 1 of each, @next chains the others. */
static void bound_by_name(struct walk *w, const struct map *first,
			  const uint32_t *next)
{
	for (uint32_t fn = 0; fn < program_nr_fns(w->p); fn++) {
		uint32_t i = map_get(first, program_fn(w->p, fn)->name, 0);

		for (; i; i = next[i - 1]) {
			const struct know_boundary *b = &w->k->boundaries[i - 1];

			if (!b->path ||
			    path_is_below(program_fn_file(w->p, fn)->path,
					  b->path))
				w->bounds[fn] |= b->kind;
		}
	}
}

/* Patterns and file rules are few: check them against every function. */
static void bound_by_rule(struct walk *w, const struct know_boundary *b)
{
	const struct atoms *atoms = program_atoms(w->p);

	for (uint32_t fi = 0; fi < program_nr_files(w->p); fi++) {
		const struct pfile *f = program_file(w->p, fi);

		if (b->path && strncmp(f->path, b->path, strlen(b->path)))
			continue;
		for (uint32_t i = 0; i < f->nr_fns; i++) {
			uint32_t fn = f->first_fn + i;

			if (!b->function ||
			    name_matches(b->function, atom_str(atoms,
					 program_fn(w->p, fn)->name)))
				w->bounds[fn] |= b->kind;
		}
	}
}

static void find_bounds(struct walk *w)
{
	uint32_t *next = xcalloc(w->k->nr_boundaries + 1, sizeof(*next));
	struct map first;

	map_init(&first);
	for (size_t i = 0; i < w->k->nr_boundaries; i++) {
		const struct know_boundary *b = &w->k->boundaries[i];
		uint32_t *slot;

		if (b->caller)
			continue;
		if (!b->function || is_pattern(b)) {
			bound_by_rule(w, b);
			continue;
		}
		slot = map_at(&first, atom_of(program_atoms(w->p),
					      b->function), NULL);
		next[i] = *slot;
		*slot = i + 1;
	}
	bound_by_name(w, &first, next);
	map_release(&first);
	free(next);
}

/* The components in which the knowledge names functions that reclaim runs. */
static void find_storage(struct walk *w)
{
	const struct atoms *atoms = program_atoms(w->p);
	struct map names;

	map_init(&names);
	for (size_t i = 0; i < w->k->nr_reclaim; i++)
		if (w->k->reclaim[i].function)
			map_set(&names, atom_find(atoms,
				w->k->reclaim[i].function), 1);
	for (uint32_t fn = 0; fn < program_nr_fns(w->p); fn++)
		if (map_has(&names, program_fn(w->p, fn)->name))
			w->storage[program_fn_file(w->p, fn)->component] =
				true;
	map_release(&names);
}

static bool calls_by_name(const struct pfile *file, atom_t name)
{
	const struct facts *f = file->facts;
	uint32_t at = 0;

	/* Few files have the word at all, and they have fewer words. */
	while (at < f->nr_strings && file->atoms[at] != name)
		at++;
	if (at == f->nr_strings)
		return false;
	for (uint32_t i = 0; i < f->nr_events; i++)
		if (f->events[i].kind == EV_CALL &&
		    file->atoms[f->events[i].name] == name)
			return true;
	return false;
}

bool *walk_homes_calling(const struct walk *w, const char *function)
{
	const struct program *p = w->p;
	bool *homes;
	atom_t name;

	if (!function)
		return NULL;
	homes = xcalloc(program_nr_components(w->p), sizeof(*homes));
	name = atom_find(program_atoms(p), function);
	for (uint32_t i = 0; name && i < program_nr_files(p); i++) {
		const struct pfile *file = program_file(p, i);

		if (!homes[file->component])
			homes[file->component] = calls_by_name(file, name);
	}
	return homes;
}

/* Every pair of functions that the rule @b names. */
static void add_edges(struct walk *w, uint32_t rule, uint32_t *cap)
{
	const struct know_boundary *b = &w->k->boundaries[rule];
	const struct program *p = w->p;
	atom_t from = atom_find(program_atoms(p), b->caller);
	atom_t to = atom_find(program_atoms(p), b->function);

	for (uint32_t f = 0; from && to && f < program_nr_fns(p); f++) {
		if (program_fn(p, f)->name != from)
			continue;
		for (uint32_t t = 0; t < program_nr_fns(p); t++) {
			if (program_fn(p, t)->name != to)
				continue;
			GROW(w->edges, w->nr_edges, *cap);
			w->edges[w->nr_edges++] = (struct walk_edge){
				f, t, b->kind, w->exempts[rule] };
			w->bounds[t] |= BOUND_EDGE;
		}
	}
}

static void find_edges(struct walk *w)
{
	uint32_t cap = 0;

	w->exempts = xcalloc(w->k->nr_boundaries + 1, sizeof(*w->exempts));
	for (uint32_t i = 0; i < w->k->nr_boundaries; i++) {
		const struct know_boundary *b = &w->k->boundaries[i];

		if (!b->caller)
			continue;
		w->exempts[i] = walk_homes_calling(w, b->unless_calls);
		add_edges(w, i, &cap);
	}
}

/* Does a walk for component @home end between @from and @to? One for none
 * (COLOUR_NONE) does where all do. */
static bool edge_ends(const struct walk *w, uint32_t from, uint32_t to,
		      uint8_t kind, uint32_t home)
{
	for (uint32_t i = 0; i < w->nr_edges; i++) {
		const struct walk_edge *e = &w->edges[i];

		if (e->from == from && e->to == to && e->kind & kind)
			return !e->exempt ||
			       (home != COLOUR_NONE && !e->exempt[home]);
	}
	return false;
}

void walk_init(struct walk *w, const struct program *p,
	       const struct knowledge *k)
{
	uint32_t nr_fns = program_nr_fns(p);
	uint32_t nr = program_nr_components(p);

	memset(w, 0, sizeof(*w));
	w->p = p;
	w->k = k;
	w->bounds = xcalloc(nr_fns, sizeof(*w->bounds));
	w->component = xcalloc(nr_fns, sizeof(*w->component));
	w->kind = xcalloc(nr, sizeof(*w->kind));
	w->colours = xcalloc(nr, sizeof(*w->colours));
	w->storage = xcalloc(nr, sizeof(*w->storage));
	for (uint32_t c = 0; c < nr; c++) {
		w->kind[c] = program_component(p, c)->kind;
		if (w->kind[c] == COMP_LEAF || w->kind[c] == COMP_STACKING)
			w->colours[w->nr_colours++] = c;
	}
	find_storage(w);
	for (uint32_t fn = 0; fn < nr_fns; fn++)
		w->component[fn] = program_fn_file(p, fn)->component;
	find_bounds(w);
	find_edges(w);
}

void walk_release(struct walk *w)
{
	free(w->bounds);
	free(w->component);
	free(w->kind);
	free(w->colours);
	free(w->storage);
	for (size_t i = 0; i < w->k->nr_boundaries; i++)
		free(w->exempts[i]);
	free(w->exempts);
	free(w->edges);
}

bool walk_is_leaf(const struct walk *w, uint32_t fn)
{
	uint8_t kind = w->kind[w->component[fn]];

	return kind == COMP_LEAF || kind == COMP_STACKING;
}

bool walk_is_handed(const struct walk *w, uint32_t fn, uint32_t event)
{
	const struct facts *facts = program_fn_file(w->p, fn)->facts;
	const struct event *ev = &facts->events[event];
	const struct expr *e;
	int param = -1;

	if (ev->kind != EV_ICALL || !ev->target)
		return false;
	e = &facts->exprs[ev->target - 1];
	return e->kind == EXPR_NAME && !e->nr_parts &&
	       program_var(w->p, fn, e->base, &param) && param >= 0;
}

/* Shared code with reclaim entries of its own: file systems, block, memory. */
static bool is_storage(const struct walk *w, uint32_t fn)
{
	return w->storage[w->component[fn]];
}

bool walk_changes_side(const struct walk *w, uint32_t from, uint32_t to)
{
	return w->kind[w->component[from]] == COMP_GENERIC &&
	       w->kind[w->component[to]] == COMP_GENERIC &&
	       !is_storage(w, from) && is_storage(w, to);
}

bool walk_context(const struct walk *w, uint32_t from, uint32_t to,
		  unsigned int how, bool indirect, uint32_t colour)
{
	uint32_t comp = w->component[to], home = w->component[from];
	bool pointer = indirect || how == TARGET_ARGUMENT;

	if (w->bounds[to] & BOUND_STOP)
		return false;
	if (w->bounds[to] & BOUND_EDGE &&
	    edge_ends(w, from, to, BOUND_STOP, colour))
		return false;
	if (w->bounds[to] & BOUND_FRONT_DOOR && comp != home &&
	    (!walk_is_leaf(w, from) || home == colour) && comp != colour)
		return false;
	if (colour == COLOUR_NONE)
		return !walk_is_leaf(w, to);
	if (comp == colour)
		return true;
	if (!walk_is_leaf(w, to))
		/* Pointers of shared code lead to the colour or stay. */
		return !indirect || comp == home || walk_is_leaf(w, from);
	if (w->kind[comp] == COMP_STACKING)
		return false;
	/* One leaf calls another only by name (a shared helper). */
	return !pointer && walk_is_leaf(w, from);
}

bool walk_leaves(const struct walk *w, uint32_t from, uint32_t to,
		 bool indirect)
{
	if (w->bounds[to] & BOUND_STOP ||
	    w->component[from] == w->component[to] ||
	    (w->bounds[to] & BOUND_EDGE &&
	     edge_ends(w, from, to, BOUND_STOP, w->component[from])))
		return false;
	return w->bounds[to] & BOUND_FRONT_DOOR ||
	       (indirect && walk_is_leaf(w, from) && walk_is_leaf(w, to));
}

bool walk_reclaim(const struct walk *w, uint32_t from, uint32_t to,
		  unsigned int how, bool indirect, uint32_t home)
{
	uint32_t comp = w->component[to];

	(void)how;
	if (w->bounds[to] & (BOUND_STOP | BOUND_RECLAIM | BOUND_FRONT_DOOR))
		return false;
	if (w->bounds[to] & BOUND_EDGE &&
	    edge_ends(w, from, to, BOUND_RECLAIM, home))
		return false;
	if (comp == home)
		return true;
	if (walk_is_leaf(w, to))
		return false;
	/* What shared code does through a pointer is the home's, or its own. */
	return !indirect || walk_is_leaf(w, from) || w->component[from] == comp;
}
