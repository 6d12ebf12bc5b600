// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which paths belong to which shard. In: a result of the whole tree. Out: the
 * part of one shard, marked as such.
 */
#include "emit/shard.h"

#include <stdlib.h>
#include <string.h>

static int parse_number(const char **s, uint32_t *n)
{
	unsigned long v;
	char *end;

	if (**s < '0' || **s > '9')
		return -1;
	v = strtoul(*s, &end, 10);
	if (v < 1 || v > SHARDS_MAX)
		return -1;
	*n = (uint32_t)v;
	*s = end;
	return 0;
}

int shard_parse(const char *s, struct shard *out, struct err *err)
{
	const char *p = s;

	if (parse_number(&p, &out->nr) || *p++ != '/' ||
	    parse_number(&p, &out->of) || *p || out->nr > out->of)
		return err_set(err, ERR_USAGE, "'%s' is no shard; it is like "
			       "3/8, from 1/8 to 8/8, at most %d", s,
			       SHARDS_MAX);
	return 0;
}

/* FNV-1a, then mixed, since its low bits are weak. Never to be changed. */
uint32_t shard_of_path(const char *path, uint32_t of)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (; *path; path++)
		h = (h ^ (unsigned char)*path) * 0x100000001b3u;
	h ^= h >> 33;
	h *= 0xff51afd7ed558ccdu;
	h ^= h >> 33;
	return (uint32_t)(h % of) + 1;
}

void shard_keep(struct result *r, struct shard s)
{
	struct tree_info *t = &r->tree;
	size_t n = 0;

	if (s.of < 2)
		return;
	for (size_t i = 0; i < r->nr_sites; i++)
		if (shard_of_path(r->sites[i].path, s.of) == s.nr)
			r->sites[n++] = r->sites[i];
	r->nr_sites = n;
	n = 0;
	for (size_t i = 0; i < r->nr_findings; i++)
		if (shard_of_path(r->findings[i].path, s.of) == s.nr)
			r->findings[n++] = r->findings[i];
	r->nr_findings = n;
	t->shards_of = s.of;
	t->nr_shards = 1;
	t->shards = arena_memdup(&r->arena, &s.nr, sizeof(s.nr));
}

bool shard_same_reach(const struct tree_info *a, const struct tree_info *b)
{
	if (a->nr_paths != b->nr_paths || a->shards_of != b->shards_of ||
	    a->nr_shards != b->nr_shards)
		return false;
	for (size_t i = 0; i < a->nr_paths; i++)
		if (strcmp(a->paths[i], b->paths[i]) != 0)
			return false;
	return !a->nr_shards || memcmp(a->shards, b->shards, a->nr_shards *
				       sizeof(*a->shards)) == 0;
}
