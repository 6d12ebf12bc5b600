// SPDX-License-Identifier: GPL-2.0-only
/*
 * Puts a program together from the facts of its files, step by step, and
 * answers questions about it.
 *
 * Files are sorted by path first, functions by line; whatever is numbered
 * afterwards is numbered in that order, so that neither threads nor the order
 * of the input show in the result.
 */
#include "link/link.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/workers.h"

/* A name stands in about this many files of a large tree. */
#define SHARED 4

static int input_cmp(const void *a, const void *b)
{
	const struct program_input *x = a, *y = b;

	return strcmp(x->path, y->path);
}

static bool is_public(const char *path)
{
	return str_starts(path, "include/") ||
	       (str_starts(path, "arch/") && strstr(path, "/include/"));
}

void link_inputs(struct program *p, const struct program_input *in, size_t nr)
{
	struct program_input *v = xcalloc(nr + 1, sizeof(*v));
	size_t i;

	if (nr)
		memcpy(v, in, nr * sizeof(*v));
	qsort(v, nr, sizeof(*v), input_cmp);
	p->nr_files = (uint32_t)nr;
	p->files = ARENA_ARRAY(&p->arena, struct pfile, nr + 1);
	p->public = ARENA_ARRAY(&p->arena, uint8_t, nr + 1);
	p->ids = (void *)ARENA_ARRAY(&p->arena, uint8_t, (nr + 1) * FILE_ID);
	p->has_ids = true;
	for (i = 0; i < nr; i++) {
		struct pfile *f = &p->files[i];

		f->path = arena_strdup(&p->arena, v[i].path);
		f->facts = v[i].facts;
		f->header = str_ends(f->path, ".h");
		p->public[i] = f->header && is_public(f->path);
		if (v[i].id)
			memcpy(p->ids[i], v[i].id, FILE_ID);
		p->has_ids &= v[i].id != NULL;
		f->first_fn = p->nr_fns;
		f->nr_fns = f->facts->nr_funcs;
		p->nr_fns += f->nr_fns;
		p->nr_strings += f->facts->nr_strings + 1;
		p->nr_events += f->facts->nr_events;
	}
	free(v);
}

void link_sizes(struct program *p)
{
	uint32_t events = 0, i;

	p->dirs = ARENA_ARRAY(&p->arena, uint32_t, p->nr_files + 1);
	p->first_event = ARENA_ARRAY(&p->arena, uint32_t, p->nr_files + 1);
	for (i = 0; i < p->nr_files; i++) {
		p->first_event[i] = events;
		events += p->files[i].facts->nr_events;
	}
	p->first_event[p->nr_files] = events;
	p->slots = xcalloc((size_t)events + 1, sizeof(uint32_t));
	p->calls = xcalloc((size_t)events + 1, sizeof(uint8_t));
}

static void size_atoms(struct program *p)
{
	size_t nr = 0;

	p->atom_store = xcalloc(p->nr_strings + 1, sizeof(atom_t));
	atoms_expect(p->atoms, p->nr_strings / SHARED);
	for (uint32_t i = 0; i < p->nr_files; i++) {
		p->files[i].atoms = p->atom_store + nr;
		nr += p->files[i].facts->nr_strings + 1;
	}
}

void link_knowledge_names(struct program *p)
{
	const struct knowledge *k = p->know;
	size_t i;

	p->current = atom_of(p->atoms, "current");
	p->task_struct = atom_of(p->atoms, "task_struct");
	for (i = 0; k && i < k->nr_apis; i++)
		atom_of(p->atoms, k->apis[i].name);
	for (i = 0; k && i < k->nr_allocators; i++)
		atom_of(p->atoms, k->allocators[i].name);
	for (i = 0; k && i < k->nr_asyncs; i++)
		atom_of(p->atoms, k->asyncs[i].name);
}

static enum unresolved_why unresolved_why(const struct program *p,
					  uint32_t slot, uint8_t flags)
{
	switch (slot) {
	case SLOT_NONE:
		return flags & CALL_DIRECT ? UNRESOLVED_EXTERN :
		       flags & CALL_INDIRECT ? UNRESOLVED_POINTER : RESOLVED;
	case SLOT_POINTER:
		return UNRESOLVED_POINTER;
	case SLOT_MANY:
		return UNRESOLVED_MANY;
	case SLOT_ASYNC:
		return RESOLVED;
	}
	slot -= SLOT_FIRST;
	return slot < p->nr_fns ? RESOLVED : p->lists[slot - p->nr_fns].why;
}

struct counting {
	const struct program *p;
	_Atomic uint64_t calls, indirect, unresolved;
};

static void count_some(void *ctx, unsigned int thread, size_t first, size_t end)
{
	struct counting *c = ctx;
	const struct program *p = c->p;
	uint64_t calls = 0, indirect = 0, unresolved = 0;

	(void)thread;
	for (; first < end; first++) {
		uint8_t flags = p->calls[first];

		if (!flags)
			continue;
		calls++;
		indirect += flags == CALL_INDIRECT;
		unresolved += unresolved_why(p, p->slots[first], flags) !=
			      RESOLVED;
	}
	c->calls += calls;
	c->indirect += indirect;
	c->unresolved += unresolved;
}

static void count(struct program *p)
{
	struct counting c = { .p = p };

	workers_run(p->threads, p->first_event[p->nr_files], CHUNK_EVENTS,
		    count_some, &c);
	p->stats.functions = p->nr_fns;
	p->stats.calls = c.calls;
	p->stats.calls_indirect = c.indirect;
	p->stats.calls_unresolved = c.unresolved;
}

void link_names(struct program *p, struct rolls *rolls)
{
	link_knowledge_names(p);
	link_components(p);
	p->nr_atoms = atoms_count(p->atoms);
	link_symbols(p, rolls);
	link_types(p);
	rolls_release(rolls);
}

/* Neither needs the other. */
static void walk_graph(void *ctx, unsigned int thread, size_t first, size_t end)
{
	(void)thread;
	for (; first < end; first++) {
		if (first)
			link_callers(ctx);
		else
			link_sccs(ctx);
	}
}

void link_rest(struct program *p)
{
	link_flows(p);
	link_handed(p);
	workers_run(p->threads, 2, 1, walk_graph, p);
	link_entries(p);
	link_ops(p);
	count(p);
}

struct program *program_new(const struct program_input *files, size_t nr,
			    const struct knowledge *k,
			    const struct program_opts *opts)
{
	struct program *p = xcalloc(1, sizeof(*p));

	arena_init(&p->arena);
	p->know = k;
	p->threads = opts ? opts->threads : 1;
	link_inputs(p, files, nr);
	return p;
}

struct program *program_link(const struct program_input *files, size_t nr,
			     const struct knowledge *k,
			     const struct program_opts *opts)
{
	struct program *p = program_new(files, nr, k, opts);
	struct rolls rolls;

	p->atoms = atoms_new();
	link_sizes(p);
	size_atoms(p);
	link_files(p, &rolls);
	link_names(p, &rolls);
	link_calls(p);
	link_rest(p);
	return p;
}

/* What program_link() allocated; a loaded program borrows it. */
static void release_arrays(struct program *p)
{
	free(p->atom_store);
	free(p->slots);
	free(p->calls);
	symbols_release(p);
	names_release(&p->owners);
	free(p->members);
	names_release(&p->embedders);
	free(p->embedded);
	free(p->lists);
	free(p->targets);
	free(p->callers);
	free(p->callers_head);
	free(p->scc_order);
	free(p->scc_first);
	free(p->ends);
	free(p->was);
	haul_release(&p->haul);
	ops_release(&p->ops);
}

void program_free(struct program *p)
{
	if (!p)
		return;
	if (!p->loaded)
		release_arrays(p);
	free(p->components);
	map_release(&p->apis);
	map_release(&p->allocators);
	map_release(&p->asyncs);
	atoms_free(p->atoms);
	arena_release(&p->arena);
	free(p);
}

struct atoms *program_atoms(const struct program *p)
{
	return p->atoms;
}

uint32_t program_nr_fns(const struct program *p)
{
	return p->nr_fns;
}

const struct fn *program_fn(const struct program *p, uint32_t fn)
{
	return &p->fns[fn];
}

const struct func *program_func(const struct program *p, uint32_t fn)
{
	return fn_func(p, fn);
}

uint32_t program_nr_files(const struct program *p)
{
	return p->nr_files;
}

const struct pfile *program_file(const struct program *p, uint32_t file)
{
	return &p->files[file];
}

uint32_t program_fn_at(const struct program *p, uint32_t file, uint32_t index)
{
	return p->fn_of[p->files[file].first_fn + index];
}

const struct pfile *program_fn_file(const struct program *p, uint32_t fn)
{
	return &p->files[p->fns[fn].file];
}

uint32_t program_nr_components(const struct program *p)
{
	return p->nr_components;
}

const struct component *program_component(const struct program *p, uint32_t c)
{
	return &p->components[c];
}

const struct target *program_targets(const struct program *p, uint32_t fn,
				     uint32_t event, size_t *nr)
{
	return slot_targets(p, p->slots[p->first_event[p->fns[fn].file] +
					event], nr);
}

enum unresolved_why program_unresolved(const struct program *p, uint32_t fn,
				       uint32_t event)
{
	size_t i = (size_t)p->first_event[p->fns[fn].file] + event;

	return unresolved_why(p, p->slots[i], p->calls[i]);
}

const struct caller *program_callers(const struct program *p, uint32_t fn,
				     size_t *nr)
{
	*nr = p->callers_head[fn + 1] - p->callers_head[fn];
	return p->callers + p->callers_head[fn];
}

const uint32_t *program_scc_order(const struct program *p, size_t *nr)
{
	*nr = p->nr_fns;
	return p->scc_order;
}

uint32_t program_nr_sccs(const struct program *p)
{
	return p->stats.nr_sccs;
}

uint32_t program_scc(const struct program *p, uint32_t scc, uint32_t *size)
{
	*size = p->scc_first[scc + 1] - p->scc_first[scc];
	return p->scc_first[scc];
}

void program_stats(const struct program *p, struct program_stats *s)
{
	*s = p->stats;
}
