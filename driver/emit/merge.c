// SPDX-License-Identifier: GPL-2.0-only
/*
 * Merge reports of shards.
 *
 * In: reports of parts of one tree. Out: one report of all these parts. Sites
 * are ordered by what reports carry of them; that this is the order of a whole
 * report fails only for equals beyond the last column that is counted. Never
 * guesses: what does not fit together is an error that names both.
 */
#include "emit/merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/version.h"
#include "emit/shard.h"

/* What is compared, and its name in messages. */
static const char *differing_tool(const struct report_file *a,
				  const struct report_file *b)
{
	if (strcmp(a->version, b->version) != 0)
		return "version of gfpscope";
	if (strcmp(a->spatch, b->spatch) != 0)
		return "version of spatch";
	if (strcmp(a->result.knowledge, b->result.knowledge) != 0)
		return "knowledge";
	return NULL;
}

static const char *differing_tree(const struct tree_info *a,
				  const struct tree_info *b)
{
	if (strcmp(a->revision, b->revision) != 0)
		return "revision";
	if (strcmp(a->describe, b->describe) != 0 ||
	    strcmp(a->kernel, b->kernel) != 0 ||
	    a->commit_time != b->commit_time)
		return "description of the tree";
	if (a->shards_of != b->shards_of)
		return "number of shards";
	if (a->nr_paths != b->nr_paths)
		return "list of paths";
	for (size_t i = 0; i < a->nr_paths; i++)
		if (strcmp(a->paths[i], b->paths[i]) != 0)
			return "list of paths";
	return NULL;
}

static bool same_gap(const struct result_gap *a, const struct result_gap *b)
{
	return a->line == b->line && !strcmp(a->path, b->path) &&
	       !strcmp(a->function, b->function) && !strcmp(a->what, b->what) &&
	       !strcmp(a->text, b->text);
}

/* Each shard has read the whole tree: all must have seen the same. */
static bool same_coverage(const struct coverage *a, const struct coverage *b)
{
	if (a->files != b->files || a->bytes != b->bytes ||
	    a->functions != b->functions ||
	    a->functions_not_understood != b->functions_not_understood ||
	    a->sites != b->sites || a->sites_in_macros != b->sites_in_macros ||
	    a->calls != b->calls || a->calls_indirect != b->calls_indirect ||
	    a->calls_unresolved != b->calls_unresolved ||
	    memcmp(a->tokens, b->tokens, sizeof(a->tokens)) != 0 ||
	    memcmp(a->notes, b->notes, sizeof(a->notes)) != 0 ||
	    a->nr_gaps != b->nr_gaps)
		return false;
	for (size_t i = 0; i < a->nr_gaps; i++)
		if (!same_gap(&a->gaps[i], &b->gaps[i]))
			return false;
	return true;
}

static int check_one(const struct report_file *r, const char *name,
		     struct err *err)
{
	if (r->marked)
		return err_set(err, ERR_FORMAT, "'%s' was made with --baseline, "
			       "--suppress or --decisions; merge plain reports "
			       "and give these to merge", name);
	if (strcmp(r->version, GFPSCOPE_VERSION) != 0)
		return err_set(err, ERR_FORMAT, "'%s' was made by gfpscope %s, "
			       "this is " GFPSCOPE_VERSION, name, r->version);
	return 0;
}

static int check_pair(const struct report_file *a, const char *name_a,
		      const struct report_file *b, const char *name_b,
		      struct err *err)
{
	const char *what = differing_tool(a, b);

	if (!what)
		what = differing_tree(&a->result.tree, &b->result.tree);
	if (!what && !same_coverage(&a->result.coverage, &b->result.coverage))
		what = "coverage";
	if (what)
		return err_set(err, ERR_FORMAT, "'%s' and '%s' do not belong "
			       "together: another %s", name_a, name_b, what);
	if (!b->result.tree.nr_shards)
		return err_set(err, ERR_FORMAT, "'%s' and '%s' are both whole; "
			       "there is nothing to merge", name_a, name_b);
	return 0;
}

/* ---- shards ---- */

static int take_shards(const struct report_file *in, const char *const *names,
		       size_t nr, struct tree_info *t, struct arena *a,
		       struct err *err)
{
	size_t *owner;
	uint32_t *v;

	if (!t->nr_shards)
		return 0;
	owner = ARENA_ARRAY(a, size_t, t->shards_of + 1);
	v = ARENA_ARRAY(a, uint32_t, t->shards_of);
	for (size_t i = 0; i < nr; i++) {
		const struct tree_info *one = &in[i].result.tree;

		for (size_t j = 0; j < one->nr_shards; j++) {
			size_t *o = &owner[one->shards[j]];

			if (*o)
				return err_set(err, ERR_FORMAT,
					       "shard %u is in both '%s' and "
					       "'%s'",
					       (unsigned int)one->shards[j],
					       names[*o - 1], names[i]);
			*o = i + 1;
		}
	}
	t->nr_shards = 0;
	for (uint32_t i = 1; i <= t->shards_of; i++)
		if (owner[i])
			v[t->nr_shards++] = i;
	t->shards = v;
	return 0;
}

/* All there: then it is the whole report, and must have all sites. */
static int finish_whole(struct result *r, struct err *err)
{
	struct tree_info *t = &r->tree;

	if (t->nr_shards && t->nr_shards == t->shards_of) {
		t->nr_shards = 0;
		t->shards_of = 0;
		t->shards = NULL;
	}
	if (!t->nr_shards && !t->nr_paths && r->nr_sites != r->coverage.sites)
		return err_set(err, ERR_FORMAT, "all shards together have %zu "
			       "sites, but the tree has %llu", r->nr_sites,
			       (unsigned long long)r->coverage.sites);
	return 0;
}

/* ---- contents ---- */

static int cmp_u32(uint32_t a, uint32_t b)
{
	return a < b ? -1 : a > b;
}

static int cmp_sites(const void *va, const void *vb)
{
	const struct result_site *a = va, *b = vb;
	int c = strcmp(a->path, b->path);

	if (!c)
		c = cmp_u32(a->line, b->line);
	if (!c)
		c = cmp_u32(a->column, b->column);
	if (!c)
		c = strcmp(a->function, b->function);
	if (!c)
		c = strcmp(a->callee, b->callee);
	if (!c)
		c = strcmp(a->mask, b->mask);
	return c ? c : strcmp(a->id, b->id);
}

static int cmp_findings(const void *va, const void *vb)
{
	const struct result_finding *a = va, *b = vb;
	int c = strcmp(a->path, b->path);

	if (!c)
		c = cmp_u32(a->line, b->line);
	if (!c)
		c = cmp_u32(a->column, b->column);
	if (!c)
		c = cmp_u32(a->rule, b->rule);
	if (!c)
		c = strcmp(a->function, b->function);
	if (!c)
		c = strcmp(a->message, b->message);
	return c ? c : strcmp(a->id, b->id);
}

static void take_contents(const struct report_file *in, size_t nr,
			  struct result *out)
{
	size_t sites = 0, findings = 0;

	for (size_t i = 0; i < nr; i++) {
		sites += in[i].result.nr_sites;
		findings += in[i].result.nr_findings;
	}
	out->sites = ARENA_ARRAY(&out->arena, struct result_site, sites);
	out->findings = ARENA_ARRAY(&out->arena, struct result_finding,
				    findings);
	for (size_t i = 0; i < nr; i++) {
		const struct result *r = &in[i].result;

		if (r->nr_sites)
			memcpy(out->sites + out->nr_sites, r->sites,
			       r->nr_sites * sizeof(*r->sites));
		if (r->nr_findings)
			memcpy(out->findings + out->nr_findings, r->findings,
			       r->nr_findings * sizeof(*r->findings));
		out->nr_sites += r->nr_sites;
		out->nr_findings += r->nr_findings;
	}
	if (sites)
		qsort(out->sites, sites, sizeof(*out->sites), cmp_sites);
	if (findings)
		qsort(out->findings, findings, sizeof(*out->findings),
		      cmp_findings);
}

/* A site has one id; two with the same are no shards of one tree. */
static int check_ids(const struct result *r, struct err *err)
{
	for (size_t i = 1; i < r->nr_sites; i++)
		if (!strcmp(r->sites[i - 1].id, r->sites[i].id))
			return err_set(err, ERR_FORMAT, "site %s of %s is in "
				       "two of the reports", r->sites[i].id,
				       r->sites[i].path);
	return 0;
}

static int cmp_site_lists(const struct result_site **a, size_t nr_a,
			  const struct result_site **b, size_t nr_b)
{
	for (size_t i = 0; i < nr_a && i < nr_b; i++) {
		int c = cmp_sites(a[i], b[i]);

		if (c)
			return c;
	}
	return nr_a < nr_b ? -1 : nr_a > nr_b;
}

static int cmp_proposals(const void *va, const void *vb)
{
	const struct proposal *a = va, *b = vb;
	int c = cmp_site_lists(a->sites, a->nr_sites, b->sites, b->nr_sites);

	return c ? c : strcmp(a->id, b->id);
}

static int cmp_refusals(const void *va, const void *vb)
{
	const struct refusal *a = va, *b = vb;
	int c = cmp_site_lists(a->sites, a->nr_sites, b->sites, b->nr_sites);

	return c ? c : strcmp(a->why, b->why);
}

static void take_proposals(const struct report_file *in, size_t nr,
			   struct proposals *out)
{
	for (size_t i = 0; i < nr; i++) {
		const struct proposals *p = &in[i].proposals;

		GROW_BY(out->v, out->nr, out->cap, p->nr);
		GROW_BY(out->refused, out->nr_refused, out->cap_refused,
			p->nr_refused);
		for (size_t j = 0; j < p->nr; j++)
			out->v[out->nr++] = p->v[j];
		for (size_t j = 0; j < p->nr_refused; j++)
			out->refused[out->nr_refused++] = p->refused[j];
	}
	if (nr < 2)
		return;
	if (out->nr)
		qsort(out->v, out->nr, sizeof(*out->v), cmp_proposals);
	if (out->nr_refused)
		qsort(out->refused, out->nr_refused, sizeof(*out->refused),
		      cmp_refusals);
}

int merge_reports(const struct report_file *in, const char *const *names,
		  size_t nr, struct report_file *out, struct err *err)
{
	struct result *r = &out->result;
	int rc = 0;

	BUG_ON(!nr);
	for (size_t i = 0; i < nr && !rc; i++) {
		rc = check_one(&in[i], names[i], err);
		if (!rc && i)
			rc = check_pair(&in[0], names[0], &in[i], names[i],
					err);
	}
	if (rc)
		return rc;
	out->version = in[0].version;
	out->spatch = in[0].spatch;
	r->knowledge = in[0].result.knowledge;
	r->tree = in[0].result.tree;
	r->coverage = in[0].result.coverage;
	rc = take_shards(in, names, nr, &r->tree, &r->arena, err);
	if (rc)
		return rc;
	take_contents(in, nr, r);
	take_proposals(in, nr, &out->proposals);
	rc = check_ids(r, err);
	return rc ? rc : finish_whole(r, err);
}
