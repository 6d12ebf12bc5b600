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

static void add_files(struct program *p, const struct program_input *in,
		      size_t nr)
{
	struct program_input *v = xcalloc(nr + 1, sizeof(*v));
	size_t i, nr_strings = 0;
	uint32_t events = 0;

	if (nr)
		memcpy(v, in, nr * sizeof(*v));
	qsort(v, nr, sizeof(*v), input_cmp);
	p->nr_files = (uint32_t)nr;
	p->files = ARENA_ARRAY(&p->arena, struct pfile, nr + 1);
	p->dirs = ARENA_ARRAY(&p->arena, uint32_t, nr + 1);
	p->public = ARENA_ARRAY(&p->arena, uint8_t, nr + 1);
	p->first_event = ARENA_ARRAY(&p->arena, uint32_t, nr + 1);
	for (i = 0; i < nr; i++)
		nr_strings += v[i].facts->nr_strings + 1;
	p->atom_store = xcalloc(nr_strings + 1, sizeof(atom_t));
	nr_strings = 0;
	for (i = 0; i < nr; i++) {
		struct pfile *f = &p->files[i];

		f->path = arena_strdup(&p->arena, v[i].path);
		f->facts = v[i].facts;
		f->atoms = p->atom_store + nr_strings;
		f->header = str_ends(f->path, ".h");
		p->public[i] = f->header && is_public(f->path);
		nr_strings += f->facts->nr_strings + 1;
		p->first_event[i] = events;
		events += f->facts->nr_events;
	}
	p->first_event[nr] = events;
	p->slots = xcalloc((size_t)events + 1, sizeof(uint32_t));
	free(v);
}

/* Tags of unnamed structs hold in their own file only. */
static atom_t intern_tag(struct program *p, const char *path, const char *s)
{
	struct strbuf sb = STRBUF_INIT;
	atom_t a;

	strbuf_addf(&sb, "%s@%s", s, path);
	a = atom(p->atoms, sb.buf, sb.len);
	strbuf_release(&sb);
	return a;
}

static void intern_file(struct program *p, struct pfile *pf)
{
	const struct facts *f = pf->facts;
	const char *s[ATOM_BATCH];
	uint32_t first, i, nr;

	for (first = 0; first < f->nr_strings; first += nr) {
		nr = f->nr_strings - first;
		if (nr > ATOM_BATCH)
			nr = ATOM_BATCH;
		for (i = 0; i < nr; i++) {
			s[i] = facts_str(f, first + i);
			if (*s[i] == '<' && str_starts(s[i], "<anon>"))
				s[i] = "";
		}
		atom_batch(p->atoms, s, nr, pf->atoms + first);
		for (i = 0; i < nr; i++) {
			const char *tag = facts_str(f, first + i);

			if (!*s[i] && *tag)
				pf->atoms[first + i] =
					intern_tag(p, pf->path, tag);
		}
	}
}

static void intern_files(void *ctx, unsigned int thread, size_t first,
			 size_t end)
{
	struct program *p = ctx;

	(void)thread;
	for (; first < end; first++) {
		struct pfile *f = &p->files[first];
		const char *slash = strrchr(f->path, '/');
		size_t len = slash ? (size_t)(slash - f->path) : 0;

		intern_file(p, f);
		p->dirs[first] = atom(p->atoms, f->path, len);
	}
}

/* Names of the knowledge are interned before anything is indexed by atom. */
static void intern_knowledge(struct program *p)
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

/* A function of one file, to be sorted by its place. */
struct place {
	uint32_t line, column, index;
};

static int place_cmp(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

static void add_file_fns(struct program *p, uint32_t file, struct place *v)
{
	struct pfile *pf = &p->files[file];
	bool sorted = true;
	uint32_t i;

	for (i = 0; i < pf->nr_fns; i++) {
		v[i] = (struct place){ pf->facts->funcs[i].line,
				       pf->facts->funcs[i].column, i };
		sorted &= !i || place_cmp(&v[i - 1], &v[i]) < 0;
	}
	if (!sorted)
		qsort(v, pf->nr_fns, sizeof(*v), place_cmp);
	for (i = 0; i < pf->nr_fns; i++) {
		struct fn *fn = &p->fns[pf->first_fn + i];

		fn->file = file;
		fn->index = v[i].index;
		fn->name = pf->atoms[pf->facts->funcs[fn->index].name];
		p->fn_of[pf->first_fn + fn->index] = pf->first_fn + i;
		p->fn_flags[pf->first_fn + i] =
			pf->facts->funcs[fn->index].flags;
		p->singles[pf->first_fn + i] = (struct target){
			pf->first_fn + i, TARGET_DIRECT };
	}
}

static void add_some_fns(void *ctx, unsigned int thread, size_t first,
			 size_t end)
{
	struct program *p = ctx;
	struct place *v = NULL;
	size_t cap = 0;

	(void)thread;
	for (; first < end; first++) {
		GROW_BY(v, 0, cap, (size_t)p->files[first].nr_fns + 1);
		add_file_fns(p, (uint32_t)first, v);
	}
	free(v);
}

static void add_fns(struct program *p)
{
	uint32_t i;

	for (i = 0; i < p->nr_files; i++) {
		struct pfile *f = &p->files[i];

		f->first_fn = p->nr_fns;
		f->nr_fns = f->facts->nr_funcs;
		p->nr_fns += f->nr_fns;
	}
	p->fns = ARENA_ARRAY(&p->arena, struct fn, p->nr_fns + 1);
	p->fn_flags = ARENA_ARRAY(&p->arena, uint16_t, p->nr_fns + 1);
	p->fn_of = ARENA_ARRAY(&p->arena, uint32_t, p->nr_fns + 1);
	p->taken = ARENA_ARRAY(&p->arena, uint8_t, p->nr_fns + 1);
	p->singles = ARENA_ARRAY(&p->arena, struct target, p->nr_fns + 1);
	workers_run(p->threads, p->nr_files, CHUNK_FILES, add_some_fns, p);
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
		uint32_t fn = (uint32_t)first, ev;
		const struct func *f = fn_func(p, fn);

		for (ev = f->first_event; ev < f->first_event + f->nr_events;
		     ev++) {
			uint8_t kind = fn_facts(p, fn)->events[ev].kind;

			if (kind != EV_CALL && kind != EV_ICALL)
				continue;
			calls++;
			indirect += kind == EV_ICALL;
			unresolved += program_unresolved(p, fn, ev) != RESOLVED;
		}
	}
	c->calls += calls;
	c->indirect += indirect;
	c->unresolved += unresolved;
}

static void count(struct program *p)
{
	struct counting c = { .p = p };

	workers_run(p->threads, p->nr_fns, CHUNK_FNS, count_some, &c);
	p->stats.functions = p->nr_fns;
	p->stats.calls = c.calls;
	p->stats.calls_indirect = c.indirect;
	p->stats.calls_unresolved = c.unresolved;
}

struct program *program_link(const struct program_input *files, size_t nr,
			     const struct knowledge *k,
			     const struct program_opts *opts)
{
	struct program *p = xcalloc(1, sizeof(*p));
	struct haul *hauls;
	size_t nr_hauls;

	arena_init(&p->arena);
	p->atoms = atoms_new();
	p->know = k;
	p->threads = opts ? opts->threads : 1;
	add_files(p, files, nr);
	workers_run(p->threads, nr, 16, intern_files, p);
	intern_knowledge(p);
	link_components(p);
	p->nr_atoms = atoms_count(p->atoms);
	add_fns(p);
	link_symbols(p);
	link_types(p);
	link_pastes(p);
	hauls = link_calls(p, &nr_hauls);
	link_flows(p, hauls, nr_hauls);
	link_handed(p, hauls, nr_hauls);
	hauls_free(hauls, nr_hauls);
	link_callers(p);
	link_entries(p);
	link_sccs(p);
	count(p);
	return p;
}

void program_free(struct program *p)
{
	if (!p)
		return;
	free(p->atom_store);
	free(p->slots);
	free(p->components);
	symbols_release(p);
	names_release(&p->owners);
	free(p->members);
	free(p->lists);
	free(p->targets);
	free(p->callers);
	free(p->callers_head);
	free(p->scc_order);
	free(p->scc_first);
	flows_release(&p->flows);
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
	return targets_of(p, fn, event, nr);
}

enum unresolved_why program_unresolved(const struct program *p, uint32_t fn,
				       uint32_t event)
{
	uint32_t slot = slot_of(p, fn, event);
	uint8_t kind;

	switch (slot) {
	case SLOT_NONE:
		kind = fn_facts(p, fn)->events[event].kind;
		return kind == EV_CALL ? UNRESOLVED_EXTERN :
		       kind == EV_ICALL ? UNRESOLVED_POINTER : RESOLVED;
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

const struct caller *program_callers(const struct program *p, uint32_t fn,
				     size_t *nr)
{
	*nr = p->callers_head[fn + 1] - p->callers_head[fn];
	return p->callers + p->callers_head[fn];
}

const uint32_t *program_ops(const struct program *p, atom_t type,
			    atom_t member, size_t *nr)
{
	uint32_t id = flow_find(&p->flows, (struct ref){ REF_MEMBER, type,
							 member });

	*nr = id ? p->flows.nodes[id - 1].nr : 0;
	return id ? p->flows.nodes[id - 1].fns : NULL;
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
