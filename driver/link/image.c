// SPDX-License-Identifier: GPL-2.0-only
/*
 * A linked program as bytes: a header with the counts, then the arrays of
 * struct program one after the other, each 8-byte aligned, as they are in
 * memory. One walk over all arrays does both ways: saving notes where they
 * are, loading makes them point into the bytes.
 *
 * What is small and has pointers (files, components, the knowledge by name) is
 * made anew. What serves linking only is left out.
 */
#include "link/image.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
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
	uint32_t components, component_text, pad;
	struct program_stats stats;
};

/* What is not a plain array in struct program. */
struct extra {
	uint32_t *file_component;
	uint8_t *component_kind;
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

static void put(struct program_image *out, const void *p, size_t len)
{
	static const char zeroes[8];

	GROW_BY(out->parts, out->nr, out->cap, 2);
	if (len)
		out->parts[out->nr++] = (struct iovec){ (void *)p, len };
	if (len % 8)
		out->parts[out->nr++] = (struct iovec){ (void *)zeroes, -len % 8 };
	out->len += len + -len % 8;
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

static void visit_all(struct walk *w, struct program *p, struct extra *x,
		      struct atom_image *atoms, const struct counts *c)
{
	VISIT(w, atoms->text, c->atom_text);
	VISIT(w, atoms->offsets, (size_t)c->atoms + 1);
	VISIT(w, atoms->table, c->atom_slots);
	VISIT(w, x->file_component, c->files);
	VISIT(w, x->component_kind, c->components);
	VISIT(w, x->component_text, c->component_text);
	VISIT(w, p->dirs, c->files);
	VISIT(w, p->first_event, (size_t)c->files + 1);
	VISIT(w, p->atom_store, c->strings);
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

static void save_extra(const struct program *p, struct extra *x,
		       struct arena *a, struct counts *c)
{
	char *to;
	uint32_t i;

	x->file_component = ARENA_ARRAY(a, uint32_t, (size_t)c->files + 1);
	for (i = 0; i < c->files; i++)
		x->file_component[i] = p->files[i].component;
	for (i = 0; i < c->components; i++)
		c->component_text += (uint32_t)strlen(p->components[i].path) +
				     1;
	x->component_kind = ARENA_ARRAY(a, uint8_t, (size_t)c->components + 1);
	x->component_text = to = ARENA_ARRAY(a, char,
					     (size_t)c->component_text + 1);
	for (i = 0; i < c->components; i++) {
		x->component_kind[i] = p->components[i].kind;
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
	save_extra(p, &x, &out->arena, c);
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
		path += len + 1;
	}
	return path == end;
}

/* Each file must have the place that its facts need. */
static bool load_files(struct program *p, const struct extra *x)
{
	uint32_t events = 0;
	size_t strings = 0;

	for (uint32_t i = 0; i < p->nr_files; i++) {
		struct pfile *f = &p->files[i];

		if (x->file_component[i] >= p->nr_components ||
		    p->first_event[i] != events)
			return false;
		f->component = x->file_component[i];
		f->atoms = p->atom_store + strings;
		strings += f->facts->nr_strings + 1;
		events += f->facts->nr_events;
	}
	return p->first_event[p->nr_files] == events;
}

static bool load_all(struct program *p, const void *data, size_t len)
{
	struct walk w = { NULL, data, (const char *)data + len, false };
	const struct counts *c = take(&w, sizeof(*c));
	struct atom_image atoms;
	struct extra x;

	if (!c || c->magic != IMAGE_MAGIC || c->files != p->nr_files ||
	    c->fns != p->nr_fns || c->strings != p->nr_strings ||
	    c->events != p->nr_events)
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
	p->nr_atoms = c->indexed_atoms;
	p->nr_members = c->members;
	p->ops.nr = c->ops;
	p->nr_lists = c->lists;
	p->nr_targets = c->targets;
	p->stats = c->stats;
	return load_components(p, &x, c) && load_files(p, &x);
}

struct program *program_load(const void *data, size_t len,
			     const struct program_input *files, size_t nr,
			     const struct knowledge *k,
			     const struct program_opts *opts, struct err *err)
{
	struct program *p = xcalloc(1, sizeof(*p));

	arena_init(&p->arena);
	p->loaded = true;
	p->know = k;
	p->threads = opts ? opts->threads : 1;
	link_inputs(p, files, nr);
	if (!load_all(p, data, len)) {
		program_free(p);
		err_set(err, ERR_FORMAT, "no program of these files");
		return NULL;
	}
	link_knowledge_names(p);
	link_knowledge(p);
	return p;
}
