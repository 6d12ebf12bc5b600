// SPDX-License-Identifier: GPL-2.0-only
/*
 * Functions that a call hands over as arguments: the callee may call them, so
 * they become targets of that call. Takes what calls.c has noted and the
 * solved graph of function pointers.
 *
 * Not when it is known that the callee only stores the pointer: then it runs
 * later, from where the graph says, and not with what is held at this call. A
 * callee that is not known, or a parameter whose type hides that it is a
 * function, gets the benefit of the doubt.
 */
#include "link/link.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define HANDED_REST 16384	/* functions handed between two rests */

/* Nodes from which a pointer goes straight into a call. */
struct called {
	const struct program *p;
	uint8_t *mark;			/* by node */
	uint32_t *head, *next;		/* edges by their target node, + 1 */
	uint32_t *from;			/* of each edge */
	uint32_t *todo, nr_todo;
};

/* Values that stay within the running calls. */
static bool is_passing(const struct node *n)
{
	return n->ref.kind == REF_VAR || n->ref.kind == REF_RETURN;
}

static void mark(struct called *c, uint32_t node)
{
	if (c->mark[node])
		return;
	c->mark[node] = 1;
	c->todo[c->nr_todo++] = node;
}

static void reverse_edges(struct called *c)
{
	const struct flows *g = &c->p->flows;
	uint32_t n, e;

	for (n = 0; n < g->nr_nodes; n++) {
		for (e = g->nodes[n].edges; e; e = g->edges[e - 1].next) {
			uint32_t to = g->edges[e - 1].node;

			c->from[e - 1] = n;
			c->next[e - 1] = c->head[to];
			c->head[to] = e;
		}
	}
}

static void called_init(struct called *c, const struct program *p)
{
	const struct flows *g = &p->flows;
	const struct haul *h = &p->haul;
	size_t i;
	uint32_t e;

	c->p = p;
	c->mark = xcalloc((size_t)g->nr_nodes + 1, 1);
	c->head = xcalloc((size_t)g->nr_nodes + 1, sizeof(uint32_t));
	c->todo = xcalloc((size_t)g->nr_nodes + 1, sizeof(uint32_t));
	c->next = xcalloc((size_t)g->nr_edges + 1, sizeof(uint32_t));
	c->from = xcalloc((size_t)g->nr_edges + 1, sizeof(uint32_t));
	c->nr_todo = 0;
	reverse_edges(c);
	for (i = 0; i < h->nr_icalls; i++) {
		uint32_t id = flow_find(g, h->icalls[i].ref);

		if (id && is_passing(&g->nodes[id - 1]))
			mark(c, id - 1);
	}
	while (c->nr_todo) {
		uint32_t to = c->todo[--c->nr_todo];

		for (e = c->head[to]; e; e = c->next[e - 1])
			if (is_passing(&g->nodes[c->from[e - 1]]))
				mark(c, c->from[e - 1]);
	}
}

static void called_release(struct called *c)
{
	free(c->mark);
	free(c->head);
	free(c->todo);
	free(c->next);
	free(c->from);
}

/* May @fn, while it runs, call its parameter @arg? */
static bool may_call(const struct called *c, uint32_t fn, uint32_t arg)
{
	const struct program *p = c->p;
	uint32_t file = p->fns[fn].file, id;
	const struct var *v;

	if (arg >= p->fn_params[fn])
		return true;
	id = flow_find(&p->flows, (struct ref){ REF_VAR, fn, arg });
	if (id && c->mark[id - 1])
		return true;
	if (p->fn_flags[fn] & FUNC_MACRO)	/* no edge: we do not know */
		return !id || !p->flows.nodes[id - 1].edges;
	v = &p->files[file].facts->vars[fn_func(p, fn)->first_var + arg];
	return !(v->flags & VAR_FNPTR) &&
	       !type_is_function(p, file, file_atom(p, file, v->type));
}

static bool is_kept(const struct called *c, const struct handed *h)
{
	const struct target *t;
	size_t i, nr;

	if (program_unresolved(c->p, h->fn, h->event) != RESOLVED)
		return true;
	t = program_targets(c->p, h->fn, h->event, &nr);
	for (i = 0; i < nr; i++)
		if (may_call(c, t[i].fn, h->arg))
			return true;
	return false;
}

/* Does the knowledge say what the callee does? */
static bool is_described(const struct program *p, const struct handed *h)
{
	return p->calls[p->first_event[p->fns[h->fn].file] + h->event] &
	       CALL_KNOWN;
}

/* The @nr entries at @h belong to one call. */
static void hand(struct program *p, const struct called *c,
		 const struct handed *h, size_t nr, struct target **v,
		 size_t *cap)
{
	uint32_t *slot = &p->slots[p->first_event[p->fns[h->fn].file] +
				   h->event];
	enum unresolved_why why = program_unresolved(p, h->fn, h->event);
	const struct target *t;
	size_t i, old, all;

	t = program_targets(p, h->fn, h->event, &old);
	GROW_BY(*v, 0, *cap, old + nr + 1);
	if (old)
		memcpy(*v, t, old * sizeof(*t));
	all = old;
	for (i = 0; i < nr; i++) {
		if (is_kept(c, &h[i]))
			(*v)[all++] = (struct target){ h[i].to,
						       TARGET_ARGUMENT };
		if (why == UNRESOLVED_EXTERN && !is_described(p, h))
			p->fns[h[i].to].escapes = true;
	}
	if (all <= old)
		return;
	GROW(p->was, p->nr_was, p->cap_was);
	p->was[p->nr_was++] = (struct was){ (uint32_t)(slot - p->slots),
					    *slot };
	*slot = list_add(p, *v, targets_sort(*v, all), why);
}

void link_handed(struct program *p)
{
	const struct handed *x = p->haul.handed;
	size_t i, k, nr = p->haul.nr_handed, cap = 0;
	struct target *v = NULL;
	struct called c;

	called_init(&c, p);
	for (i = 0; i < nr; i = k) {
		for (k = i + 1; k < nr; k++)
			if (x[k].fn != x[i].fn || x[k].event != x[i].event)
				break;
		hand(p, &c, x + i, k - i, &v, &cap);
		/* What was looked up in the facts of callees adds up. */
		if (i / HANDED_REST != k / HANDED_REST)
			program_rest(p);
	}
	called_release(&c);
	free(v);
	program_rest(p);
}
