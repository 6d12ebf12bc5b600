// SPDX-License-Identifier: GPL-2.0-only
/*
 * Specialisation (see spec.h).
 *
 * A constant is a name, or names or-ed together; an object macro that is made
 * of names is taken apart. Names that are left and differ are taken for flags
 * that have no bit in common, and for values that are not equal.
 */
#include "judge/spec.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/eachfn.h"

bool spec_equal(const struct spec *x, const struct spec *y)
{
	return x->fn == y->fn && x->param == y->param &&
	       x->classes == y->classes && x->nr == y->nr &&
	       !memcmp(x->names, y->names, x->nr * sizeof(x->names[0]));
}

static bool is_constant(const struct program *p, uint32_t fn, str_t name)
{
	const struct pfile *file = program_fn_file(p, fn);
	const char *str = facts_str(file->facts, name);

	if (program_var(p, fn, name, NULL) ||
	    program_is_global(p, program_fn(p, fn)->file, file->atoms[name]))
		return false;
	for (; *str; str++)
		if (*str >= 'a' && *str <= 'z')
			return false;
	return true;
}

/* Add the flags of the constant @name to those of @s, in order. */
static bool add_names(const struct program *p, struct spec *s, atom_t name)
{
	atom_t v[SPEC_NAMES];
	size_t nr = program_flags(p, name, v, SPEC_NAMES);

	if (!nr)
		return false;
	for (size_t i = 0; i < nr; i++) {
		unsigned int at = 0;

		while (at < s->nr && s->names[at] < v[i])
			at++;
		if (at < s->nr && s->names[at] == v[i])
			continue;
		if (s->nr == SPEC_NAMES)
			return false;
		memmove(s->names + at + 1, s->names + at,
			(s->nr - at) * sizeof(*s->names));
		s->names[at] = v[i];
		s->nr++;
	}
	return true;
}

static bool is_plain(const struct expr *e)
{
	return e->kind == EXPR_NAME && !e->nr_parts && !e->ops;
}

bool spec_of_arg(const struct program *p, uint32_t caller,
		 const struct expr *e, const struct spec *outer,
		 struct spec *out)
{
	const struct pfile *file = program_fn_file(p, caller);
	int param = -1;

	out->classes = e->classes ? e->classes : CLASS_ANY;
	out->nr = 0;
	if (e->ops & ~EXPR_ADDR)
		return false;
	if (e->kind == EXPR_NAME && !e->nr_parts) {
		if (outer && program_var(p, caller, e->base, &param) &&
		    param == outer->param) {
			out->classes = outer->classes;
			out->nr = outer->nr;
			memcpy(out->names, outer->names, sizeof(out->names));
			return true;
		}
		if (!is_constant(p, caller, e->base))
			return out->classes != CLASS_ANY;
		return add_names(p, out, file->atoms[e->base]);
	}
	if (e->kind != EXPR_FLAGS || e->sub)
		return out->classes != CLASS_ANY;
	for (unsigned int i = 0; i < e->nr_parts; i++) {
		str_t name = file->facts->words[e->parts + i];

		if (!is_constant(p, caller, name) ||
		    !add_names(p, out, file->atoms[name]))
			return false;
	}
	return true;
}

/* The constant with which @c compares; false: it is none that is known. */
static bool operand_of(const struct program *p, uint32_t fn,
		       const struct cond *c, struct spec *out)
{
	const struct pfile *file = program_fn_file(p, fn);
	const struct expr *e;

	if (!c->operand)
		return false;
	e = &file->facts->exprs[c->operand - 1];
	if (is_plain(e))
		return is_constant(p, fn, e->base) &&
		       add_names(p, out, file->atoms[e->base]);
	if (e->kind != EXPR_FLAGS || e->sub)
		return false;
	for (unsigned int i = 0; i < e->nr_parts; i++) {
		str_t name = file->facts->words[e->parts + i];

		if (!is_constant(p, fn, name) ||
		    !add_names(p, out, file->atoms[name]))
			return false;
	}
	return true;
}

/* Whether the argument is more than what @c compares it with. A negative one
 * is, where the comparison is unsigned. */
static int is_more(const struct program *p, uint32_t fn, const struct spec *s,
		   const struct cond *c)
{
	const struct facts *facts = program_fn_file(p, fn)->facts;

	if (s->classes != CLASS_ZERO ||
	    !program_is_size(p, fn, &facts->exprs[c->operand - 1]))
		return -1;
	return 0;
}

static bool have_common(const struct spec *x, const struct spec *y)
{
	for (unsigned int i = 0; i < x->nr; i++)
		for (unsigned int j = 0; j < y->nr; j++)
			if (x->names[i] == y->names[j])
				return true;
	return false;
}

int spec_decides(const struct program *p, uint32_t fn, const struct spec *s,
		 const struct cond *c)
{
	const struct expr *e =
		&program_fn_file(p, fn)->facts->exprs[c->subject];
	struct spec op = { 0 };
	int param = -1;

	if (!s || !is_plain(e) || !program_var(p, fn, e->base, &param) ||
	    param != s->param)
		return -1;
	if (c->kind == COND_CLASS) {
		if (!(s->classes & ~c->classes))
			return 1;
		return s->classes & c->classes ? -1 : 0;
	}
	if (c->kind == COND_MORE)
		return is_more(p, fn, s, c);
	if (c->kind == COND_BITS && s->classes == CLASS_ZERO)
		return 0;
	if (!s->nr || !operand_of(p, fn, c, &op))
		return -1;
	if (c->kind == COND_BITS)
		return have_common(s, &op);
	return s->nr == op.nr &&
	       !memcmp(s->names, op.names, op.nr * sizeof(*op.names));
}

static uint32_t param_bit(const struct program *p, uint32_t fn,
			  const struct expr *e, uint8_t ops)
{
	int param = -1;

	if (e->kind != EXPR_NAME || e->nr_parts || e->ops != ops ||
	    !program_var(p, fn, e->base, &param) || param < 0 || param > 15)
		return 0;
	return 1u << param;
}

/* Parameters of @fn that get another value in it. */
static uint32_t params_changed(const struct program *p, uint32_t fn)
{
	const struct func *f = program_func(p, fn);
	const struct facts *facts = program_fn_file(p, fn)->facts;
	uint32_t set = 0;

	for (uint32_t i = 0; i < f->nr_events; i++) {
		const struct event *ev = &facts->events[f->first_event + i];
		opt_t to = ev->kind == EV_ASSIGN ? ev->target :
			   ev->kind == EV_CALL || ev->kind == EV_ICALL ?
			   ev->value : 0;

		if (to)
			set |= param_bit(p, fn, &facts->exprs[to - 1], 0);
		for (unsigned int a = 0; a < ev->nr_args; a++)
			set |= param_bit(p, fn, &facts->exprs[ev->args + a],
					 EXPR_ADDR);
	}
	return set;
}

/* Parameters of @fn that it hands on to where they decide. */
static uint32_t params_handed_on(const struct program *p, uint32_t fn,
				 const uint32_t *deciding)
{
	const struct func *f = program_func(p, fn);
	const struct facts *facts = program_fn_file(p, fn)->facts;
	uint32_t set = 0;

	for (uint32_t i = 0; i < f->nr_events; i++) {
		const struct event *ev = &facts->events[f->first_event + i];
		const struct target *t;
		size_t nr;

		if (ev->kind != EV_CALL)
			continue;
		t = program_targets(p, fn, f->first_event + i, &nr);
		if (!nr || nr > 2 || !deciding[t[0].fn])
			continue;
		for (unsigned int a = 0; a < ev->nr_args && a < 16; a++)
			if (deciding[t[0].fn] >> a & 1)
				set |= param_bit(p, fn,
						 &facts->exprs[ev->args + a],
						 0);
	}
	return set;
}

static uint32_t params_tested(const struct program *p, uint32_t fn)
{
	const struct func *f = program_func(p, fn);
	const struct facts *facts = program_fn_file(p, fn)->facts;
	uint32_t set = 0;

	for (uint32_t i = 0; i < f->nr_edges; i++) {
		const struct edge *e = &facts->edges[f->first_edge + i];

		if (e->cond)
			set |= param_bit(p, fn, &facts->exprs[
					 facts->conds[e->cond - 1].subject], 0);
	}
	return set;
}

/* What each function does with its parameters itself. */
struct own {
	const struct program *p;
	uint32_t *params;	/* by function: those that it tests and, 16
				 * bits up, those that it changes */
};

static void find_own(void *ctx, uint32_t fn)
{
	const struct own *own = ctx;

	if (program_func(own->p, fn)->nr_params)
		own->params[fn] = params_tested(own->p, fn) |
				  params_changed(own->p, fn) << 16;
}

uint32_t *spec_deciding(const struct program *p, unsigned int threads)
{
	uint32_t *deciding = xcalloc(program_nr_fns(p), sizeof(*deciding));
	struct own own = { p, xcalloc(program_nr_fns(p), sizeof(uint32_t)) };
	size_t nr;
	const uint32_t *order = program_scc_order(p, &nr);

	eachfn_run(p, threads, find_own, &own);
	for (size_t i = 0; i < nr; i++) {
		uint32_t fn = order[i], set = own.params[fn] & 0xffff;

		if (!program_func(p, fn)->nr_params)
			continue;
		set |= params_handed_on(p, fn, deciding);
		deciding[fn] = set & ~(own.params[fn] >> 16);
	}
	free(own.params);
	return deciding;
}

bool spec_at_call(const struct program *p, const uint32_t *deciding,
		  uint32_t caller, const struct event *ev, uint32_t to,
		  const struct spec *outer, struct spec *out)
{
	const struct facts *facts = program_fn_file(p, caller)->facts;

	for (unsigned int i = 0; deciding[to] >> i && i < ev->nr_args; i++) {
		*out = (struct spec){ .fn = to, .param = i };
		if (deciding[to] >> i & 1 &&
		    spec_of_arg(p, caller, &facts->exprs[ev->args + i], outer,
				out))
			return true;
	}
	return false;
}
