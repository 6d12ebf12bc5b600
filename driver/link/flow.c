// SPDX-License-Identifier: GPL-2.0-only
/*
 * The graph of places that hold pointers to functions: variables, parameters,
 * results, members of structs (one place per struct and member, whatever the
 * object). Takes the flows of all files, finds the functions that reach each
 * place, and from these the targets of every call through a pointer.
 *
 * It runs to the fixpoint: a call found to reach a new function hands its own
 * function arguments to that function's parameters. The result does not
 * depend on the order of anything.
 */
#include "link/link.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

uint32_t flow_find(const struct flows *g, struct ref ref)
{
	return map_get(&g->by_key[ref.kind], map_pair(ref.a, ref.b), 0);
}

static void push(struct flows *g, uint32_t node)
{
	if (g->nodes[node].queued)
		return;
	g->nodes[node].queued = true;
	GROW(g->queue, g->nr_queue, g->cap_queue);
	g->queue[g->nr_queue++] = node;
}

static bool add_edge(struct flows *g, uint32_t from, uint32_t to)
{
	bool is_new;

	if (from == to)
		return false;
	map_at(&g->seen, map_pair(from, to), &is_new);
	if (!is_new)
		return false;
	GROW(g->edges, g->nr_edges, g->cap_edges);
	g->edges[g->nr_edges] = (struct edge_to){ to, g->nodes[from].edges };
	g->nodes[from].edges = ++g->nr_edges;
	if (g->nodes[from].nr || g->nodes[from].async)
		push(g, from);
	return true;
}

static uint32_t node_at(struct program *p, struct ref ref)
{
	struct flows *g = &p->flows;
	uint32_t *v, id;
	struct node *n;
	bool is_new;

	v = map_at(&g->by_key[ref.kind], map_pair(ref.a, ref.b), &is_new);
	if (!is_new)
		return *v - 1;
	id = g->nr_nodes;
	*v = id + 1;
	GROW(g->nodes, g->nr_nodes, g->cap_nodes);
	n = &g->nodes[g->nr_nodes++];
	memset(n, 0, sizeof(*n));
	n->ref = ref;
	n->async = n->kept = ref.kind == REF_ASYNC;
	if (ref.kind == REF_MEMBER) {
		unsigned int kind = async_member(p, ref.a, ref.b);

		v = map_at(&g->by_name, ref.b, NULL);
		n->same_name = *v;
		*v = id + 1;
		if (kind) {
			uint32_t to = node_at(p, (struct ref){ REF_ENTRY, kind,
							       0 });

			add_edge(g, id, to);
			g->nodes[id].async = g->nodes[id].kept = true;
			push(g, id);
		}
	}
	return id;
}

/* Adds the @nr sorted functions @fns; true when some are new. */
static bool node_merge(struct node *n, const uint32_t *fns, uint32_t nr)
{
	uint32_t i = 0, j = 0, k, news = 0;

	for (j = 0; j < nr; j++) {
		while (i < n->nr && n->fns[i] < fns[j])
			i++;
		if (i == n->nr || n->fns[i] != fns[j])
			news++;
	}
	if (!news)
		return false;
	GROW_BY(n->fns, n->nr, n->cap, news);
	/* From the end, so that nothing is overwritten before it moved. */
	i = n->nr;
	j = nr;
	k = n->nr + news;
	while (k > i) {
		if (i && n->fns[i - 1] >= fns[j - 1]) {
			if (n->fns[i - 1] == fns[j - 1])
				j--;
			n->fns[--k] = n->fns[--i];
		} else {
			n->fns[--k] = fns[--j];
		}
		if (!j)
			break;
	}
	n->nr += news;
	return true;
}

static bool flow_to(struct flows *g, uint32_t from, uint32_t to)
{
	struct node *src = &g->nodes[from], *dst = &g->nodes[to];
	bool changed = false;

	/* Whoever runs these functions is none of our callers. */
	if (src->async && dst->ref.kind != REF_ENTRY) {
		changed = !dst->async;
		dst->async = true;
	}
	if (src->kept && dst->ref.kind != REF_ENTRY)
		return changed;
	return node_merge(dst, src->fns, src->nr) || changed;
}

static void solve(struct flows *g)
{
	while (g->nr_queue) {
		uint32_t from = g->queue[--g->nr_queue], i;

		g->nodes[from].queued = false;
		for (i = g->nodes[from].edges; i; i = g->edges[i - 1].next) {
			uint32_t to = g->edges[i - 1].node;

			if (flow_to(g, from, to))
				push(g, to);
		}
	}
}

static bool add_flow(struct program *p, struct ref from, struct ref to)
{
	struct flows *g = &p->flows;
	uint32_t dst = node_at(p, to);

	if (from.kind != REF_FN)
		return add_edge(g, node_at(p, from), dst);
	if (!node_merge(&g->nodes[dst], &from.a, 1))
		return false;
	push(g, dst);
	return true;
}

/* Functions of all members called @name, whatever the struct. */
static uint32_t count_named(const struct flows *g, atom_t name)
{
	uint32_t i, sum = 0;

	for (i = map_get(&g->by_name, name, 0); i; i = g->nodes[i - 1].same_name)
		sum += g->nodes[i - 1].nr;
	return sum;
}

/* Members of unknown structs: all of that name, if they are few. */
static bool add_named(struct program *p, const struct ref *names, size_t nr)
{
	struct flows *g = &p->flows;
	bool changed = false;
	size_t k;

	for (k = 0; k < nr; k++) {
		uint32_t to = node_at(p, names[k]), i;

		if (count_named(g, names[k].b) > MAX_BY_NAME)
			continue;
		for (i = map_get(&g->by_name, names[k].b, 0); i;
		     i = g->nodes[i - 1].same_name)
			changed |= add_edge(g, i - 1, to);
	}
	return changed;
}

static bool add_passes(struct program *p, const struct haul *h)
{
	struct flows *g = &p->flows;
	bool changed = false;
	size_t i;
	uint32_t j, k;

	for (i = 0; i < h->nr_icalls; i++) {
		const struct icall *c = &h->icalls[i];
		uint32_t node;

		if (!c->nr_pass || c->ref.kind == REF_NONE)
			continue;
		node = node_at(p, c->ref);
		for (j = 0; j < g->nodes[node].nr; j++) {
			uint32_t fn = g->nodes[node].fns[j];

			for (k = 0; k < c->nr_pass; k++) {
				const struct pass *a;

				a = &h->passes[c->first_pass + k];
				if (a->arg >= p->fn_params[fn])
					continue;
				changed |= add_flow(p, a->from, (struct ref){
						REF_VAR, fn, a->arg });
			}
		}
	}
	return changed;
}

uint32_t list_add(struct program *p, const struct target *t, size_t nr,
		  enum unresolved_why why)
{
	GROW(p->lists, p->nr_lists, p->cap_lists);
	p->lists[p->nr_lists].first = p->nr_targets;
	p->lists[p->nr_lists].nr = (uint32_t)nr;
	p->lists[p->nr_lists].why = why;
	GROW_BY(p->targets, p->nr_targets, p->cap_targets, nr);
	memcpy(p->targets + p->nr_targets, t, nr * sizeof(*t));
	p->nr_targets += (uint32_t)nr;
	return SLOT_FIRST + p->nr_fns + p->nr_lists++;
}

/* Targets being gathered for one indirect call. */
struct gather {
	struct target *v;
	size_t nr, cap;
};

static void gather_fns(struct gather *t, const struct node *n, uint8_t how)
{
	uint32_t i;

	GROW_BY(t->v, t->nr, t->cap, n->nr + 1);
	for (i = 0; i < n->nr; i++)
		t->v[t->nr++] = (struct target){ n->fns[i], how };
}

/* The functions of @n that lie in the component of @fn. */
static void gather_near(const struct program *p, struct gather *t,
			const struct node *n, uint32_t fn)
{
	uint32_t i, comp = program_fn_file(p, fn)->component;

	GROW_BY(t->v, t->nr, t->cap, n->nr + 1);
	for (i = 0; i < n->nr; i++)
		if (program_fn_file(p, n->fns[i])->component == comp)
			t->v[t->nr++] = (struct target){ n->fns[i],
							 TARGET_BY_NAME };
}

/* Too many members have the name: those nearby, if they are few. */
static enum unresolved_why gather_named(const struct program *p,
					struct gather *t, uint32_t fn,
					atom_t name)
{
	const struct flows *g = &p->flows;
	uint32_t i;

	for (i = map_get(&g->by_name, name, 0); i; i = g->nodes[i - 1].same_name)
		gather_near(p, t, &g->nodes[i - 1], fn);
	t->nr = targets_sort(t->v, t->nr);
	if (!t->nr || t->nr > MAX_BY_NAME) {
		t->nr = 0;
		return UNRESOLVED_MANY;
	}
	return RESOLVED;
}

static enum unresolved_why gather_call(const struct program *p,
				       struct gather *t, const struct icall *c,
				       bool *async)
{
	const struct flows *g = &p->flows;
	uint32_t id = flow_find(g, c->ref);
	const struct node *n = id ? &g->nodes[id - 1] : NULL;

	*async = n && n->async;
	if (n && n->nr > MAX_TARGETS)
		return UNRESOLVED_MANY;
	if (n && n->kept)
		return RESOLVED;
	if (n)
		gather_fns(t, n, c->ref.kind == REF_NAME ? TARGET_BY_NAME :
							   TARGET_POINTER);
	if (c->ref.kind == REF_NAME &&
	    count_named(g, c->ref.b) > MAX_BY_NAME) {
		t->nr = 0;
		return gather_named(p, t, c->fn, c->ref.b);
	}
	if (c->ref.kind == REF_MEMBER) {
		/* What nearby code stored without our knowing where. */
		id = flow_find(g, (struct ref){ REF_MEMBER, 0, c->ref.b });
		if (id)
			gather_near(p, t, &g->nodes[id - 1], c->fn);
	}
	return t->nr || *async ? RESOLVED : UNRESOLVED_POINTER;
}

/*
 * The node whose list the call can share with others: most calls through a
 * member differ in nothing but their place.
 */
static struct node *shared_node(struct program *p, const struct icall *c)
{
	uint32_t id = flow_find(&p->flows, c->ref);

	if (!id || c->ref.kind != REF_MEMBER ||
	    flow_find(&p->flows, (struct ref){ REF_MEMBER, 0, c->ref.b }))
		return NULL;
	return &p->flows.nodes[id - 1];
}

static void fill_slot(struct program *p, const struct icall *c,
		      struct gather *t)
{
	uint32_t file = p->fns[c->fn].file;
	uint32_t *slot = &p->slots[p->first_event[file] + c->event];
	struct node *shared = shared_node(p, c);
	enum unresolved_why why;
	bool async;

	if (shared && shared->slot) {
		*slot = shared->slot;
		return;
	}
	t->nr = 0;
	why = gather_call(p, t, c, &async);
	t->nr = targets_sort(t->v, t->nr);
	if (t->nr)
		*slot = list_add(p, t->v, t->nr, why);
	else if (c->ref.kind == REF_PASTE)
		*slot = SLOT_NONE;	/* a function that we do not have */
	else
		*slot = why == UNRESOLVED_MANY ? SLOT_MANY :
			async ? SLOT_ASYNC : SLOT_POINTER;
	if (shared)
		shared->slot = *slot;
}

static void find_names(struct program *p, const struct haul *h)
{
	size_t i;

	for (i = 0; i < h->nr_icalls; i++)
		if (h->icalls[i].ref.kind == REF_NAME)
			node_at(p, h->icalls[i].ref);
	for (i = 0; i < h->nr_passes; i++)
		if (h->passes[i].from.kind == REF_NAME)
			node_at(p, h->passes[i].from);
}

static size_t list_names(const struct flows *g, struct ref **names)
{
	size_t nr = 0, cap = 0;
	uint32_t i;

	*names = NULL;
	for (i = 0; i < g->nr_nodes; i++) {
		if (g->nodes[i].ref.kind != REF_NAME)
			continue;
		GROW(*names, nr, cap);
		(*names)[nr++] = g->nodes[i].ref;
	}
	return nr;
}

static int cmp_u32(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* Functions that the files put somewhere; they are sorted afterwards. */
static void add_seeds(struct program *p, const struct haul *h)
{
	struct flows *g = &p->flows;
	size_t i;

	for (i = 0; i < h->nr_flows; i++) {
		const struct flow *f = &h->flows[i];
		struct node *n;
		uint32_t id;

		if (f->from.kind != REF_FN)
			continue;
		id = node_at(p, f->to);	/* may move the nodes */
		n = &g->nodes[id];
		if (n->nr && n->fns[n->nr - 1] == f->from.a)
			continue;
		GROW(n->fns, n->nr, n->cap);
		n->fns[n->nr++] = f->from.a;
	}
}

static void sort_seeds(struct flows *g)
{
	uint32_t i, j, nr;

	for (i = 0; i < g->nr_nodes; i++) {
		struct node *n = &g->nodes[i];

		if (n->nr > 1)
			qsort(n->fns, n->nr, sizeof(*n->fns), cmp_u32);
		for (j = nr = 0; j < n->nr; j++)
			if (!nr || n->fns[nr - 1] != n->fns[j])
				n->fns[nr++] = n->fns[j];
		n->nr = nr;
	}
}

static void add_edges(struct program *p, const struct haul *h)
{
	size_t i;

	for (i = 0; i < h->nr_flows; i++)
		if (h->flows[i].from.kind != REF_FN)
			add_flow(p, h->flows[i].from, h->flows[i].to);
}

void link_flows(struct program *p)
{
	const struct haul *h = &p->haul;
	struct gather t = { NULL, 0, 0 };
	struct ref *names;
	size_t i, nr_names;
	bool changed = true;

	add_seeds(p, h);
	sort_seeds(&p->flows);
	add_edges(p, h);
	find_names(p, h);
	while (changed) {
		solve(&p->flows);
		nr_names = list_names(&p->flows, &names);
		changed = add_named(p, names, nr_names);
		free(names);
		changed |= add_passes(p, h);
	}
	for (i = 0; i < h->nr_icalls; i++)
		fill_slot(p, &h->icalls[i], &t);
	free(t.v);
}

void flows_release(struct flows *g)
{
	uint32_t i;

	for (i = 0; i < g->nr_nodes; i++)
		free(g->nodes[i].fns);
	free(g->nodes);
	free(g->edges);
	free(g->queue);
	for (i = 0; i < NR_REF_KINDS; i++)
		map_release(&g->by_key[i]);
	map_release(&g->seen);
	map_release(&g->by_name);
	memset(g, 0, sizeof(*g));
}
