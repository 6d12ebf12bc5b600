// SPDX-License-Identifier: GPL-2.0-only
/*
 * A linked program as bytes: a header with the counts, then the arrays of
 * struct program one after the other, each 8-byte aligned, as they are in
 * memory. One walk over all arrays does both ways: saving notes where they
 * are, loading makes them point into the bytes.
 *
 * What is small and has pointers (files, components, the knowledge by name) is
 * made anew. What serves linking only is left out, but for what a tree of which
 * some files have changed can take over (delta.c).
 */
#include "link/image.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "link/link.h"

#ifndef LINK_DIGEST
#define LINK_DIGEST "unknown"
#endif

#define IMAGE_MAGIC 0x676d6967u		/* "gimg" */

#define NR_NAMES 7
#define NR_INDEXES 4

struct counts {
	uint32_t magic;
	uint32_t files, fns, strings, events;
	uint32_t atoms, atom_slots, atom_text, indexed_atoms;
	uint32_t groups[NR_NAMES], items[NR_INDEXES];
	uint32_t members, embedded, ops, op_fns;
	uint32_t lists, targets, callers, sccs;
	uint32_t components, component_text, path_text, scan_lists;
	uint32_t was;
#define X(type, name) uint32_t name;
	HAUL_ARRAYS(X)
#undef X
	uint32_t has_ids;
	struct program_stats stats;
};

/* What is not a plain array in struct program. */
struct extra {
	char *path_text;	/* of files, each with its NUL */
	uint32_t *file_component;
	uint32_t *file_strings;	/* its atoms, and one more */
	uint32_t *file_fns;
	uint8_t *component_kind, *component_machine;
	char *component_text;	/* paths, each with its NUL */
};

struct walk {
	struct program_image *out;	/* NULL: loading */
	const char *p, *end;		/* what is left to load */
	bool bad;
};

const char *program_version(void)
{
	return "program-1-" LINK_DIGEST;
}

static void put_piece(struct program_image *out, const void *p, size_t len)
{
	if (!len)
		return;
	GROW(out->parts, out->nr, out->cap);
	out->parts[out->nr++] = (struct iovec){ (void *)p, len };
	out->len += len;
}

/* After pieces of @len bytes in all. */
static void put_end(struct program_image *out, size_t len)
{
	static const char zeroes[8];

	put_piece(out, zeroes, -len % 8);
}

static void put(struct program_image *out, const void *p, size_t len)
{
	put_piece(out, p, len);
	put_end(out, len);
}

static void *take(struct walk *w, size_t len)
{
	const char *p = w->p;

	len += -len % 8;
	if (w->bad || len > (size_t)(w->end - p)) {
		w->bad = true;
		return NULL;
	}
	w->p = p + len;
	return (void *)p;
}

static void *visit(struct walk *w, void *array, size_t nr, size_t size)
{
	if (!w->out)
		return take(w, nr * size);
	put(w->out, array, nr * size);
	return array;
}

#define VISIT(w, a, nr) ((a) = visit((w), (void *)(a), (nr), sizeof(*(a))))

static struct names *names_at(struct program *p, unsigned int i)
{
	struct names *all[NR_NAMES] = {
		&p->macros.names, &p->typedefs.names, &p->globals.names,
		&p->protos.names, &p->fn_names, &p->owners, &p->embedders,
	};

	return all[i];
}

static struct index *index_at(struct program *p, unsigned int i)
{
	struct index *all[NR_INDEXES] = {
		&p->macros, &p->typedefs, &p->globals, &p->protos
	};

	return all[i];
}

static void visit_names(struct walk *w, struct program *p,
			const struct counts *c)
{
	size_t words = (size_t)c->indexed_atoms / 64 + 1;

	for (unsigned int i = 0; i < NR_NAMES; i++) {
		struct names *n = names_at(p, i);

		n->nr_atoms = c->indexed_atoms;
		n->nr = c->groups[i];
		VISIT(w, n->bits, words);
		VISIT(w, n->ranks, words);
		VISIT(w, n->head, (size_t)n->nr + 1);
	}
	for (unsigned int i = 0; i < NR_INDEXES; i++)
		VISIT(w, index_at(p, i)->items, c->items[i]);
	VISIT(w, p->name_fns, c->fns);
	VISIT(w, p->members, c->members);
	VISIT(w, p->embedded, c->embedded);
}

static void visit_fns(struct walk *w, struct program *p,
		      const struct counts *c)
{
	VISIT(w, p->fns, c->fns);
	VISIT(w, p->fn_flags, c->fns);
	VISIT(w, p->fn_params, c->fns);
	VISIT(w, p->fn_returns, c->fns);
	VISIT(w, p->fn_events, c->fns);
	VISIT(w, p->fn_of, c->fns);
	VISIT(w, p->singles, c->fns);
	VISIT(w, p->callers_head, (size_t)c->fns + 1);
	VISIT(w, p->callers, c->callers);
	VISIT(w, p->scc_order, c->fns);
	VISIT(w, p->scc_first, (size_t)c->sccs + 1);
}

/* What serves to link the tree again when some files have changed. */
static void visit_finds(struct walk *w, struct program *p, struct extra *x,
			const struct counts *c)
{
	VISIT(w, x->path_text, c->path_text);
	VISIT(w, p->ids, c->files);
	VISIT(w, x->file_strings, c->files);
	VISIT(w, x->file_fns, c->files);
	VISIT(w, p->fn_sigs, c->fns);
	VISIT(w, p->pastes, c->fns);
	VISIT(w, p->known, c->indexed_atoms);
	VISIT(w, p->fnptr_name, c->indexed_atoms);
	VISIT(w, p->ends, c->files);
	VISIT(w, p->was, c->was);
#define X(type, name) VISIT(w, p->haul.name, c->name);
	HAUL_ARRAYS(X)
#undef X
}

/* The atoms of a file may lie apart from those of others when saved. */
static void visit_atoms(struct walk *w, struct program *p, struct extra *x,
			const struct counts *c)
{
	size_t len = (size_t)c->strings * sizeof(atom_t);

	if (!w->out) {
		p->atom_store = take(w, len);
		return;
	}
	for (uint32_t i = 0; i < c->files; i++)
		put_piece(w->out, p->files[i].atoms,
			  x->file_strings[i] * sizeof(atom_t));
	put_end(w->out, len);
}

static void visit_all(struct walk *w, struct program *p, struct extra *x,
		      struct atom_image *atoms, const struct counts *c)
{
	VISIT(w, atoms->text, c->atom_text);
	VISIT(w, atoms->offsets, (size_t)c->atoms + 1);
	VISIT(w, atoms->table, c->atom_slots);
	VISIT(w, x->file_component, c->files);
	VISIT(w, x->component_kind, c->components);
	VISIT(w, x->component_machine, c->components);
	VISIT(w, x->component_text, c->component_text);
	VISIT(w, p->dirs, c->files);
	VISIT(w, p->first_event, (size_t)c->files + 1);
	visit_finds(w, p, x, c);
	visit_atoms(w, p, x, c);
	visit_fns(w, p, c);
	visit_names(w, p, c);
	VISIT(w, p->ops.keys, c->ops);
	VISIT(w, p->ops.head, (size_t)c->ops + 1);
	VISIT(w, p->ops.fns, c->op_fns);
	VISIT(w, p->slots, c->events);
	VISIT(w, p->calls, c->events);
	VISIT(w, p->lists, c->lists);
	VISIT(w, p->targets, c->targets);
}

/* ---- saving ---- */

static void save_files(const struct program *p, struct extra *x,
		       struct arena *a, struct counts *c)
{
	char *to;
	uint32_t i;

	x->file_component = ARENA_ARRAY(a, uint32_t, (size_t)c->files + 1);
	x->file_strings = ARENA_ARRAY(a, uint32_t, (size_t)c->files + 1);
	x->file_fns = ARENA_ARRAY(a, uint32_t, (size_t)c->files + 1);
	for (i = 0; i < c->files; i++) {
		x->file_component[i] = p->files[i].component;
		x->file_strings[i] = p->files[i].facts->nr_strings + 1;
		x->file_fns[i] = p->files[i].nr_fns;
		c->path_text += (uint32_t)strlen(p->files[i].path) + 1;
	}
	x->path_text = to = ARENA_ARRAY(a, char, (size_t)c->path_text + 1);
	for (i = 0; i < c->files; i++)
		to = stpcpy(to, p->files[i].path) + 1;
}

static void save_components(const struct program *p, struct extra *x,
			    struct arena *a, struct counts *c)
{
	char *to;
	uint32_t i;

	for (i = 0; i < c->components; i++)
		c->component_text += (uint32_t)strlen(p->components[i].path) +
				     1;
	x->component_kind = ARENA_ARRAY(a, uint8_t, (size_t)c->components + 1);
	x->component_machine = ARENA_ARRAY(a, uint8_t,
					   (size_t)c->components + 1);
	x->component_text = to = ARENA_ARRAY(a, char,
					     (size_t)c->component_text + 1);
	for (i = 0; i < c->components; i++) {
		x->component_kind[i] = p->components[i].kind;
		x->component_machine[i] = p->components[i].machine;
		to = stpcpy(to, p->components[i].path) + 1;
	}
}

static void count(struct program *p, const struct atom_image *atoms,
		  struct counts *c)
{
	memset(c, 0, sizeof(*c));
	c->magic = IMAGE_MAGIC;
	c->files = p->nr_files;
	c->fns = p->nr_fns;
	c->strings = (uint32_t)p->nr_strings;
	c->events = (uint32_t)p->nr_events;
	c->atoms = atoms->nr;
	c->atom_slots = atoms->nr_slots;
	c->atom_text = atoms->offsets[atoms->nr];
	c->indexed_atoms = p->nr_atoms;
	for (unsigned int i = 0; i < NR_NAMES; i++)
		c->groups[i] = names_at(p, i)->nr;
	for (unsigned int i = 0; i < NR_INDEXES; i++)
		c->items[i] = names_at(p, i)->head[c->groups[i]];
	c->members = p->nr_members;
	c->embedded = p->embedders.head[p->embedders.nr];
	c->ops = p->ops.nr;
	c->op_fns = p->ops.head[p->ops.nr];
	c->lists = p->nr_lists;
	c->targets = p->nr_targets;
	c->callers = p->callers_head[p->nr_fns];
	c->sccs = p->stats.nr_sccs;
	c->components = p->nr_components;
	c->scan_lists = p->nr_scan_lists;
	c->was = (uint32_t)p->nr_was;
	c->has_ids = p->has_ids;
#define X(type, name) c->name = (uint32_t)p->haul.nr_##name;
	HAUL_ARRAYS(X)
#undef X
	c->stats = p->stats;
}

bool program_save(const struct program *p, struct program_image *out)
{
	struct program copy = *p;	/* the walk is for both ways */
	struct walk w = { .out = out };
	struct counts *c;
	struct extra x;

	memset(out, 0, sizeof(*out));
	arena_init(&out->arena);
	if (p->nr_strings > UINT32_MAX || p->nr_events > UINT32_MAX ||
	    !atoms_image(p->atoms, &out->atoms))
		return false;
	c = ARENA_NEW(&out->arena, struct counts);
	count(&copy, &out->atoms, c);
	save_files(p, &x, &out->arena, c);
	save_components(p, &x, &out->arena, c);
	put(out, c, sizeof(*c));
	visit_all(&w, &copy, &x, &out->atoms, c);
	return true;
}

void program_image_release(struct program_image *image)
{
	free(image->parts);
	atom_image_free(&image->atoms);
	arena_release(&image->arena);
}

/* ---- loading ---- */

static bool load_components(struct program *p, const struct extra *x,
			    const struct counts *c)
{
	const char *path = x->component_text;
	const char *end = path + c->component_text;

	p->components = xcalloc((size_t)c->components + 1,
				sizeof(*p->components));
	p->nr_components = c->components;
	for (uint32_t i = 0; i < c->components; i++) {
		size_t len = strnlen(path, (size_t)(end - path));

		if (len == (size_t)(end - path))
			return false;
		p->components[i].path = path;
		p->components[i].kind = x->component_kind[i];
		p->components[i].machine = x->component_machine[i];
		path += len + 1;
	}
	return path == end;
}

/* The files as they were, without facts. */
static bool load_files(struct program *p, const struct extra *x,
		       const struct counts *c)
{
	const char *path = x->path_text, *end = path + c->path_text;
	size_t strings = 0;
	uint32_t fns = 0;

	p->files = ARENA_ARRAY(&p->arena, struct pfile, (size_t)c->files + 1);
	p->nr_files = c->files;
	for (uint32_t i = 0; i < c->files; i++) {
		struct pfile *f = &p->files[i];
		size_t len = strnlen(path, (size_t)(end - path));

		if (x->file_component[i] >= p->nr_components ||
		    p->first_event[i] > p->first_event[i + 1] ||
		    len == (size_t)(end - path))
			return false;
		f->path = path;
		f->header = str_ends(path, ".h");
		f->component = x->file_component[i];
		f->atoms = p->atom_store + strings;
		f->first_fn = fns;
		f->nr_fns = x->file_fns[i];
		strings += x->file_strings[i];
		fns += f->nr_fns;
		path += len + 1;
	}
	return path == end && strings == c->strings && fns == c->fns &&
	       p->first_event[c->files] == c->events;
}

static void load_counts(struct program *p, const struct counts *c)
{
	p->nr_fns = c->fns;
	p->nr_strings = c->strings;
	p->nr_events = c->events;
	p->nr_atoms = c->indexed_atoms;
	p->nr_members = c->members;
	p->ops.nr = c->ops;
	p->nr_lists = c->lists;
	p->nr_targets = c->targets;
	p->nr_scan_lists = c->scan_lists;
	p->nr_was = c->was;
	p->has_ids = c->has_ids;
#define X(type, name) p->haul.nr_##name = c->name;
	HAUL_ARRAYS(X)
#undef X
	p->stats = c->stats;
}

static bool load_all(struct program *p, const void *data, size_t len)
{
	struct walk w = { NULL, data, (const char *)data + len, false };
	const struct counts *c = take(&w, sizeof(*c));
	struct atom_image atoms;
	struct extra x;

	if (!c || c->magic != IMAGE_MAGIC)
		return false;
	visit_all(&w, p, &x, &atoms, c);
	if (w.bad || w.p != w.end)
		return false;
	atoms.nr = c->atoms;
	atoms.nr_slots = c->atom_slots;
	if (!atoms.nr || atoms.nr_slots & (atoms.nr_slots - 1) ||
	    atoms.nr_slots <= atoms.nr)
		return false;
	p->atoms = atoms_from(&atoms);
	load_counts(p, c);
	return load_components(p, &x, c) && load_files(p, &x, c);
}

struct program *image_load(const void *data, size_t len)
{
	struct program *p = xcalloc(1, sizeof(*p));

	arena_init(&p->arena);
	p->loaded = true;
	if (load_all(p, data, len))
		return p;
	program_free(p);
	return NULL;
}

/* Each file must be the same, and have the place that its facts need. */
static bool take_files(struct program *p, const struct program *given)
{
	if (!p->has_ids || p->nr_files != given->nr_files ||
	    p->nr_strings != given->nr_strings ||
	    memcmp(p->ids, given->ids, p->nr_files * sizeof(*p->ids)))
		return false;
	for (uint32_t i = 0; i < p->nr_files; i++) {
		struct pfile *f = &p->files[i];
		const struct pfile *g = &given->files[i];

		if (strcmp(f->path, g->path) || f->first_fn != g->first_fn ||
		    f->nr_fns != g->nr_fns || p->first_event[i + 1] -
		    p->first_event[i] != g->facts->nr_events)
			return false;
		f->facts = g->facts;
	}
	return true;
}

/* @p, which was loaded, becomes the program of the files of @given. */
static void adopt(struct program *p, const struct program *given)
{
	p->know = given->know;
	p->threads = given->threads;
	p->public = arena_memdup(&p->arena, given->public, p->nr_files + 1);
	link_knowledge_names(p);
	link_knowledge(p);
}

struct program *program_load(const struct image_bytes *bytes,
			     const struct program_input *files, size_t nr,
			     const struct knowledge *k,
			     const struct program_opts *opts, size_t *changed)
{
	struct program *old = image_load(bytes->data, bytes->len);
	struct program *p = program_new(files, nr, k, opts);
	bool done = false;

	*changed = 0;
	if (old && p->has_ids && take_files(old, p)) {
		adopt(old, p);
		old->image = *bytes;
		program_free(p);
		return old;
	}
	if (old && p->has_ids && old->has_ids)
		done = link_delta(p, old, bytes, changed);
	program_free(old);
	if (done)
		return p;
	program_free(p);
	return NULL;
}
