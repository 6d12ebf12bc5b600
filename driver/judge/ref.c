// SPDX-License-Identifier: GPL-2.0-only
/*
 * References (see ref.h): from expressions to numbers.
 *
 * In: expressions of lock and scope calls, with the program for their types.
 * Out: interned references. A pointer to a lock kept in a local variable is
 * followed to its first assignment, no further.
 */
#include "judge/ref.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { WRAPPER_MEMBERS = 4 };	/* a thin wrapper has at most so many */

static void note_statics(struct refs *t)
{
	for (uint32_t i = 0; i < program_nr_files(t->p); i++) {
		const struct pfile *f = program_file(t->p, i);

		for (uint32_t j = 0; j < f->facts->nr_globals; j++) {
			const struct global *g = &f->facts->globals[j];

			if (g->flags & VAR_STATIC)
				map_set(&t->statics,
					map_pair(i, f->atoms[g->name]), 1);
		}
	}
}

void refs_init(struct refs *t, const struct program *p,
	       const struct knowledge *k)
{
	memset(t, 0, sizeof(*t));
	t->p = p;
	t->k = k;
	map_init(&t->index);
	map_init(&t->statics);
	GROW(t->v, t->nr, t->cap);
	t->next = xcalloc(t->cap, sizeof(*t->next));
	memset(t->v, 0, sizeof(*t->v));
	t->nr = 1;
	t->dep_map = atom_of(program_atoms(p), "dep_map");
	t->current = atom_of(program_atoms(p), "current");
	note_statics(t);
}

void refs_release(struct refs *t)
{
	free(t->v);
	free(t->next);
	map_release(&t->index);
	map_release(&t->statics);
}

static uint64_t ref_hash(const struct ref *r)
{
	uint64_t h = r->kind | r->restriction << 8 | r->cookie << 16 |
		     (uint32_t)r->arg << 24;

	h = (h ^ map_pair(r->a, r->b)) * 0x9e3779b97f4a7c15ull;
	return h ^ (h >> 29) ^ r->b;
}

static bool ref_equal(const struct ref *x, const struct ref *y)
{
	return x->kind == y->kind && x->restriction == y->restriction &&
	       x->cookie == y->cookie && x->arg == y->arg && x->a == y->a &&
	       x->b == y->b;
}

/* Is struct @type one of the knowledge's instances, or has it one inside?
 * @dying: one that itself dies in reclaim */
static bool has_instance(const struct refs *t, atom_t type, bool dying)
{
	struct atoms *atoms = program_atoms(t->p);

	for (size_t i = 0; i < t->k->nr_instances; i++) {
		const struct know_instance *x = &t->k->instances[i];
		atom_t inner = atom_find(atoms, x->type);

		if (inner && !(dying && x->tried) &&
		    program_embeds(t->p, type, inner))
			return true;
	}
	return false;
}

static bool is_instance(const struct refs *t, const struct ref *r)
{
	if (r->kind == REF_RESOURCE)
		return t->k->resources[r->a].instance;
	return r->kind == REF_CLASS && r->a && r->b &&
	       has_instance(t, r->a, false);
}

ref_t ref_intern(struct refs *t, const struct ref *r)
{
	uint32_t *slot = map_at(&t->index, ref_hash(r), NULL);
	uint32_t i;

	for (i = *slot; i; i = t->next[i])
		if (ref_equal(&t->v[i], r))
			return i;
	if (t->nr == t->cap) {
		GROW(t->v, t->nr, t->cap);
		t->next = xreallocarray(t->next, t->cap, sizeof(*t->next));
	}
	t->v[t->nr] = *r;
	t->v[t->nr].instance = is_instance(t, r);
	t->next[t->nr] = *slot;
	*slot = t->nr;
	return t->nr++;
}

const struct ref *ref_get(const struct refs *t, ref_t r)
{
	BUG_ON(!r || r >= t->nr);
	return &t->v[r];
}

bool ref_is_scope(const struct refs *t, ref_t r)
{
	return r && t->v[r].kind == REF_SCOPE;
}

ref_t ref_resource(struct refs *t, const char *name)
{
	struct ref r = { .kind = REF_RESOURCE };

	for (size_t i = 0; i < t->k->nr_resources; i++) {
		if (!strcmp(t->k->resources[i].name, name)) {
			r.a = i;
			return ref_intern(t, &r);
		}
	}
	return 0;
}

ref_t ref_scope_any(struct refs *t, unsigned int restriction)
{
	struct ref r = { .kind = REF_SCOPE, .restriction = restriction };

	return ref_intern(t, &r);
}

/* The first thing assigned to local variable @name: where a pointer to a lock
 * comes from. */
static const struct expr *first_value(const struct refs *t, uint32_t fn,
				      str_t name)
{
	const struct func *f = program_func(t->p, fn);
	const struct facts *facts = program_fn_file(t->p, fn)->facts;

	for (uint32_t i = 0; i < f->nr_events; i++) {
		const struct event *ev = &facts->events[f->first_event + i];
		const struct expr *to;

		if (ev->kind != EV_ASSIGN || !ev->target || !ev->value)
			continue;
		to = &facts->exprs[ev->target - 1];
		if (to->kind == EXPR_NAME && !to->nr_parts && to->base == name)
			return &facts->exprs[ev->value - 1];
	}
	return NULL;
}

ref_t ref_of_global(struct refs *t, uint32_t file, atom_t name)
{
	struct ref r = { .kind = REF_GLOBAL, .a = name };

	if (map_has(&t->statics, map_pair(file, name)))
		r.b = file + 1;
	return ref_intern(t, &r);
}

static ref_t ref_of_variable(struct refs *t, uint32_t fn, str_t name)
{
	const struct pfile *file = program_fn_file(t->p, fn);
	struct ref r = { .a = file->atoms[name] };
	const struct expr *from;
	int param = -1;

	if (program_var(t->p, fn, name, &param)) {
		if (param >= 0) {
			r = (struct ref){ .kind = REF_PARAM, .arg = param };
			return ref_intern(t, &r);
		}
		from = first_value(t, fn, name);
		if (from && (from->nr_parts || from->kind == EXPR_CALL))
			return ref_of_lock(t, fn, from);
		r.kind = REF_LOCAL;
		return ref_intern(t, &r);
	}
	return ref_of_global(t, program_fn(t->p, fn)->file, r.a);
}

static bool is_wrapper(const struct refs *t, atom_t type)
{
	uint32_t nr = type ? program_member_count(t->p, type) : 0;

	return nr && nr <= WRAPPER_MEMBERS;
}

/* `&p->lock` where p is a parameter that says little: of a wrapper type, or of
 * a macro, where it has no type. */
static bool is_member_of_param(const struct refs *t, uint32_t fn,
			       const struct expr *e, atom_t owner, int *param)
{
	*param = -1;
	if (e->kind != EXPR_NAME || e->nr_parts != 1 ||
	    (owner && !is_wrapper(t, owner)))
		return false;
	return program_var(t->p, fn, e->base, param) && *param >= 0;
}

ref_t ref_of_lock(struct refs *t, uint32_t fn, const struct expr *e)
{
	const struct pfile *file = program_fn_file(t->p, fn);
	unsigned int nr = e->nr_parts;
	struct ref r = { .kind = REF_CLASS };
	int param;

	if (e->kind == EXPR_CALL && !nr) {
		r.a = file->atoms[file->facts->events[e->base].name];
		return ref_intern(t, &r);
	}
	if (e->kind == EXPR_CAST && !nr && e->sub)
		return ref_of_lock(t, fn, &file->facts->exprs[e->sub - 1]);
	if (e->kind == EXPR_NAME && !nr)
		return ref_of_variable(t, fn, e->base);
	if (!nr || (e->kind != EXPR_NAME && e->kind != EXPR_CALL &&
		    e->kind != EXPR_CAST))
		return 0;
	r.b = file->atoms[file->facts->words[e->parts + nr - 1]];
	if (r.b == t->dep_map && nr > 1)
		r.b = file->atoms[file->facts->words[e->parts + --nr - 1]];
	r.a = program_expr_type(t->p, fn, e, nr - 1);
	if (is_member_of_param(t, fn, e, r.a, &param)) {
		r.kind = REF_PARAM;
		r.arg = param;
		return ref_intern(t, &r);
	}
	if (nr > 1 && is_wrapper(t, r.a) &&
	    program_embeds(t->p, program_expr_type(t->p, fn, e, nr - 2),
			   r.a)) {
		nr--;
		r.b = file->atoms[file->facts->words[e->parts + nr - 1]];
		r.a = program_expr_type(t->p, fn, e, nr - 1);
	}
	return ref_intern(t, &r);
}

/* The member of an object that the cookie in local variable @name was read
 * from (before the object is freed) or is put into (once it is locked). */
static const struct expr *field_of_cookie(const struct refs *t, uint32_t fn,
					  str_t name)
{
	const struct func *f = program_func(t->p, fn);
	const struct facts *facts = program_fn_file(t->p, fn)->facts;

	for (uint32_t i = 0; i < f->nr_events; i++) {
		const struct event *ev = &facts->events[f->first_event + i];
		const struct expr *to, *from;

		if (ev->kind != EV_ASSIGN || !ev->target || !ev->value)
			continue;
		to = &facts->exprs[ev->target - 1];
		from = &facts->exprs[ev->value - 1];
		if (to->kind != EXPR_NAME || from->kind != EXPR_NAME)
			continue;
		if (!to->nr_parts && to->base == name && from->nr_parts)
			return from;
		if (!from->nr_parts && from->base == name && to->nr_parts)
			return to;
	}
	return NULL;
}

ref_t ref_of_cookie(struct refs *t, uint32_t fn, const struct expr *e,
		    unsigned int restriction)
{
	struct ref r = { .kind = REF_SCOPE, .restriction = restriction };
	const struct pfile *file = program_fn_file(t->p, fn);
	int param = -1;

	/* the task's own flags are no cookie of anything */
	if (!e || e->kind != EXPR_NAME ||
	    (e->nr_parts && file->atoms[e->base] == t->current))
		return ref_intern(t, &r);
	if (e->nr_parts) {
		r.cookie = COOKIE_FIELD;
		r.b = file->atoms[file->facts->words[e->parts +
						     e->nr_parts - 1]];
		r.a = program_expr_type(t->p, fn, e, e->nr_parts - 1);
	} else if (program_var(t->p, fn, e->base, &param)) {
		const struct expr *field = param < 0 ?
			field_of_cookie(t, fn, e->base) : NULL;

		if (field)
			return ref_of_cookie(t, fn, field, restriction);
		r.cookie = param >= 0 ? COOKIE_PARAM : COOKIE_LOCAL;
		if (param >= 0)
			r.arg = param;
		else
			r.a = file->atoms[e->base];
	}
	return ref_intern(t, &r);
}

static ref_t scope_at_call(struct refs *t, uint32_t fn, const struct event *ev,
			   const struct ref *r)
{
	const struct facts *facts = program_fn_file(t->p, fn)->facts;

	if (r->cookie != COOKIE_PARAM)
		return ref_intern(t, r);
	return ref_of_cookie(t, fn, r->arg < ev->nr_args ?
			     &facts->exprs[ev->args + r->arg] : NULL,
			     r->restriction);
}

/* Member r->b of what the argument @e points to. */
static ref_t member_at_call(struct refs *t, uint32_t fn, const struct expr *e,
			    const struct ref *r)
{
	struct ref out = { .kind = REF_CLASS, .b = r->b };
	int param = -1;

	if (e->ops & EXPR_ADDR && e->nr_parts && (!r->a || is_wrapper(t, r->a)))
		return ref_of_lock(t, fn, e);
	if (e->kind == EXPR_NAME && !e->nr_parts &&
	    program_var(t->p, fn, e->base, &param) && param >= 0) {
		out = *r;
		out.arg = param;
		if (!out.a)
			out.a = program_expr_type(t->p, fn, e, 0);
		if (out.a && !is_wrapper(t, out.a))
			out = (struct ref){ .kind = REF_CLASS, .a = out.a,
					    .b = r->b };
		return ref_intern(t, &out);
	}
	out.a = r->a ? r->a : program_expr_type(t->p, fn, e, e->nr_parts);
	return ref_intern(t, &out);
}

ref_t ref_unbound(struct refs *t, ref_t ref)
{
	const struct ref r = *ref_get(t, ref);
	struct ref out = { .kind = REF_CLASS, .a = r.a, .b = r.b };

	if (r.kind != REF_PARAM)
		return ref;
	return r.a && r.b ? ref_intern(t, &out) : 0;
}

ref_t ref_at_call(struct refs *t, uint32_t fn, const struct event *ev,
		  ref_t ref)
{
	const struct ref r = *ref_get(t, ref);
	const struct facts *facts = program_fn_file(t->p, fn)->facts;

	if (r.kind == REF_SCOPE)
		return scope_at_call(t, fn, ev, &r);
	if (r.kind != REF_PARAM)
		return ref;
	if (r.arg >= ev->nr_args)
		return 0;
	if (r.b)
		return member_at_call(t, fn, &facts->exprs[ev->args + r.arg],
				      &r);
	return ref_of_lock(t, fn, &facts->exprs[ev->args + r.arg]);
}

ref_t ref_exported(struct refs *t, ref_t ref)
{
	const struct ref *r = ref_get(t, ref);

	if (r->kind == REF_LOCAL)
		return 0;
	if (r->kind == REF_SCOPE && r->cookie == COOKIE_LOCAL)
		return ref_scope_any(t, r->restriction);
	return ref;
}

bool ref_is_shared(const struct refs *t, ref_t ref)
{
	const struct ref *r = ref_get(t, ref);

	return r->kind == REF_CLASS || r->kind == REF_GLOBAL ||
	       r->kind == REF_RESOURCE;
}

bool ref_is_doubtful(const struct refs *t, ref_t ref)
{
	const struct ref *r = ref_get(t, ref);

	return r->kind == REF_RESOURCE && t->k->resources[r->a].doubtful;
}

bool ref_is_for_io(const struct refs *t, ref_t ref)
{
	const struct ref *r = ref_get(t, ref);

	return r->kind == REF_RESOURCE && t->k->resources[r->a].io &&
	       !t->k->resources[r->a].fs;
}

bool ref_is_instance(const struct refs *t, ref_t ref)
{
	return ref_get(t, ref)->instance;
}

bool ref_is_part(const struct refs *t, ref_t ref)
{
	const struct ref *r = ref_get(t, ref);
	atom_t outer;

	if (r->kind != REF_CLASS || !r->a || !r->b)
		return false;
	outer = program_outer(t->p, r->a);
	return outer && has_instance(t, outer, true);
}

bool ref_is_tried(const struct refs *t, ref_t ref)
{
	const struct ref *r = ref_get(t, ref);
	const struct atoms *atoms = program_atoms(t->p);

	if (r->kind != REF_CLASS || !r->a || !r->b)
		return false;
	for (size_t i = 0; i < t->k->nr_instances; i++) {
		const struct know_instance *x = &t->k->instances[i];

		if (x->tried && !strcmp(atom_str(atoms, r->b), x->tried) &&
		    !strcmp(atom_str(atoms, r->a), x->type))
			return true;
	}
	return false;
}

static void scope_name(const struct refs *t, const struct ref *r,
		       struct strbuf *out)
{
	const struct atoms *atoms = program_atoms(t->p);

	strbuf_addf(out, "%s scope",
		    r->restriction == SCOPE_NORECLAIM ? "PF_MEMALLOC" :
		    r->restriction == RESTRICT_NOIO ? "NOIO" : "NOFS");
	if (r->cookie == COOKIE_FIELD)
		strbuf_addf(out, " kept in %s of struct %s",
			    atom_str(atoms, r->b), atom_str(atoms, r->a));
}

/* Member @member of struct @type; of one without a name, where that lies. */
static void class_name(const struct refs *t, atom_t type, atom_t member,
		       struct strbuf *out)
{
	const struct atoms *atoms = program_atoms(t->p);
	atom_t inner, outer = program_holder(t->p, type, &inner);

	if (outer)
		strbuf_addf(out, "%s.%s of struct %s", atom_str(atoms, inner),
			    atom_str(atoms, member), atom_str(atoms, outer));
	else
		strbuf_addf(out, "%s of struct %s", atom_str(atoms, member),
			    atom_str(atoms, type));
}

void ref_name(const struct refs *t, ref_t ref, struct strbuf *out)
{
	const struct ref *r = ref_get(t, ref);
	const struct atoms *atoms = program_atoms(t->p);

	switch (r->kind) {
	case REF_CLASS:
		if (!r->b)
			strbuf_addf(out, "the lock that %s() returns",
				    atom_str(atoms, r->a));
		else if (!r->a)
			strbuf_addf(out, "%s", atom_str(atoms, r->b));
		else
			class_name(t, r->a, r->b, out);
		break;
	case REF_RESOURCE:
		strbuf_adds(out, t->k->resources[r->a].name);
		break;
	case REF_PARAM:
		strbuf_addf(out, "the lock passed as argument %u", r->arg + 1);
		break;
	case REF_SCOPE:
		scope_name(t, r, out);
		break;
	default:
		strbuf_adds(out, atom_str(atoms, r->a));
	}
}
