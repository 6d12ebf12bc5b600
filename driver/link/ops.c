// SPDX-License-Identifier: GPL-2.0-only
/*
 * Functions by the struct member that holds them. Takes the solved graph of
 * function pointers, keeps the members' functions in one sorted table and
 * drops the rest: nothing else is asked of it once the calls are resolved.
 */
#include "link/link.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A member's place in the table, and its node. */
struct place {
	uint64_t key;
	uint32_t node;
};

static int place_cmp(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return x->key < y->key ? -1 : x->key > y->key;
}

static bool is_op(const struct node *n)
{
	return n->ref.kind == REF_MEMBER && n->nr;
}

/* Sorted. @nr_fns: out, of all of them */
static struct place *find_places(const struct flows *g, uint32_t *nr,
				 size_t *nr_fns)
{
	struct place *v = xcalloc((size_t)g->nr_nodes + 1, sizeof(*v));
	uint32_t i;

	*nr = 0;
	*nr_fns = 0;
	for (i = 0; i < g->nr_nodes; i++) {
		const struct node *n = &g->nodes[i];

		if (!is_op(n))
			continue;
		v[*nr].key = map_pair(n->ref.a, n->ref.b);
		v[(*nr)++].node = i;
		*nr_fns += n->nr;
	}
	qsort(v, *nr, sizeof(*v), place_cmp);
	return v;
}

void link_ops(struct program *p)
{
	struct ops *o = &p->ops;
	size_t nr_fns;
	struct place *v = find_places(&p->flows, &o->nr, &nr_fns);
	uint32_t i;

	o->keys = xcalloc((size_t)o->nr + 1, sizeof(*o->keys));
	o->head = xcalloc((size_t)o->nr + 1, sizeof(*o->head));
	o->fns = xcalloc(nr_fns + 1, sizeof(*o->fns));
	for (i = 0; i < o->nr; i++) {
		const struct node *n = &p->flows.nodes[v[i].node];

		o->keys[i] = v[i].key;
		o->head[i + 1] = o->head[i] + n->nr;
		memcpy(o->fns + o->head[i], n->fns, n->nr * sizeof(*n->fns));
	}
	free(v);
	flows_release(&p->flows);
}

void ops_release(struct ops *o)
{
	free(o->keys);
	free(o->head);
	free(o->fns);
}

const uint32_t *program_ops(const struct program *p, atom_t type,
			    atom_t member, size_t *nr)
{
	const struct ops *o = &p->ops;
	uint64_t key = map_pair(type, member);
	uint32_t lo = 0, hi = o->nr;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (o->keys[mid] < key)
			lo = mid + 1;
		else
			hi = mid;
	}
	*nr = 0;
	if (lo == o->nr || o->keys[lo] != key)
		return NULL;
	*nr = o->head[lo + 1] - o->head[lo];
	return o->fns + o->head[lo];
}
