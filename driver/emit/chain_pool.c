// SPDX-License-Identifier: GPL-2.0-only
/*
 * A pool of chains: a tree of common beginnings over numbered steps.
 *
 * In: chains, one after another. Out: tables whose order is that of first
 * use, so that the same report gives the same bytes.
 */
#include "emit/chain_pool.h"

#include <stdlib.h>

#include "base/atom.h"
#include "base/map.h"
#include "base/mem.h"

struct pool_step {
	atom_t path, function, event, text;
	uint32_t line;
};

struct pool_node {
	uint32_t before, step;
};

struct chain_pool {
	struct atoms *strings;
	/* A step's number, found through pairs: (path, line), then with each
	 * further text. `pairs` numbers the pairs on the way. */
	struct map pairs;
	uint32_t nr_pairs;
	struct map step_of;
	struct pool_step *steps;
	size_t nr_steps, cap_steps;
	struct map node_of;
	struct pool_node *nodes;
	size_t nr_nodes, cap_nodes;
};

struct chain_pool *chain_pool_new(void)
{
	struct chain_pool *p = xcalloc(1, sizeof(*p));

	p->strings = atoms_new();
	map_init(&p->pairs);
	map_init(&p->step_of);
	map_init(&p->node_of);
	GROW(p->nodes, p->nr_nodes, p->cap_nodes);
	p->nodes[p->nr_nodes++] = (struct pool_node){ 0, 0 };
	return p;
}

void chain_pool_free(struct chain_pool *p)
{
	if (!p)
		return;
	atoms_free(p->strings);
	map_release(&p->pairs);
	map_release(&p->step_of);
	map_release(&p->node_of);
	free(p->steps);
	free(p->nodes);
	free(p);
}

/* A number for the pair, never 0. Each level of pairs continues from the
 * number of the one before, and numbers are never given twice. */
static uint32_t pair_number(struct chain_pool *p, uint32_t a, uint32_t b)
{
	bool is_new;
	uint32_t *v = map_at(&p->pairs, map_pair(a, b), &is_new);

	if (is_new)
		*v = ++p->nr_pairs;
	return *v;
}

static uint32_t step_number(struct chain_pool *p, const struct step *s)
{
	struct pool_step k = {
		.path = atom_of(p->strings, s->path),
		.function = atom_of(p->strings, s->function),
		.event = atom_of(p->strings, s->event),
		.text = atom_of(p->strings, s->text),
		.line = s->line,
	};
	/* Kinds of pairs are kept apart by where they are looked up. */
	uint32_t words = pair_number(p, k.function, k.text);
	bool is_new;
	uint32_t *v;

	words = pair_number(p, words | 0x80000000u, k.event);
	words = pair_number(p, words | 0x80000000u, k.path | 0x80000000u);
	v = map_at(&p->step_of, map_pair(words, k.line), &is_new);
	if (is_new) {
		*v = (uint32_t)p->nr_steps;
		GROW(p->steps, p->nr_steps, p->cap_steps);
		p->steps[p->nr_steps++] = k;
	}
	return *v;
}

uint32_t chain_pool_add(struct chain_pool *p, const struct chain *c)
{
	uint32_t node = 0;

	for (size_t i = 0; i < c->nr; i++) {
		uint32_t step = step_number(p, &c->steps[i]);
		bool is_new;
		uint32_t *v = map_at(&p->node_of, map_pair(node, step),
				     &is_new);

		if (is_new) {
			*v = (uint32_t)p->nr_nodes;
			GROW(p->nodes, p->nr_nodes, p->cap_nodes);
			p->nodes[p->nr_nodes++] = (struct pool_node){ node,
								      step };
		}
		node = *v;
	}
	return node;
}

static void put_step(struct jsonw *w, const struct pool_step *s)
{
	jsonw_array_flat(w, NULL);
	jsonw_uint(w, NULL, s->path);
	jsonw_uint(w, NULL, s->line);
	jsonw_uint(w, NULL, s->function);
	jsonw_uint(w, NULL, s->event);
	jsonw_uint(w, NULL, s->text);
	jsonw_end(w);
}

void chain_pool_put(const struct chain_pool *p, struct jsonw *w)
{
	jsonw_array(w, "strings");
	for (uint32_t i = 0; i < atoms_count(p->strings); i++)
		jsonw_str(w, NULL, atom_str(p->strings, i));
	jsonw_end(w);
	jsonw_array(w, "steps");
	for (size_t i = 0; i < p->nr_steps; i++)
		put_step(w, &p->steps[i]);
	jsonw_end(w);
	jsonw_array(w, "chains");
	for (size_t i = 0; i < p->nr_nodes; i++) {
		jsonw_array_flat(w, NULL);
		if (i) {
			jsonw_uint(w, NULL, p->nodes[i].before);
			jsonw_uint(w, NULL, p->nodes[i].step);
		}
		jsonw_end(w);
	}
	jsonw_end(w);
}
