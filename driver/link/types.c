// SPDX-License-Identifier: GPL-2.0-only
/*
 * Types: which struct a variable, a member or a whole expression is. Takes
 * the members, typedefs and declarations of all files.
 *
 * Only tags of structs and unions are told; the kind of number that something
 * is does not matter here. Two structs of one tag in different files are told
 * apart by which of them is nearer to the file that asks.
 */
#include "link/link.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/workers.h"

#define MAX_TYPEDEFS	5	/* typedefs of typedefs */
#define MAX_DEPTH	4	/* expressions through other expressions */
#define MAX_GUESSES	4	/* assignments that may tell a type */
#define CHUNK_STRUCTS	1024
#define MAX_EMBEDDED	512	/* structs looked at for one question */

static const struct item *typedef_find(const struct program *p, uint32_t file,
				       atom_t name)
{
	const struct item *best = NULL;
	unsigned int best_rank = UINT32_MAX;
	struct range r = names_ask(p, &p->typedefs.names, name);

	for (; r.i < r.end; r.i++) {
		const struct item *it = &p->typedefs.items[r.i];
		unsigned int rank = file_rank(p, file, it->file);

		if (rank >= best_rank)
			continue;
		best = it;
		best_rank = rank;
	}
	return best;
}

/* #define rcu_head callback_head: the tag that has the members. */
static atom_t renamed_tag(const struct program *p, atom_t tag)
{
	struct range r = names_ask(p, &p->macros.names, tag);

	if (names_has(&p->owners, tag))
		return tag;
	for (; r.i < r.end; r.i++) {
		atom_t to = p->macros.items[r.i].to;

		depends(p, to);
		if (names_has(&p->owners, to))
			return to;
	}
	return tag;
}

atom_t type_tag(const struct program *p, uint32_t file, atom_t type,
		bool is_struct)
{
	int hop;

	for (hop = 0; hop < MAX_TYPEDEFS && type && !is_struct; hop++) {
		const struct item *a = typedef_find(p, file, type);

		if (!a || a->what == ALIAS_FNTYPE || !a->to || a->to == type)
			break;
		type = a->to;
		file = a->file;
	}
	return renamed_tag(p, type);
}

bool type_is_function(const struct program *p, uint32_t file, atom_t type)
{
	int hop;

	for (hop = 0; hop < MAX_TYPEDEFS && type; hop++) {
		const struct item *a = typedef_find(p, file, type);

		if (!a)
			return false;
		if (a->what == ALIAS_FNTYPE)
			return true;
		if (a->to == type)
			return false;
		type = a->to;
		file = a->file;
	}
	return false;
}

bool member_is_function(const struct program *p, const struct mem *m)
{
	return (m->flags & MEMBER_FNPTR) || type_is_function(p, m->file,
							     m->type);
}

/* The members of @owner from the first one that is called @name on. */
static struct range members_from(const struct program *p, atom_t owner,
				 atom_t name)
{
	struct range r = names_range(&p->owners, owner);
	uint32_t hi = r.end;

	while (r.i < hi) {
		uint32_t mid = r.i + (hi - r.i) / 2;

		if (p->members[mid].name < name)
			r.i = mid + 1;
		else
			hi = mid;
	}
	return r;
}

const struct mem *member_find(const struct program *p, uint32_t file,
			      atom_t owner, atom_t name)
{
	const struct mem *best = NULL;
	unsigned int best_rank = UINT32_MAX;
	struct range r;

	if (!owner || !name)
		return NULL;
	depends(p, dep_member(owner, name));
	r = members_from(p, owner, name);
	for (; r.i < r.end && p->members[r.i].name == name; r.i++) {
		const struct mem *m = &p->members[r.i];
		unsigned int rank = file == FN_NONE ? 3 :
				    file_rank(p, file, m->file);

		if (rank < best_rank) {
			best = m;
			best_rank = rank;
		}
	}
	return best;
}

/* Is @m the earlier of two that are as near? By names, for the order of atoms
 * depends on threads. */
static bool is_earlier(const struct program *p, const struct mem *m,
		       const struct mem *than)
{
	if (m->file != than->file)
		return m->file < than->file;
	return strcmp(atom_str(p->atoms, m->name),
		      atom_str(p->atoms, than->name)) < 0;
}

const struct mem *member_at(const struct program *p, uint32_t file,
			    atom_t owner, unsigned int index)
{
	const struct mem *best = NULL;
	unsigned int best_rank = UINT32_MAX;
	struct range r = names_range(&p->owners, owner);

	depends(p, owner | DEP_MEMBERS);
	for (; r.i < r.end; r.i++) {
		const struct mem *m = &p->members[r.i];
		unsigned int rank = file_rank(p, file, m->file);

		if (m->index == index &&
		    (rank < best_rank || (rank == best_rank && best &&
					  is_earlier(p, m, best)))) {
			best = m;
			best_rank = rank;
		}
	}
	return best;
}

static int mem_cmp(const void *a, const void *b, void *atoms)
{
	const struct mem *x = a, *y = b;

	if (x->name != y->name)
		return x->name < y->name ? -1 : 1;
	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	if (x->index != y->index)
		return (int)x->index - (int)y->index;
	return strcmp(atom_str(atoms, x->type), atom_str(atoms, y->type));
}

static void sort_some(void *ctx, unsigned int thread, size_t first, size_t end)
{
	struct program *p = ctx;

	(void)thread;
	for (; first < end; first++) {
		uint32_t i = p->owners.head[first];
		uint32_t stop = p->owners.head[first + 1];

		qsort_r(p->members + i, stop - i, sizeof(*p->members), mem_cmp,
			p->atoms);
		for (; i < stop; i++)
			if (member_is_function(p, &p->members[i]))
				__atomic_store_n(&p->fnptr_name[
					p->members[i].name], 1,
					__ATOMIC_RELAXED);
	}
}

/* Which structs each struct embeds: asked often, and types have to be looked
 * up for it. */
static void embedded_list(struct program *p)
{
	atom_t *owners = xcalloc((size_t)p->nr_members + 1, sizeof(*owners));
	atom_t *tags = xcalloc((size_t)p->nr_members + 1, sizeof(*tags));
	uint32_t *order, nr, i;

	for (i = 0; i < p->nr_members; i++) {
		const struct mem *m = &p->members[i];

		if (!(m->flags & MEMBER_EMBEDDED))
			continue;
		tags[i] = type_tag(p, m->file, m->type, false);
		owners[i] = tags[i] ? m->owner : 0;
	}
	order = xmalloc(((size_t)p->nr_members + 1) * sizeof(*order));
	nr = names_build(&p->embedders, p->nr_atoms, owners, p->nr_members,
			 order);
	p->embedded = xmalloc(((size_t)nr + 1) * sizeof(*p->embedded));
	for (i = 0; i < nr; i++)
		p->embedded[i] = tags[order[i]];
	free(order);
	free(owners);
	free(tags);
}

void types_group(struct program *p, const struct rolls *rolls)
{
	uint32_t *order = xmalloc(((size_t)rolls->nr_members + 1) *
				  sizeof(*order));
	uint32_t i;

	p->nr_members = names_build(&p->owners, p->nr_atoms, rolls->owners,
				    rolls->nr_members, order);
	p->members = xmalloc(((size_t)p->nr_members + 1) *
			     sizeof(*p->members));
	for (i = 0; i < p->nr_members; i++)
		p->members[i] = rolls->members[order[i]];
	free(order);
}

void link_types(struct program *p)
{
	p->fnptr_name = ARENA_ARRAY(&p->arena, uint8_t, p->nr_atoms + 1);
	workers_run(p->threads, p->owners.nr, CHUNK_STRUCTS, sort_some, p);
	embedded_list(p);
}

const struct var *var_at(const struct program *p, uint32_t fn, str_t name,
			 uint32_t line, uint32_t *index)
{
	const struct facts *f = fn_facts(p, fn);
	const struct func *func = fn_func(p, fn);
	const struct var *best = NULL;
	uint32_t i;

	if (!name)
		return NULL;
	for (i = 0; i < func->nr_vars; i++) {
		const struct var *v = &f->vars[func->first_var + i];

		if (v->name != name)
			continue;
		/* Of several, the last one declared before the use. */
		if (best && v->line > line && i >= func->nr_params)
			break;
		best = v;
		if (index)
			*index = i;
	}
	return best;
}

const struct var *program_var(const struct program *p, uint32_t fn, str_t name,
			      int *param)
{
	uint32_t i = 0;
	const struct var *v = var_at(p, fn, name, UINT32_MAX, &i);

	if (param)
		*param = v && i < fn_func(p, fn)->nr_params ? (int)i : -1;
	return v;
}

/* An expression to be typed; `depth` bounds how many others it leads to. */
struct typing {
	const struct program *p;
	uint32_t fn;
	int depth;
	uint32_t line;
};

static atom_t expr_tag(const struct typing *t, const struct expr *e,
		       unsigned int nr_parts);

/* The type of variable @name from what it is first set to. */
static atom_t guess_var(const struct typing *t, str_t name)
{
	const struct facts *f = fn_facts(t->p, t->fn);
	const struct func *func = fn_func(t->p, t->fn);
	struct typing deeper = *t;
	unsigned int tries = MAX_GUESSES;
	uint32_t i;

	if (!deeper.depth--)
		return 0;
	for (i = 0; i < func->nr_events && tries; i++) {
		const struct event *ev = &f->events[func->first_event + i];
		const struct expr *e;
		opt_t lvalue = ev->kind == EV_ASSIGN ? ev->target : ev->value;
		struct expr call = { .kind = EXPR_CALL,
				     .base = func->first_event + i };
		atom_t tag;

		if (ev->kind > EV_ASSIGN || !lvalue)
			continue;
		e = &f->exprs[lvalue - 1];
		if (e->kind != EXPR_NAME || e->nr_parts || e->base != name)
			continue;
		tries--;
		if (ev->kind != EV_ASSIGN)
			tag = expr_tag(&deeper, &call, 0);
		else if (ev->value)
			tag = expr_tag(&deeper, &f->exprs[ev->value - 1],
				       f->exprs[ev->value - 1].nr_parts);
		else
			tag = 0;
		if (tag)
			return tag;
	}
	return 0;
}

/* The struct behind the first @nr_parts members of @e, from struct @tag. */
static atom_t walk_parts(const struct program *p, uint32_t file, atom_t tag,
			 const struct expr *e, unsigned int nr_parts)
{
	const struct facts *f = p->files[file].facts;
	unsigned int i;

	for (i = 0; i < nr_parts && i < e->nr_parts && tag; i++) {
		atom_t name = file_atom(p, file, f->words[e->parts + i]);
		const struct mem *m = member_find(p, file, tag, name);

		if (!m)
			return 0;
		tag = type_tag(p, m->file, m->type, false);
	}
	return tag;
}

/* The value of macro @callee, NULL: it has none that is known. */
static const struct expr *macro_value(const struct program *p, uint32_t callee)
{
	const struct facts *f = fn_facts(p, callee);
	const struct func *func = fn_func(p, callee);
	uint32_t i;

	if (!(func->flags & FUNC_MACRO))
		return NULL;
	for (i = func->nr_events; i-- > 0;) {
		const struct event *ev = &f->events[func->first_event + i];

		if (ev->kind == EV_RETURN && ev->value)
			return &f->exprs[ev->value - 1];
	}
	return NULL;
}

/* The type of macro @callee's value when it is used by @ev, NULL: no call. */
static atom_t macro_tag(const struct typing *t, uint32_t callee,
			const struct event *ev)
{
	const struct program *p = t->p;
	const struct expr *e = macro_value(p, callee);
	struct typing inner = { p, callee, t->depth - 1, UINT32_MAX };
	struct typing outer = *t;
	const struct facts *f = fn_facts(p, t->fn);
	uint32_t param = 0;
	atom_t tag;

	if (!e || !outer.depth--)
		return 0;
	if (e->kind != EXPR_NAME || !ev ||
	    !var_at(p, callee, e->base, UINT32_MAX, &param) ||
	    param >= ev->nr_args)
		return expr_tag(&inner, e, e->nr_parts);
	/* A member of an argument. */
	tag = expr_tag(&outer, &f->exprs[ev->args + param],
		       f->exprs[ev->args + param].nr_parts);
	return walk_parts(p, p->fns[callee].file, tag, e, e->nr_parts);
}

static atom_t name_tag(const struct typing *t, str_t name)
{
	const struct program *p = t->p;
	uint32_t file = p->fns[t->fn].file, fn;
	const struct var *v = var_at(p, t->fn, name, t->line, NULL);
	const struct item *g;
	atom_t a = file_atom(p, file, name);

	if (v && v->type)
		return type_tag(p, file, file_atom(p, file, v->type),
				v->flags & VAR_STRUCT);
	if (v)
		return guess_var(t, name);
	if (a == p->current) {
		depends(p, p->task_struct);
		return p->task_struct;
	}
	g = lookup_global(p, file, a);
	if (g)
		return type_tag(p, g->file, g->to, g->what & VAR_STRUCT);
	if (program_lookup(p, file, a, &fn, 1))
		return macro_tag(t, fn, NULL);
	return 0;
}

static atom_t proto_tag(const struct program *p, uint32_t file, atom_t name)
{
	const struct item *best = NULL;
	unsigned int best_rank = UINT32_MAX;
	struct range r = names_ask(p, &p->protos.names, name);

	for (; r.i < r.end; r.i++) {
		const struct item *it = &p->protos.items[r.i];
		unsigned int rank = file_rank(p, file, it->file);

		if (rank >= best_rank)
			continue;
		best = it;
		best_rank = rank;
	}
	return best ? type_tag(p, best->file, best->to, false) : 0;
}

static atom_t call_tag(const struct typing *t, const struct event *ev)
{
	const struct program *p = t->p;
	uint32_t file = p->fns[t->fn].file, fns[4];
	atom_t tag, name = file_atom(p, file, ev->name);
	size_t i, nr;

	if (ev->kind == EV_ICALL) {
		const struct expr *e;
		const struct mem *m;

		if (!ev->target)
			return 0;
		e = &fn_facts(p, t->fn)->exprs[ev->target - 1];
		if (!e->nr_parts || !t->depth)
			return 0;
		tag = expr_tag(&(struct typing){ p, t->fn, t->depth - 1,
						 t->line }, e, e->nr_parts - 1u);
		m = member_find(p, file, tag, name);
		return m ? type_tag(p, m->file, m->type, false) : 0;
	}
	nr = program_lookup(p, file, name, fns, ARRAY_SIZE(fns));
	for (i = 0; i < nr; i++) {
		atom_t type = p->fn_returns[fns[i]];

		if (type)
			return type_tag(p, p->fns[fns[i]].file, type, false);
	}
	tag = proto_tag(p, file, name);
	for (i = 0; i < nr && !tag; i++)
		tag = macro_tag(t, fns[i], ev);
	return tag;
}

static atom_t base_tag(const struct typing *t, const struct expr *e)
{
	const struct program *p = t->p;
	const struct facts *f = fn_facts(p, t->fn);
	uint32_t file = p->fns[t->fn].file;

	switch (e->kind) {
	case EXPR_NAME:
		return name_tag(t, e->base);
	case EXPR_CAST:
		return type_tag(p, file, file_atom(p, file, e->base), false);
	case EXPR_CALL:
		if (e->base < f->nr_events)
			return call_tag(t, &f->events[e->base]);
		return 0;
	default:
		return 0;
	}
}

static atom_t expr_tag(const struct typing *t, const struct expr *e,
		       unsigned int nr_parts)
{
	return walk_parts(t->p, t->p->fns[t->fn].file, base_tag(t, e), e,
			  nr_parts);
}

atom_t program_expr_type(const struct program *p, uint32_t fn,
			 const struct expr *e, unsigned int nr_parts)
{
	struct typing t = { p, fn, MAX_DEPTH, UINT32_MAX };

	return expr_tag(&t, e, nr_parts);
}

uint32_t program_member_count(const struct program *p, atom_t type)
{
	struct range r = names_range(&p->owners, type);
	uint32_t first = r.i, nr = 0;

	/* Sorted by name: of several definitions all names count once. */
	for (; r.i < r.end; r.i++)
		if (r.i == first ||
		    p->members[r.i].name != p->members[r.i - 1].name)
			nr++;
	return nr;
}

bool program_is_size(const struct program *p, uint32_t fn,
		     const struct expr *e)
{
	const struct pfile *file = program_fn_file(p, fn);
	const char *member, *owner;

	if (e->kind != EXPR_NAME || !e->nr_parts || e->ops)
		return false;
	member = facts_str(file->facts,
			   file->facts->words[e->parts + e->nr_parts - 1]);
	for (size_t i = 0; p->know && i < p->know->nr_sizes; i++) {
		if (strcmp(p->know->sizes[i].member, member))
			continue;
		owner = atom_str(p->atoms, program_expr_type(p, fn, e,
							     e->nr_parts - 1));
		if (!strcmp(p->know->sizes[i].type, owner))
			return true;
	}
	return false;
}

atom_t program_member_type(const struct program *p, atom_t owner, atom_t name)
{
	const struct mem *m = member_find(p, FN_NONE, owner, name);

	return m ? type_tag(p, m->file, m->type, false) : 0;
}

bool program_member_points(const struct program *p, atom_t owner, atom_t name)
{
	const struct mem *m = member_find(p, FN_NONE, owner, name);

	return m && m->pointers;
}

atom_t program_holder(const struct program *p, atom_t type, atom_t *member)
{
	const char *file = strrchr(atom_str(p->atoms, type), '@');
	atom_t owner = 0;

	/* What a file calls struct without a name holds in that file only. */
	for (uint32_t i = 0; file && i < p->nr_members; i++) {
		const struct mem *m = &p->members[i];

		if (m->pointers || strcmp(p->files[m->file].path, file + 1) ||
		    type_tag(p, m->file, m->type, false) != type)
			continue;
		if (owner)
			return 0;
		owner = m->owner;
		*member = m->name;
	}
	return owner;
}

bool program_embeds(const struct program *p, atom_t outer, atom_t inner)
{
	atom_t todo[MAX_EMBEDDED];
	unsigned int nr = 1, done;

	if (!outer || !inner)
		return false;
	todo[0] = outer;
	for (done = 0; done < nr; done++) {
		struct range r = names_range(&p->embedders, todo[done]);

		if (todo[done] == inner)
			return true;
		for (; r.i < r.end; r.i++) {
			atom_t to = p->embedded[r.i];
			unsigned int j;

			for (j = 0; j < nr && todo[j] != to; j++)
				;
			if (j == nr && nr < MAX_EMBEDDED)
				todo[nr++] = to;
		}
	}
	return false;
}

atom_t program_outer(const struct program *p, atom_t inner)
{
	atom_t outer = 0;

	for (atom_t a = 1; a < p->nr_atoms; a++) {
		struct range r = names_range(&p->embedders, a);

		while (r.i < r.end && p->embedded[r.i] != inner)
			r.i++;
		if (r.i == r.end)
			continue;
		if (outer)
			return 0;
		outer = a;
	}
	return outer;
}
