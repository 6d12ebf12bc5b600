/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Chains with what they share written once: the page of a whole kernel would
 * otherwise be three times as large.
 */
#ifndef EMIT_CHAIN_POOL_H
#define EMIT_CHAIN_POOL_H

#include <stdint.h>

#include "emit/jsonw.h"
#include "judge/result.h"

struct chain_pool;

struct chain_pool *chain_pool_new(void);
void chain_pool_free(struct chain_pool *p);

/** chain_pool_add() - the number of @c; equal chains have the same one. */
uint32_t chain_pool_add(struct chain_pool *p, const struct chain *c);

/**
 * chain_pool_put() - the members "strings", "steps" and "chains".
 *
 * strings has each text once. steps has [path, line, function, event, text],
 * texts by their number. chains has [number of the chain without its last
 * step, number of that step], number 0 being the empty chain: [].
 */
void chain_pool_put(const struct chain_pool *p, struct jsonw *w);

#endif
