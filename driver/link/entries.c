// SPDX-License-Identifier: GPL-2.0-only
/*
 * Entries: functions that are started in a context of their own. They come
 * from the arguments of functions that start others and from members that only
 * ever run so (knowledge: asyncs, callbacks), from macros at file level and
 * from functions whose name a macro makes.
 *
 * A function without callers whose address nobody takes is no entry: it is
 * dead, or reached by means that the sources do not show.
 */
#include "link/link.h"

#include <string.h>

#include "base/mem.h"
#include "base/workers.h"

unsigned int async_member(const struct program *p, atom_t owner, atom_t name)
{
	const struct know_callback *c;
	size_t i;

	for (i = 0; owner && p->know && i < p->know->nr_callbacks; i++) {
		c = &p->know->callbacks[i];
		if (!strcmp(atom_str(p->atoms, name), c->member) &&
		    !strcmp(atom_str(p->atoms, owner), c->type))
			return c->kind;
	}
	return 0;
}

static void flow_entries(struct program *p)
{
	uint32_t kind, i;

	for (kind = ENTRY_WORK; kind <= ENTRY_OTHER; kind++) {
		uint32_t id = flow_find(&p->flows,
					(struct ref){ REF_ENTRY, kind, 0 });

		if (!id)
			continue;
		for (i = 0; i < p->flows.nodes[id - 1].nr; i++)
			p->fns[p->flows.nodes[id - 1].fns[i]].entries |=
				(uint16_t)(1u << kind);
	}
}

/* Kind of a function made by the macro @maker: the knowledge names it with
 * or without the number at its end. */
static unsigned int maker_kind(const struct program *p, const char *maker)
{
	size_t i, best = 0;
	unsigned int kind = ENTRY_OTHER;

	for (i = 0; p->know && i < p->know->nr_asyncs; i++) {
		size_t len = strlen(p->know->asyncs[i].name);

		if (len > best && str_starts(maker, p->know->asyncs[i].name)) {
			best = len;
			kind = p->know->asyncs[i].kind;
		}
	}
	if (!best && strstr(maker, "SYSCALL_DEFINE"))
		kind = ENTRY_SYSCALL;
	return kind;
}

static void maker_entries(struct program *p)
{
	uint32_t i;

	for (i = 0; i < p->nr_fns; i++) {
		const struct func *func;

		if (!(p->fn_flags[i] & FUNC_GENERATED))
			continue;
		func = fn_func(p, i);
		if (func->maker)
			p->fns[i].entries |= (uint16_t)(1u << maker_kind(p,
					facts_str(fn_facts(p, i),
						  func->maker)));
	}
}

/* Macros that only make a name known to others. */
static bool is_export(const char *macro)
{
	return strstr(macro, "EXPORT_");
}

static void macro_entry(struct scan *s, atom_t arg, unsigned int kind)
{
	const struct program *p = s->p;
	uint32_t fns[MAX_DEFS];
	size_t i, nr = program_lookup(p, s->file, arg, fns, MAX_DEFS);

	for (i = 0; i < nr; i++) {
		if (p->fn_flags[fns[i]] & FUNC_MACRO)
			continue;
		/* Without knowledge a macro may mean any use of the name. */
		if (kind == ENTRY_OTHER && p->fns[fns[i]].file != s->file)
			continue;
		haul_mark(s->h, fns[i], kind);
	}
}

void scan_topmacros(struct scan *s)
{
	const struct program *p = s->p;
	const struct facts *f = s->f;
	uint32_t i, j;

	for (i = 0; i < f->nr_topmacros; i++) {
		const struct topmacro *m = &f->topmacros[i];
		uint32_t k;
		unsigned int kind;

		if (is_export(facts_str(f, m->name)))
			continue;
		k = lookup_async(p, file_atom(p, s->file, m->name));
		kind = k ? p->know->asyncs[k - 1].kind : ENTRY_OTHER;
		for (j = 0; j < m->nr_args; j++)
			macro_entry(s, file_atom(p, s->file,
						 f->words[m->args + j]),
				    kind);
	}
}

static void apply_marks(struct program *p)
{
	const struct mark *m = p->haul.marks;
	size_t i;

	for (i = 0; i < p->haul.nr_marks; i++) {
		p->taken[m[i].fn] = 1;
		if (m[i].kind)
			p->fns[m[i].fn].entries |= (uint16_t)(1u << m[i].kind);
	}
}

/* Is @part a piece of @name between underscores, on one side at least? */
static bool is_pasted(const char *name, const char *part)
{
	size_t n = strlen(part);
	const char *at;

	if (n < 2 || strlen(name) <= n)
		return false;
	for (at = strstr(name, part); at; at = strstr(at + 1, part))
		if (at == name || at[-1] == '_' || at[n] == '_' || !at[n])
			return true;
	return false;
}

static bool has_paste(const struct facts *f, const char *name)
{
	uint32_t i, j;

	for (i = 0; i < f->nr_topmacros; i++) {
		const struct topmacro *m = &f->topmacros[i];

		if (is_export(facts_str(f, m->name)))
			continue;
		for (j = 0; j < m->nr_args; j++)
			if (is_pasted(name, facts_str(f, f->words[m->args +
								  j])))
				return true;
	}
	for (i = 0; i < f->nr_inits; i++) {
		const struct expr *e = &f->exprs[f->inits[i].value];

		if (!f->inits[i].func && e->kind == EXPR_NAME &&
		    !e->nr_parts && is_pasted(name, facts_str(f, e->base)))
			return true;
	}
	return false;
}

/*
 * A static function that nobody seems to use is used by somebody, or the
 * compiler would warn: by a macro that makes its name from an argument
 * (X_ATTR_RO(name) and __ATTR(name) refer to name_show).
 */
static void pasted_entries(struct program *p, uint32_t file)
{
	const struct pfile *pf = &p->files[file];
	const struct facts *f = pf->facts;
	uint32_t i;

	for (i = pf->first_fn; i < pf->first_fn + pf->nr_fns; i++) {
		struct fn *fn = &p->fns[i];
		uint16_t flags = p->fn_flags[i];

		if (fn->called || fn->entries || p->taken[i] ||
		    !(flags & FUNC_STATIC) ||
		    (flags & (FUNC_MACRO | FUNC_INLINE)))
			continue;
		if (!has_paste(f, facts_str(f, f->funcs[fn->index].name)))
			continue;
		fn->entries |= 1u << ENTRY_OTHER;
		p->taken[i] = 1;
	}
}

static void some_pasted(void *ctx, unsigned int thread, size_t first,
			size_t end)
{
	struct program *p = ctx;
	size_t i;

	(void)thread;
	for (i = first; i < end; i++)
		pasted_entries(p, (uint32_t)i);
	link_done(p, end);
}

void link_entries(struct program *p)
{
	uint32_t i;

	flow_entries(p);
	maker_entries(p);
	apply_marks(p);
	workers_run(p->threads, p->nr_files, CHUNK_FILES, some_pasted, p);
	for (i = 0; i < p->nr_fns; i++)
		p->fns[i].addr_taken = p->taken[i];
}
