// SPDX-License-Identifier: GPL-2.0-only
/*
 * Function pointers as values: what an expression of a function or of an
 * initialiser may point to, and the places where such values are kept.
 * Called for one file at a time, from any thread.
 *
 * Data is not followed: a pointer that travels as a number or as a void * is
 * lost, and a call through it remains unresolved.
 */
#include "link/link.h"

#include <stdlib.h>

#include "base/mem.h"

void scan_enter(struct scan *s, uint32_t fn)
{
	const struct func *func;
	uint32_t i;

	s->fn = fn;
	s->own = 0;
	s->entry++;
	if (fn == FN_NONE)
		return;
	func = fn_func(s->p, fn);
	if (func->flags & FUNC_MACRO)
		s->own = func->name;
	for (i = 0; i < func->nr_vars; i++) {
		struct memo *m = &s->memo[s->f->vars[func->first_var + i].name];

		m->var = m->entry == s->entry ? VAR_SEVERAL : i;
		m->entry = s->entry;
		m->pointer = VAR_UNASKED;
	}
}

const struct var *scan_var(struct scan *s, str_t name, uint32_t *index)
{
	const struct memo *m = &s->memo[name];

	if (!name || m->entry != s->entry)
		return NULL;
	if (m->var == VAR_SEVERAL)
		return var_at(s->p, s->fn, name, s->line, index);
	*index = m->var;
	return &s->f->vars[fn_func(s->p, s->fn)->first_var + m->var];
}

uint32_t scan_async(struct scan *s, str_t name)
{
	struct memo *m = &s->memo[name];

	if (!m->async)
		m->async = lookup_async(s->p, file_atom(s->p, s->file,
							name)) + 1;
	return m->async - 1;
}

uint32_t scan_lookup(struct scan *s, str_t name)
{
	uint32_t fns[MAX_DEFS], slot;
	/* In its own body a macro's name means the function. */
	bool own = name && name == s->own;
	size_t nr;

	if (!own && s->memo[name].slot)
		return s->memo[name].slot - 1;
	nr = lookup_name(s->p, s->file, file_atom(s->p, s->file, name), own,
			 fns, MAX_DEFS);
	slot = nr > MAX_DEFS ? SLOT_MANY : haul_list(s->h, s->p, fns, nr);
	if (!own)
		s->memo[name].slot = slot + 1;
	return slot;
}

const struct target *scan_targets(const struct scan *s, uint32_t slot,
				  size_t *nr)
{
	const struct list *l;

	*nr = 0;
	if (slot < SLOT_FIRST)
		return NULL;
	slot -= SLOT_FIRST;
	if (slot < s->p->nr_fns) {
		*nr = 1;
		return &s->p->singles[slot];
	}
	l = &s->h->lists[slot - s->p->nr_fns];
	*nr = l->nr;
	return s->h->targets + l->first;
}

/* Functions called @name; a plain macro's name is no value. */
static size_t fn_refs(struct scan *s, str_t name, struct ref *out)
{
	size_t i, nr, n = 0;
	const struct target *t = scan_targets(s, scan_lookup(s, name), &nr);
	struct memo *m = &s->memo[name];

	for (i = 0; i < nr && n < MAX_REFS; i++) {
		if (s->p->fn_flags[t[i].fn] & FUNC_MACRO)
			continue;
		if (!m->taken)
			haul_mark(s->h, t[i].fn, 0);
		out[n++] = (struct ref){ REF_FN, t[i].fn, 0 };
	}
	m->taken = m->taken || name != s->own;
	return n;
}

static struct ref global_ref(atom_t name, const struct item *g)
{
	uint32_t file = g->what & VAR_STATIC ? g->file : FN_NONE;

	return (struct ref){ REF_GLOBAL, file, name };
}

static bool holds_function(const struct program *p, const struct item *global)
{
	return (global->what & VAR_FNPTR) ||
	       type_is_function(p, global->file, global->to);
}

/* A variable of the function: is it one, and can it hold a function? */
static bool local_ref(struct scan *s, str_t name, struct ref *out,
		      bool *pointer)
{
	const struct program *p = s->p;
	struct memo *m = &s->memo[name];
	uint32_t i = 0;
	const struct var *v = scan_var(s, name, &i);

	if (!v)
		return false;
	*out = (struct ref){ REF_VAR, s->fn, i };
	if (m->pointer == VAR_UNASKED || m->var == VAR_SEVERAL)
		m->pointer = (v->flags & VAR_FNPTR) || !v->type ||
			     type_is_function(p, s->file, file_atom(p, s->file,
								    v->type)) ?
			     VAR_POINTER : VAR_DATA;
	*pointer = m->pointer == VAR_POINTER;
	return true;
}

static size_t name_refs(struct scan *s, str_t name, struct ref *out)
{
	const struct program *p = s->p;
	atom_t a = file_atom(p, s->file, name);
	const struct item *g;
	bool pointer;
	size_t nr;

	if (local_ref(s, name, out, &pointer))
		return pointer;
	nr = fn_refs(s, name, out);
	if (nr || !names_has(&p->globals.names, a))
		return nr;
	g = lookup_global(p, s->file, a);
	if (!g || !holds_function(p, g))
		return 0;
	out[0] = global_ref(a, g);
	return 1;
}

static size_t member_refs(struct scan *s, const struct expr *e, struct ref *out)
{
	const struct program *p = s->p;
	atom_t owner, name;
	const struct mem *m;

	name = file_atom(p, s->file, s->f->words[e->parts + e->nr_parts - 1]);
	depends(p, name);
	if (!p->fnptr_name[name] || s->fn == FN_NONE)
		return 0;
	owner = program_expr_type(p, s->fn, e, e->nr_parts - 1u);
	m = member_find(p, s->file, owner, name);
	if (m && !member_is_function(p, m))
		return 0;
	out[0] = (struct ref){ m ? REF_MEMBER : REF_NAME, m ? owner : 0, name };
	return 1;
}

/* Results of functions that return a pointer to a function. */
static size_t call_refs(struct scan *s, const struct expr *e, struct ref *out)
{
	const struct program *p = s->p;
	const struct event *ev;
	const struct target *t;
	size_t i, nr, n = 0;

	if (e->base >= s->f->nr_events)
		return 0;
	ev = &s->f->events[e->base];
	if (ev->kind != EV_CALL)
		return 0;
	t = scan_targets(s, scan_lookup(s, ev->name), &nr);
	for (i = 0; i < nr && n < MAX_REFS; i++) {
		uint32_t file = p->fns[t[i].fn].file;
		atom_t type = p->fn_returns[t[i].fn];

		if (!type || type_is_function(p, file, type))
			out[n++] = (struct ref){ REF_RETURN, t[i].fn, 0 };
	}
	return n;
}

size_t scan_refs(struct scan *s, const struct expr *e, struct ref *out)
{
	while (e->kind == EXPR_CAST && !e->nr_parts && e->sub)
		e = &s->f->exprs[e->sub - 1];
	if (e->ops & (EXPR_NOT | EXPR_NEG))
		return 0;
	if (e->kind == EXPR_NAME && !e->nr_parts)
		return name_refs(s, e->base, out);
	if (e->nr_parts && (e->kind == EXPR_NAME || e->kind == EXPR_CALL ||
			    e->kind == EXPR_CAST))
		return member_refs(s, e, out);
	if (e->kind == EXPR_CALL)
		return call_refs(s, e, out);
	return 0;
}

struct ref scan_place(struct scan *s, const struct expr *e)
{
	const struct program *p = s->p;
	struct ref ref = { REF_NONE, 0, 0 };
	bool pointer;
	atom_t name;

	while (e->kind == EXPR_CAST && !e->nr_parts && e->sub)
		e = &s->f->exprs[e->sub - 1];
	if (e->nr_parts) {
		name = file_atom(p, s->file,
				 s->f->words[e->parts + e->nr_parts - 1]);
		ref = (struct ref){ REF_MEMBER, 0, name };
		if (s->fn != FN_NONE)
			ref.a = program_expr_type(p, s->fn, e,
						  e->nr_parts - 1u);
		if (!member_find(p, s->file, ref.a, name))
			ref.a = 0;
	} else if (e->kind == EXPR_NAME && !local_ref(s, e->base, &ref,
						      &pointer)) {
		const struct item *g;

		name = file_atom(p, s->file, e->base);
		g = lookup_global(p, s->file, name);
		if (g)
			ref = global_ref(name, g);
	} else if (e->kind == EXPR_CALL) {
		struct ref refs[MAX_REFS];

		if (call_refs(s, e, refs))
			ref = refs[0];
	}
	return ref;
}

/* Is the object that @in fills a pointer to a function, or several? */
static bool fills_pointer(struct scan *s, const struct init *in)
{
	const struct program *p = s->p;
	const struct item *g;
	struct ref ref;
	bool pointer;

	if (!in->var)
		return false;
	if (local_ref(s, in->var, &ref, &pointer))
		return pointer;
	g = lookup_global(p, s->file, file_atom(p, s->file, in->var));
	return g && holds_function(p, g);
}

/* Entry @index of an object of type @tag without a name of its own. */
static struct ref positional(const struct scan *s, atom_t tag, uint32_t index)
{
	const struct mem *m = member_at(s->p, s->file, tag, index);

	if (!m || !member_is_function(s->p, m))
		return (struct ref){ REF_NONE, 0, 0 };
	return (struct ref){ REF_MEMBER, tag, m->name };
}

/* The place that `.a.b = value` of @in fills. */
static struct ref init_place(struct scan *s, const struct init *in)
{
	const struct program *p = s->p;
	atom_t name = 0, owner = 0, tag = file_atom(p, s->file, in->type);
	const struct mem *m = NULL;
	struct expr var = { .kind = EXPR_NAME, .base = in->var };
	unsigned int i;

	if (!in->nr_path && fills_pointer(s, in))
		return scan_place(s, &var);
	tag = type_tag(p, s->file, tag, false);
	for (i = 0; i < in->nr_path; i++) {
		name = file_atom(p, s->file, s->f->words[in->path + i]);
		owner = tag;
		m = member_find(p, s->file, owner, name);
		tag = m ? type_tag(p, m->file, m->type, false) : 0;
	}
	if (!in->nr_path)
		return positional(s, tag, in->index);
	if (m && !member_is_function(p, m) && member_at(p, s->file, tag, 0))
		return positional(s, tag, in->index);
	return (struct ref){ REF_MEMBER, m ? owner : 0, name };
}

/* `.store = _prefix##_store` in a macro that this file uses: each word that is
 * handed to a macro may be the piece that varies. */
static size_t pasted_refs(struct scan *s, const struct expr *e,
			  struct ref *refs)
{
	const struct facts *f = s->f;
	const char *name = facts_str(f, e->base), *tail;
	struct strbuf sb = STRBUF_INIT;
	uint32_t fns[MAX_DEFS], i, j;
	size_t nr = 0, got;

	tail = e->kind == EXPR_NAME && !e->nr_parts ? strstr(name, "##") :
						      NULL;
	for (i = 0; tail && i < f->nr_topmacros; i++) {
		const struct topmacro *m = &f->topmacros[i];

		for (j = 0; j < m->nr_args; j++) {
			strbuf_clear(&sb);
			strbuf_adds(&sb, facts_str(f, f->words[m->args + j]));
			strbuf_adds(&sb, tail + 2);
			got = program_lookup(s->p, s->file,
					     atom_of(s->p->atoms, sb.buf),
					     fns, MAX_DEFS);
			if (got && nr < MAX_REFS)
				refs[nr++] = (struct ref){ REF_FN, fns[0], 0 };
		}
	}
	strbuf_release(&sb);
	return nr;
}

void scan_inits(struct scan *s)
{
	const struct facts *f = s->f;
	struct ref refs[MAX_REFS];
	uint32_t i;

	for (i = 0; i < f->nr_inits; i++) {
		const struct init *in = &f->inits[i];
		struct ref to;
		size_t j, nr;

		scan_enter(s, in->func ?
			   s->p->fn_of[s->p->files[s->file].first_fn +
				       in->func - 1] : FN_NONE);
		s->line = in->line;
		nr = scan_refs(s, &f->exprs[in->value], refs);
		if (!nr)
			nr = pasted_refs(s, &f->exprs[in->value], refs);
		if (!nr)
			continue;
		to = init_place(s, in);
		for (j = 0; j < nr; j++)
			haul_flow(s->h, refs[j], to);
	}
}
