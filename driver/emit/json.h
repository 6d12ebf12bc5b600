/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The report's JSON for those who put it somewhere else.
 */
#ifndef EMIT_JSON_H
#define EMIT_JSON_H

#include "emit/jsonw.h"
#include "emit/report.h"

/* With a pool, chains are written as numbers there; without (NULL), in full. */
struct chain_pool;

/** json_put_report() - the whole report as one value, the pool at its end. */
void json_put_report(struct jsonw *w, const struct report *r,
		     struct chain_pool *pool);

/** json_put_site(), json_put_finding() - the object of number @i. */
void json_put_site(struct jsonw *w, const struct report *r, size_t i,
		   struct chain_pool *pool);
void json_put_finding(struct jsonw *w, const struct report *r, size_t i,
		      struct chain_pool *pool);

/** json_put_proposals() - members "proposals" and "refused" of the object that
 * is open. @p may be NULL. */
void json_put_proposals(struct jsonw *w, const struct proposals *p);

#endif
