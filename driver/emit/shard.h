/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Shards: the paths of a tree dealt out to several runs by a hash, the same on
 * every machine and in every version. Each run reads the whole tree and
 * reports the sites and findings of its own paths.
 */
#ifndef EMIT_SHARD_H
#define EMIT_SHARD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "judge/result.h"

#define SHARDS_MAX 4096

struct shard {
	uint32_t nr, of;	/* nr is 1..of; of 0 or 1: the whole */
};

/** shard_parse() - from "3/8". Return: 0 or ERR_USAGE. */
int shard_parse(const char *s, struct shard *out, struct err *err);

/** shard_of_path() - the number, 1..@of, that @path belongs to. */
uint32_t shard_of_path(const char *path, uint32_t of);

/** shard_keep() - drop from @r what is not of @s, and say so in r->tree. */
void shard_keep(struct result *r, struct shard s);

/** shard_same_reach() - do @a and @b report the same paths of their trees? */
bool shard_same_reach(const struct tree_info *a, const struct tree_info *b);

#endif
