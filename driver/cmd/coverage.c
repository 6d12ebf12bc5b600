// SPDX-License-Identifier: GPL-2.0-only
/*
 * The coverage of a run: bytes, functions, tokens by role, notes. Every note
 * of the reader becomes a gap that the report lists: nothing is silent.
 */
#include "cmd/coverage.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "emit/report.h"

void coverage_start(struct coverage_maker *m, struct result *r)
{
	struct coverage *c = &r->coverage;

	memset(m, 0, sizeof(*m));
	m->result = r;
	c->sites = r->nr_sites;
}

void coverage_gap(struct coverage_maker *m, const char *path, uint32_t line,
		  const char *function, const char *what, const char *text)
{
	struct arena *a = &m->result->arena;

	GROW(m->gaps, m->nr, m->cap);
	m->gaps[m->nr++] = (struct result_gap){
		.path = arena_strdup(a, path),
		.line = line,
		.function = arena_strdup(a, function),
		.what = arena_strdup(a, what),
		.text = arena_strdup(a, text),
	};
}

void coverage_file(struct coverage_maker *m, const char *path, uint64_t size,
		   const struct facts *f)
{
	struct coverage *c = &m->result->coverage;

	c->files++;
	c->bytes += size;
	c->functions += f->nr_funcs;
	for (uint32_t i = 0; i < f->nr_funcs; i++)
		if (f->funcs[i].flags & FUNC_BROKEN)
			c->functions_not_understood++;
	for (int i = 0; i < TOKEN_NR_ROLES; i++)
		c->tokens[i] += f->roles[i];
	for (uint32_t i = 0; i < f->nr_sites; i++) {
		const struct site *s = &f->sites[i];

		if (s->how == SITE_MACRO || (s->func &&
		    f->funcs[s->func - 1].flags & FUNC_MACRO))
			c->sites_in_macros++;
	}
	for (uint32_t i = 0; i < f->nr_notes; i++) {
		const struct note *n = &f->notes[i];

		c->notes[n->kind]++;
		coverage_gap(m, path, n->line, n->func ?
			     facts_str(f, f->funcs[n->func - 1].name) : "",
			     note_kind_name(n->kind), facts_str(f, n->text));
	}
}

void coverage_finish(struct coverage_maker *m)
{
	struct coverage *c = &m->result->coverage;
	struct result_gap *all;

	all = ARENA_ARRAY(&m->result->arena, struct result_gap,
			  c->nr_gaps + m->nr);
	if (c->nr_gaps)
		memcpy(all, c->gaps, c->nr_gaps * sizeof(*all));
	if (m->nr)
		memcpy(all + c->nr_gaps, m->gaps, m->nr * sizeof(*all));
	c->gaps = all;
	c->nr_gaps += m->nr;
	free(m->gaps);
	memset(m, 0, sizeof(*m));
}
