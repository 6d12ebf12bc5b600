// SPDX-License-Identifier: GPL-2.0-only
/*
 * Marks: a baseline, suppressions and decisions brought to the sites and
 * findings of one result, for all formats alike.
 */
#include "emit/marks.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void mark_deltas(struct marks *m, const struct result *r,
			const struct delta *d)
{
	for (size_t i = 0; i < d->nr_sites; i++)
		if (d->sites[i].now)
			m->sites[d->sites[i].now - r->sites].delta =
				d->sites[i].kind;
	for (size_t i = 0; i < d->nr_findings; i++)
		if (d->findings[i].now)
			m->findings[d->findings[i].now - r->findings].delta =
				d->findings[i].kind;
}

static void mark_suppressed(struct marks *m, const struct result *r,
			    struct suppressions *s)
{
	for (size_t i = 0; i < r->nr_sites; i++) {
		const struct result_site *v = &r->sites[i];

		m->sites[i].suppressed =
			suppressions_find(s, v->id, v->path, v->function,
					  verdict_name(v->verdict));
		m->suppressed_sites += m->sites[i].suppressed != NULL;
	}
	for (size_t i = 0; i < r->nr_findings; i++) {
		const struct result_finding *v = &r->findings[i];

		m->findings[i].suppressed =
			suppressions_find(s, v->id, v->path, v->function,
					  rule_name(v->rule));
		m->suppressed_findings += m->findings[i].suppressed != NULL;
	}
}

void marks_make(struct marks *m, const struct result *r,
		const struct delta *delta, struct suppressions *s,
		const struct decisions *d)
{
	memset(m, 0, sizeof(*m));
	m->nr_sites = r->nr_sites;
	m->nr_findings = r->nr_findings;
	m->sites = xcalloc(r->nr_sites + 1, sizeof(*m->sites));
	m->findings = xcalloc(r->nr_findings + 1, sizeof(*m->findings));
	m->delta = delta;
	m->suppressions = s;
	m->decisions = d;
	if (delta)
		mark_deltas(m, r, delta);
	if (s)
		mark_suppressed(m, r, s);
	for (size_t i = 0; d && i < r->nr_sites; i++)
		m->sites[i].decision = decisions_find(d, &r->sites[i]);
}

void marks_release(struct marks *m)
{
	free(m->sites);
	free(m->findings);
	memset(m, 0, sizeof(*m));
}
