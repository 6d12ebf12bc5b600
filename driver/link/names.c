// SPDX-License-Identifier: GPL-2.0-only
/*
 * Records grouped by name. Takes the name (atom) of each record; gives the
 * records of a name as a range. Most atoms have none, so a bit tells which
 * have, and the number of bits before it is the number of the group: a whole
 * kernel's table costs half a megabyte instead of nine.
 */
#include "link/link.h"

#include <stdlib.h>

#include "base/mem.h"

static void mark_names(struct names *n, const atom_t *keys, uint32_t nr)
{
	uint32_t words = n->nr_atoms / 64 + 1, i, sum = 0;

	n->bits = xcalloc(words, sizeof(*n->bits));
	n->ranks = xcalloc(words, sizeof(*n->ranks));
	for (i = 0; i < nr; i++)
		if (keys[i])
			n->bits[keys[i] / 64] |= 1ull << keys[i] % 64;
	for (i = 0; i < words; i++) {
		n->ranks[i] = sum;
		sum += (uint32_t)__builtin_popcountll(n->bits[i]);
	}
	n->nr = sum;
}

uint32_t names_build(struct names *n, uint32_t nr_atoms, const atom_t *keys,
		     uint32_t nr, uint32_t *order)
{
	uint32_t *at, i;

	n->nr_atoms = nr_atoms;
	mark_names(n, keys, nr);
	at = xcalloc((size_t)n->nr + 2, sizeof(*at));
	for (i = 0; i < nr; i++)
		if (keys[i])
			at[names_group(n, keys[i]) + 2]++;
	for (i = 0; i <= n->nr; i++)
		at[i + 1] += at[i];
	for (i = 0; i < nr; i++)
		if (keys[i])
			order[at[names_group(n, keys[i]) + 1]++] = i;
	n->head = at;
	return at[n->nr];
}

void names_release(struct names *n)
{
	free(n->bits);
	free(n->ranks);
	free(n->head);
}
