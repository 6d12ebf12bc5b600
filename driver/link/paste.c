// SPDX-License-Identifier: GPL-2.0-only
/*
 * Macros that make the name of their callee from an argument:
 * `#define walk(fn, x) tree_##fn(x)`. In the macro's body the call is one of
 * "tree_##fn"; each use of the macro tells what it may be. Takes one call of a
 * macro at a time, from any thread.
 *
 * A macro that hands the argument on to another macro is not followed.
 */
#include "link/link.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/workers.h"

bool is_paste(const char *name)
{
	return strstr(name, "##");
}

bool makes_callee(const struct facts *f, const struct func *func)
{
	const struct event *ev = f->events + func->first_event;
	uint32_t i;

	for (i = 0; i < func->nr_events; i++)
		if (ev[i].kind == EV_CALL && is_paste(facts_str(f, ev[i].name)))
			return true;
	return false;
}

/* Adds what the @len bytes at @piece are when @use calls macro @fn. */
static bool add_piece(const struct scan *s, uint32_t fn,
		      const struct event *use, const char *piece, size_t len,
		      struct strbuf *out)
{
	const struct facts *f = fn_facts(s->p, fn);
	const struct func *func = fn_func(s->p, fn);
	uint32_t i;

	for (i = 0; i < func->nr_params; i++) {
		const char *name = facts_str(f, f->vars[func->first_var +
							i].name);
		const struct expr *arg;

		if (strlen(name) != len || memcmp(name, piece, len))
			continue;
		if (i >= use->nr_args)
			return false;
		arg = &s->f->exprs[use->args + i];
		if (arg->kind != EXPR_NAME || arg->nr_parts || arg->ops)
			return false;
		strbuf_adds(out, facts_str(s->f, arg->base));
		return true;
	}
	strbuf_add(out, piece, len);
	return true;
}

/* The name that "a##b" of macro @fn becomes in @use; false: not known. */
static bool expand(const struct scan *s, uint32_t fn, const struct event *use,
		   const char *name, struct strbuf *out)
{
	while (*name) {
		const char *end = strstr(name, "##");
		size_t len = end ? (size_t)(end - name) : strlen(name);

		if (!add_piece(s, fn, use, name, len, out))
			return false;
		name += end ? len + 2 : len;
	}
	return true;
}

void scan_pastes(struct scan *s, uint32_t fn, const struct event *use)
{
	const struct program *p = s->p;
	const struct facts *f = fn_facts(p, fn);
	const struct func *func = fn_func(p, fn);
	struct strbuf name = STRBUF_INIT;
	uint32_t fns[MAX_DEFS], i;
	size_t j, nr;

	for (i = 0; i < func->nr_events; i++) {
		uint32_t nr_ev = func->first_event + i;
		const struct event *ev = &f->events[nr_ev];

		if (ev->kind != EV_CALL || !is_paste(facts_str(f, ev->name)))
			continue;
		strbuf_clear(&name);
		if (!expand(s, fn, use, facts_str(f, ev->name), &name))
			continue;
		nr = program_lookup(p, s->file, atom_of(p->atoms, name.buf),
				    fns, MAX_DEFS);
		for (j = 0; j < nr; j++)
			haul_flow(s->h, (struct ref){ REF_FN, fns[j], 0 },
				  (struct ref){ REF_PASTE, fn, nr_ev });
	}
	strbuf_release(&name);
}
