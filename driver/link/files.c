// SPDX-License-Identifier: GPL-2.0-only
/*
 * The first look at the facts of each file, in which all is taken that is
 * found by name later: strings become atoms, functions get their numbers,
 * macros, types, variables, prototypes and members are put down in lists. One
 * pass for all of it, for the facts of a whole tree are large.
 *
 * Where a file's records go in the lists follows from the counts of the files
 * before it, so threads do not show in the result.
 */
#include "link/link.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/workers.h"

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

static void add_fn(struct program *p, uint32_t file, uint32_t nr,
		   uint32_t index)
{
	const struct pfile *pf = &p->files[file];
	const struct func *func = &pf->facts->funcs[index];
	uint32_t first = p->first_event[file] + func->first_event;
	struct fn *fn = &p->fns[nr];

	fn->file = file;
	fn->index = index;
	fn->name = pf->atoms[func->name];
	p->fn_of[pf->first_fn + index] = nr;
	p->fn_flags[nr] = func->flags;
	p->fn_returns[nr] = pf->atoms[func->ret_type];
	p->fn_params[nr] = func->nr_params < UINT16_MAX ?
			   (uint16_t)func->nr_params : UINT16_MAX;
	p->pastes[nr] = (func->flags & FUNC_MACRO) &&
			makes_callee(pf->facts, func);
	p->fn_sigs[nr] = func->flags & FUNC_MACRO ? macro_sig(pf, func) : 0;
	p->fn_events[nr] = (struct range){ first, first + func->nr_events };
	p->singles[nr] = (struct target){ nr, TARGET_DIRECT };
}

static void add_file_fns(struct program *p, uint32_t file)
{
	struct pfile *pf = &p->files[file];
	struct place *v = xcalloc((size_t)pf->nr_fns + 1, sizeof(*v));
	bool sorted = true;
	uint32_t i;

	for (i = 0; i < pf->nr_fns; i++) {
		v[i] = (struct place){ pf->facts->funcs[i].line,
				       pf->facts->funcs[i].column, i };
		sorted &= !i || place_cmp(&v[i - 1], &v[i]) < 0;
	}
	if (!sorted)
		qsort(v, pf->nr_fns, sizeof(*v), place_cmp);
	for (i = 0; i < pf->nr_fns; i++)
		add_fn(p, file, pf->first_fn + i, v[i].index);
	free(v);
}

/* ---- lists ---- */

void roll_put(struct roll *r, uint32_t at, atom_t key, struct item item)
{
	r->keys[at] = key;
	r->items[at] = item;
}

static void list_aliases(const struct program *p, struct rolls *r,
			 uint32_t file)
{
	const struct facts *f = p->files[file].facts;
	uint32_t first = r->first[file].aliases, i;

	for (i = 0; i < f->nr_aliases; i++) {
		const struct alias *a = &f->aliases[i];
		atom_t name = file_atom(p, file, a->name);
		bool macro = a->kind == ALIAS_MACRO;
		struct item item = { file, i, file_atom(p, file, a->to),
				     a->kind };

		roll_put(&r->macros, first + i, macro ? name : 0, item);
		roll_put(&r->typedefs, first + i, macro ? 0 : name, item);
	}
}

static void list_names(const struct program *p, struct rolls *r, uint32_t file)
{
	const struct facts *f = p->files[file].facts;
	const struct firsts *first = &r->first[file];
	uint32_t i;

	for (i = 0; i < f->nr_globals; i++) {
		const struct global *g = &f->globals[i];

		roll_put(&r->globals, first->globals + i,
			 file_atom(p, file, g->name),
			 (struct item){ file, i, file_atom(p, file, g->type),
					g->flags });
	}
	for (i = 0; i < f->nr_protos; i++) {
		const struct proto *t = &f->protos[i];

		roll_put(&r->protos, first->protos + i,
			 file_atom(p, file, t->name),
			 (struct item){ file, i, file_atom(p, file,
							   t->ret_type) });
	}
}

static void list_members(const struct program *p, struct rolls *r,
			 uint32_t file)
{
	const struct facts *f = p->files[file].facts;
	uint32_t first = r->first[file].members, i;

	for (i = 0; i < f->nr_members; i++) {
		const struct member *m = &f->members[i];

		r->owners[first + i] = file_atom(p, file, m->owner);
		r->members[first + i] = (struct mem){
			.owner = r->owners[first + i],
			.name = file_atom(p, file, m->name),
			.type = file_atom(p, file, m->type),
			.file = file, .index = m->index,
			.flags = m->flags, .pointers = m->pointers,
		};
	}
}

static void roll_init(struct roll *r, uint32_t nr)
{
	r->nr = nr;
	r->keys = xmalloc(((size_t)nr + 1) * sizeof(*r->keys));
	r->items = xmalloc(((size_t)nr + 1) * sizeof(*r->items));
}

static void roll_release(struct roll *r)
{
	free(r->keys);
	free(r->items);
}

void rolls_init(struct rolls *r, const struct program *p)
{
	struct firsts at = { 0 };
	uint32_t i;

	r->first = xcalloc((size_t)p->nr_files + 1, sizeof(*r->first));
	for (i = 0; i < p->nr_files; i++) {
		const struct facts *f = p->files[i].facts;

		r->first[i] = at;
		at.aliases += f->nr_aliases;
		at.globals += f->nr_globals;
		at.protos += f->nr_protos;
		at.members += f->nr_members;
	}
	roll_init(&r->macros, at.aliases);
	roll_init(&r->typedefs, at.aliases);
	roll_init(&r->globals, at.globals);
	roll_init(&r->protos, at.protos);
	r->nr_members = at.members;
	r->owners = xmalloc(((size_t)at.members + 1) * sizeof(*r->owners));
	r->members = xmalloc(((size_t)at.members + 1) * sizeof(*r->members));
}

void rolls_release(struct rolls *r)
{
	free(r->first);
	roll_release(&r->macros);
	roll_release(&r->typedefs);
	roll_release(&r->globals);
	roll_release(&r->protos);
	free(r->owners);
	free(r->members);
}

/* ---- all of it ---- */

struct taking {
	struct program *p;
	struct rolls *rolls;
};

void link_file(struct program *p, struct rolls *rolls, uint32_t file)
{
	struct pfile *f = &p->files[file];
	const char *slash = strrchr(f->path, '/');
	size_t len = slash ? (size_t)(slash - f->path) : 0;

	intern_file(p, f);
	p->dirs[file] = atom(p->atoms, f->path, len);
	add_file_fns(p, file);
	list_aliases(p, rolls, file);
	list_names(p, rolls, file);
	list_members(p, rolls, file);
}

static void take_some(void *ctx, unsigned int thread, size_t first, size_t end)
{
	struct taking *t = ctx;
	size_t i;

	(void)thread;
	link_advise(t->p, first, end, PAGES_WANTED);
	for (i = first; i < end; i++)
		link_file(t->p, t->rolls, (uint32_t)i);
	link_done(t->p, end);
}

void link_files_room(struct program *p)
{
	p->fns = ARENA_ARRAY(&p->arena, struct fn, p->nr_fns + 1);
	p->fn_flags = ARENA_ARRAY(&p->arena, uint16_t, p->nr_fns + 1);
	p->fn_returns = ARENA_ARRAY(&p->arena, atom_t, p->nr_fns + 1);
	p->fn_params = ARENA_ARRAY(&p->arena, uint16_t, p->nr_fns + 1);
	p->fn_events = ARENA_ARRAY(&p->arena, struct range, p->nr_fns + 1);
	p->fn_sigs = ARENA_ARRAY(&p->arena, uint64_t, p->nr_fns + 1);
	p->fn_of = ARENA_ARRAY(&p->arena, uint32_t, p->nr_fns + 1);
	p->taken = ARENA_ARRAY(&p->arena, uint8_t, p->nr_fns + 1);
	p->pastes = ARENA_ARRAY(&p->arena, uint8_t, p->nr_fns + 1);
	p->singles = ARENA_ARRAY(&p->arena, struct target, p->nr_fns + 1);
}

void link_files(struct program *p, struct rolls *rolls)
{
	struct taking t = { p, rolls };

	link_files_room(p);
	rolls_init(rolls, p);
	workers_run(p->threads, p->nr_files, CHUNK_FILES, take_some, &t);
}
