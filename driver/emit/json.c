// SPDX-License-Identifier: GPL-2.0-only
/*
 * The report as JSON, version 1 of the contract (reports/schema).
 *
 * In: the sorted result. Out: its sites, findings, proposals and coverage,
 * streamed in the contract's key order. Same result, same bytes.
 */
#include "emit/report.h"

#include <string.h>

#include "base/version.h"
#include "emit/chain_pool.h"
#include "emit/json.h"
#include "emit/utf8.h"

static void put_tool(struct jsonw *w, const struct report *r)
{
	jsonw_object(w, "tool");
	jsonw_str(w, "name", "gfpscope");
	jsonw_str(w, "version", GFPSCOPE_VERSION);
	jsonw_str(w, "spatch", r->spatch);
	jsonw_str(w, "knowledge", r->result->knowledge);
	jsonw_end(w);
}

static void put_shards(struct jsonw *w, const struct tree_info *t)
{
	jsonw_object_flat(w, "shards");
	jsonw_uint(w, "of", t->shards_of);
	jsonw_array_flat(w, "have");
	for (size_t i = 0; i < t->nr_shards; i++)
		jsonw_uint(w, NULL, t->shards[i]);
	jsonw_end(w);
	jsonw_end(w);
}

static void put_tree(struct jsonw *w, const struct tree_info *t)
{
	jsonw_object(w, "tree");
	jsonw_str(w, "revision", t->revision);
	jsonw_str(w, "describe", t->describe);
	jsonw_str(w, "kernel", t->kernel);
	jsonw_int(w, "commit_time", t->commit_time);
	jsonw_array_flat(w, "paths");
	for (size_t i = 0; i < t->nr_paths; i++)
		jsonw_str(w, NULL, t->paths[i]);
	jsonw_end(w);
	if (t->nr_shards)
		put_shards(w, t);
	jsonw_end(w);
}

static void put_gaps(struct jsonw *w, const struct coverage *c)
{
	jsonw_array(w, "gaps");
	for (size_t i = 0; i < c->nr_gaps; i++) {
		const struct result_gap *g = &c->gaps[i];

		jsonw_object_flat(w, NULL);
		jsonw_str(w, "path", g->path);
		jsonw_uint(w, "line", g->line);
		jsonw_str(w, "function", g->function);
		jsonw_str(w, "what", g->what);
		jsonw_str(w, "text", g->text);
		jsonw_end(w);
	}
	jsonw_end(w);
}

static void put_coverage(struct jsonw *w, const struct coverage *c)
{
	jsonw_object(w, "coverage");
	jsonw_uint(w, "files", c->files);
	jsonw_uint(w, "bytes", c->bytes);
	jsonw_uint(w, "functions", c->functions);
	jsonw_uint(w, "functions_not_understood", c->functions_not_understood);
	jsonw_object_flat(w, "notes");
	for (int i = 0; i < NOTE_NR_KINDS; i++)
		jsonw_uint(w, note_kind_name(i), c->notes[i]);
	jsonw_end(w);
	jsonw_uint(w, "sites", c->sites);
	jsonw_uint(w, "sites_in_macros", c->sites_in_macros);
	jsonw_object_flat(w, "tokens");
	for (int i = 0; i < TOKEN_NR_ROLES; i++)
		jsonw_uint(w, token_role_name(i), c->tokens[i]);
	jsonw_end(w);
	jsonw_uint(w, "calls", c->calls);
	jsonw_uint(w, "calls_indirect", c->calls_indirect);
	jsonw_uint(w, "calls_unresolved", c->calls_unresolved);
	put_gaps(w, c);
	jsonw_end(w);
}

static void put_summary(struct jsonw *w, const struct result *r)
{
	uint64_t verdicts[VERDICT_NR] = { 0 }, rules[RULE_NR] = { 0 };

	for (size_t i = 0; i < r->nr_sites; i++)
		verdicts[r->sites[i].verdict]++;
	for (size_t i = 0; i < r->nr_findings; i++)
		rules[r->findings[i].rule]++;
	jsonw_object(w, "summary");
	for (int i = 0; i < VERDICT_NR; i++)
		jsonw_uint(w, verdict_name(i), verdicts[i]);
	jsonw_object_flat(w, "findings");
	for (int i = 0; i < RULE_NR; i++)
		jsonw_uint(w, rule_name(i), rules[i]);
	jsonw_end(w);
	jsonw_end(w);
}

static void put_chain(struct jsonw *w, const char *key,
		      const struct chain *chain, struct chain_pool *pool)
{
	if (pool) {
		jsonw_uint(w, key, chain_pool_add(pool, chain));
		return;
	}
	jsonw_array(w, key);
	for (size_t i = 0; i < chain->nr; i++) {
		const struct step *s = &chain->steps[i];

		jsonw_object_flat(w, NULL);
		jsonw_str(w, "path", s->path);
		jsonw_uint(w, "line", s->line);
		jsonw_str(w, "function", s->function);
		jsonw_str(w, "event", s->event);
		jsonw_str(w, "text", s->text);
		jsonw_end(w);
	}
	jsonw_end(w);
}

static void put_scope(struct jsonw *w, const struct section *s)
{
	if (!s) {
		jsonw_null(w, "scope_at");
		return;
	}
	jsonw_object_flat(w, "scope_at");
	jsonw_str(w, "path", s->path);
	jsonw_uint(w, "line", s->line);
	jsonw_str(w, "function", s->function);
	jsonw_str(w, "resource", s->resource);
	jsonw_end(w);
}

static void put_decision(struct jsonw *w, const struct decision *d)
{
	jsonw_object_flat(w, "decision");
	jsonw_str(w, "decision", decision_name(d->kind));
	jsonw_str(w, "who", d->who);
	jsonw_str(w, "why", d->why);
	jsonw_str(w, "when", d->when);
	jsonw_end(w);
}

static void put_mark(struct jsonw *w, const struct mark *m)
{
	if (m->delta != DELTA_NONE)
		jsonw_str(w, "baseline", delta_name(m->delta));
	if (m->suppressed)
		jsonw_str(w, "suppressed", m->suppressed->reason);
	if (m->decision)
		put_decision(w, m->decision);
}

void json_put_site(struct jsonw *w, const struct report *r, size_t i,
		   struct chain_pool *pool)
{
	const struct result_site *s = &r->result->sites[i];
	const struct proposal *p = proposal_of(r, s);

	jsonw_object(w, NULL);
	jsonw_str(w, "id", s->id);
	jsonw_str(w, "path", s->path);
	jsonw_uint(w, "line", s->line);
	jsonw_uint(w, "column", s->column);
	jsonw_str(w, "function", s->function);
	jsonw_str(w, "callee", s->callee);
	jsonw_str(w, "mask", s->mask);
	jsonw_str(w, "restriction", restriction_name(s->restriction));
	jsonw_str(w, "verdict", verdict_name(s->verdict));
	jsonw_str(w, "confidence", confidence_name(s->confidence));
	jsonw_str(w, "reason", s->reason);
	put_scope(w, s->scope_at);
	put_chain(w, "evidence", &s->evidence, pool);
	put_chain(w, "reclaim", &s->reclaim, pool);
	jsonw_array(w, "unresolved");
	for (size_t j = 0; j < s->nr_unresolved; j++)
		jsonw_str(w, NULL, s->unresolved[j]);
	jsonw_end(w);
	jsonw_str(w, "proposal", p ? p->id : NULL);
	put_mark(w, report_site_mark(r, i));
	jsonw_end(w);
}

void json_put_finding(struct jsonw *w, const struct report *r, size_t i,
		      struct chain_pool *pool)
{
	const struct result_finding *f = &r->result->findings[i];

	jsonw_object(w, NULL);
	jsonw_str(w, "id", f->id);
	jsonw_str(w, "rule", rule_name(f->rule));
	jsonw_str(w, "path", f->path);
	jsonw_uint(w, "line", f->line);
	jsonw_uint(w, "column", f->column);
	jsonw_str(w, "function", f->function);
	jsonw_str(w, "message", f->message);
	jsonw_str(w, "confidence", confidence_name(f->confidence));
	put_chain(w, "evidence", &f->evidence, pool);
	put_chain(w, "reclaim", &f->reclaim, pool);
	put_mark(w, report_finding_mark(r, i));
	jsonw_end(w);
}

static void put_site_ids(struct jsonw *w, const char *key,
			 const struct result_site *const *v, size_t nr)
{
	jsonw_array_flat(w, key);
	for (size_t i = 0; i < nr; i++)
		jsonw_str(w, NULL, v[i]->id);
	jsonw_end(w);
}

/* A diff must come back byte for byte, whatever the source's encoding. */
static void put_diff(struct jsonw *w, const char *diff)
{
	if (utf8_valid(diff, strlen(diff))) {
		jsonw_str(w, "diff", diff);
		return;
	}
	jsonw_latin1(w, "diff", diff);
	jsonw_str(w, "diff_encoding", "latin-1");
}

static void put_proposal(struct jsonw *w, const struct proposal *p)
{
	jsonw_object(w, NULL);
	jsonw_str(w, "id", p->id);
	jsonw_str(w, "kind", proposal_kind_name(p->kind));
	put_site_ids(w, "sites", p->sites, p->nr_sites);
	if (p->nr_stays)
		put_site_ids(w, "stays", p->stays, p->nr_stays);
	jsonw_array_flat(w, "files");
	for (size_t i = 0; i < p->nr_files; i++)
		jsonw_str(w, NULL, p->files[i]);
	jsonw_end(w);
	jsonw_str(w, "title", p->title);
	jsonw_str(w, "changelog", p->changelog);
	put_diff(w, p->diff);
	jsonw_object_flat(w, "checks");
	jsonw_str(w, "applies", check_state_name(p->checks.applies));
	jsonw_str(w, "balanced", check_state_name(p->checks.balanced));
	jsonw_str(w, "rereads", check_state_name(p->checks.rereads));
	jsonw_str(w, "style", check_state_name(p->checks.style));
	jsonw_str(w, "builds", check_state_name(p->checks.builds));
	jsonw_end(w);
	jsonw_end(w);
}

void json_put_proposals(struct jsonw *w, const struct proposals *p)
{
	jsonw_array(w, "proposals");
	for (size_t i = 0; p && i < p->nr; i++)
		put_proposal(w, &p->v[i]);
	jsonw_end(w);
	jsonw_array(w, "refused");
	for (size_t i = 0; p && i < p->nr_refused; i++) {
		jsonw_object(w, NULL);
		put_site_ids(w, "sites", p->refused[i].sites,
			     p->refused[i].nr_sites);
		jsonw_str(w, "why", p->refused[i].why);
		jsonw_end(w);
	}
	jsonw_end(w);
}

static void put_gone(struct jsonw *w, const struct delta *d)
{
	jsonw_array(w, "gone");
	for (size_t i = 0; i < d->nr_sites; i++) {
		const struct result_site *s = d->sites[i].before;

		if (d->sites[i].kind != DELTA_GONE)
			continue;
		jsonw_object_flat(w, NULL);
		jsonw_str(w, "id", s->id);
		jsonw_str(w, "path", s->path);
		jsonw_uint(w, "line", s->line);
		jsonw_str(w, "function", s->function);
		jsonw_str(w, "what", verdict_name(s->verdict));
		jsonw_end(w);
	}
	for (size_t i = 0; i < d->nr_findings; i++) {
		const struct result_finding *f = d->findings[i].before;

		if (d->findings[i].kind != DELTA_GONE)
			continue;
		jsonw_object_flat(w, NULL);
		jsonw_str(w, "id", f->id);
		jsonw_str(w, "path", f->path);
		jsonw_uint(w, "line", f->line);
		jsonw_str(w, "function", f->function);
		jsonw_str(w, "what", rule_name(f->rule));
		jsonw_end(w);
	}
	jsonw_end(w);
}

static void put_suppressions(struct jsonw *w, const struct suppressions *s)
{
	jsonw_array(w, "suppressions");
	for (size_t i = 0; i < s->nr; i++) {
		const struct suppression *v = &s->v[i];

		jsonw_object_flat(w, NULL);
		if (v->id[0]) {
			jsonw_str(w, "id", v->id);
		} else {
			jsonw_str(w, "path", v->path);
			jsonw_str(w, "function", v->function);
			jsonw_str(w, "rule", v->rule);
		}
		jsonw_str(w, "reason", v->reason);
		jsonw_uint(w, "hits", v->hits);
		jsonw_bool(w, "expired", v->expired);
		jsonw_end(w);
	}
	jsonw_end(w);
}

static void put_stale(struct jsonw *w, const struct decisions *d)
{
	jsonw_array(w, "stale_decisions");
	for (size_t i = 0; i < d->nr; i++) {
		if (!d->v[i].stale)
			continue;
		jsonw_object_flat(w, NULL);
		jsonw_str(w, "site", d->v[i].site);
		jsonw_str(w, "verdict", verdict_name(d->v[i].verdict));
		jsonw_str(w, "decision", decision_name(d->v[i].kind));
		jsonw_str(w, "who", d->v[i].who);
		jsonw_str(w, "why", d->v[i].why);
		jsonw_str(w, "when", d->v[i].when);
		jsonw_end(w);
	}
	jsonw_end(w);
}

static void put_marks(struct jsonw *w, const struct marks *m)
{
	if (m->delta)
		put_gone(w, m->delta);
	if (m->suppressions)
		put_suppressions(w, m->suppressions);
	if (m->decisions)
		put_stale(w, m->decisions);
}

void json_put_report(struct jsonw *w, const struct report *r,
		     struct chain_pool *pool)
{
	const struct result *res = r->result;

	jsonw_object(w, NULL);
	jsonw_str(w, "schema", "gfpscope-report/1");
	put_tool(w, r);
	put_tree(w, &res->tree);
	put_coverage(w, &res->coverage);
	put_summary(w, res);
	jsonw_array(w, "sites");
	for (size_t i = 0; i < res->nr_sites; i++)
		json_put_site(w, r, i, pool);
	jsonw_end(w);
	jsonw_array(w, "findings");
	for (size_t i = 0; i < res->nr_findings; i++)
		json_put_finding(w, r, i, pool);
	jsonw_end(w);
	json_put_proposals(w, r->proposals);
	if (r->marks)
		put_marks(w, r->marks);
	if (pool)
		chain_pool_put(pool, w);
	jsonw_end(w);
}

int emit_json(FILE *f, const struct report *r, struct err *err)
{
	struct jsonw w;

	jsonw_init(&w, f);
	json_put_report(&w, r, NULL);
	return 0;
}
