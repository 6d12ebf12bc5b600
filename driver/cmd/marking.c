// SPDX-License-Identifier: GPL-2.0-only
/*
 * Baseline, suppressions and decisions: read first, applied to the result.
 *
 * Suppressions expire by the date of the audited commit, so that the same
 * revision gives the same report on any day; a plain directory has none, then
 * it is today.
 */
#include "cmd/marking.h"

#include <string.h>
#include <time.h>

#include "emit/shard.h"

int marking_load(struct marking *m, const struct marking_opts *o,
		 struct err *err)
{
	int rc = 0;

	memset(m, 0, sizeof(*m));
	report_file_init(&m->before);
	suppressions_init(&m->suppressions);
	decisions_init(&m->decisions);
	m->has_baseline = o->baseline;
	m->has_suppressions = o->suppress.nr > 0;
	m->has_decisions = o->decisions;
	if (o->baseline)
		rc = report_file_skim(o->baseline, &m->before, err);
	for (size_t i = 0; i < o->suppress.nr && !rc; i++)
		rc = suppressions_read(&m->suppressions, o->suppress.v[i],
				       err);
	if (o->decisions && !rc)
		rc = decisions_read(&m->decisions, o->decisions, err);
	return rc;
}

void marking_tell_stale(const struct decisions *d)
{
	for (size_t i = 0; i < d->nr; i++) {
		const struct decision *v = &d->v[i];

		if (v->stale && v->now < 0)
			say_warning("the decision on site %s is stale: it is "
				    "gone", v->site);
		else if (v->stale)
			say_warning("the decision on site %s is stale: it was "
				    "%s, now it is %s", v->site,
				    verdict_name(v->verdict),
				    verdict_name((enum verdict)v->now));
	}
}

int marking_apply(struct marking *m, const struct result *r,
		  const struct marks **marks, struct err *err)
{
	int64_t now = r->tree.commit_time ? r->tree.commit_time : time(NULL);

	*marks = NULL;
	if (!m->has_baseline && !m->has_suppressions && !m->has_decisions)
		return 0;
	if (m->has_baseline) {
		if (!shard_same_reach(&m->before.result.tree, &r->tree))
			return err_set(err, ERR_USAGE, "the baseline was made "
				       "for other paths or shards");
		delta_make(&m->delta, &m->before.result, r);
	}
	suppressions_expire(&m->suppressions, now);
	decisions_check(&m->decisions, r);
	marks_make(&m->marks, r, m->has_baseline ? &m->delta : NULL,
		   m->has_suppressions ? &m->suppressions : NULL,
		   m->has_decisions ? &m->decisions : NULL);
	marking_tell_stale(&m->decisions);
	*marks = &m->marks;
	return 0;
}

void marking_release(struct marking *m)
{
	marks_release(&m->marks);
	delta_release(&m->delta);
	decisions_release(&m->decisions);
	suppressions_release(&m->suppressions);
	report_file_release(&m->before);
	memset(m, 0, sizeof(*m));
}
