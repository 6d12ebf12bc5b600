// SPDX-License-Identifier: GPL-2.0-only
/*
 * The report as SARIF 2.1.0, for code hosts and editors.
 *
 * In: the sorted result. Out: one run; a rule for each verdict and each kind
 * of finding; evidence and reclaim chains as code flows; proposals as fixes.
 * A site that is to stay as it is passes, an unknown one is open, one that a
 * person must judge is for review: none of these is an alarm.
 */
#include "emit/report.h"

#include <string.h>

#include "base/mem.h"
#include "base/version.h"
#include "emit/jsonw.h"
#include "emit/sarif.h"

struct sarif_rule {
	const char *id, *name, *brief, *help;
};

static const struct sarif_rule site_rules[VERDICT_NR] = {
	[VERDICT_REDUNDANT] = { "redundant", "RedundantRestriction",
		"The allocation's restriction is implied by an open scope.",
		"On every path to this allocation a memalloc_nofs_save() or "
		"memalloc_noio_save() scope at least as strong is open, "
		"directly or through a transaction that opens one. The flag "
		"can be dropped." },
	[VERDICT_UNNEEDED] = { "unneeded", "UnneededRestriction",
		"Nothing that reclaim waits for is held here.",
		"On no path to this allocation is a lock, transaction or "
		"other resource held that reclaim can wait for. The "
		"restriction only makes reclaim weaker; the flag can be "
		"dropped." },
	[VERDICT_INSTANCE] = { "instance", "InstanceLockOnly",
		"Only locks of objects that reclaim should not hold are held.",
		"All that is held are locks of objects which are in use and "
		"which reclaim therefore does not pick. Somebody who knows "
		"the subsystem must agree before the flag is dropped." },
	[VERDICT_NOLOCKDEP] = { "nolockdep", "RestrictionForLockdep",
		"The restriction is there to keep lockdep quiet.",
		"The allocation is safe, but lockdep cannot tell the objects "
		"apart. GFP_KERNEL | __GFP_NOLOCKDEP says what is meant." },
	[VERDICT_SCOPE] = { "scope", "ScopeAtCriticalSection",
		"The restriction belongs to the critical section.",
		"What needs the restriction is a lock or transaction that is "
		"held here. A scope where it is taken covers every allocation "
		"inside, also those that have no flag today." },
	[VERDICT_VMALLOC] = { "vmalloc", "VmallocIgnoresRestriction",
		"vmalloc of this kernel does not honour the restriction.",
		"Before 5.17 the vmalloc family allocates page tables with "
		"GFP_KERNEL whatever it is told; only a scope helps." },
	[VERDICT_NOOP] = { "noop", "RestrictionWithoutEffect",
		"The mask restricts nothing.",
		"GFP_NOFS or GFP_NOIO or-ed to a mask that has __GFP_FS "
		"changes nothing. Either the restriction is meant and the "
		"other word is wrong, or it can go." },
	[VERDICT_KEEP] = { "keep", "RestrictionNeeded",
		"The restriction is needed and right as it is.",
		"The evidence shows what needs it." },
	[VERDICT_UNKNOWN] = { "unknown", "RestrictionNotDecided",
		"It is not proven whether the restriction is needed.",
		"What was not known is listed. The site is never patched." },
};

static const struct sarif_rule finding_rules[RULE_NR] = {
	[RULE_MISSING_SCOPE] = { "missing-scope", "MissingScope",
		"An allocation may recurse into what is held.",
		"The allocation may enter reclaim, and reclaim may wait for a "
		"resource that is held here, with no scope open: a deadlock "
		"under memory pressure. Open a scope where the resource is "
		"taken." },
	[RULE_UNBALANCED_SCOPE] = { "unbalanced-scope", "UnbalancedScope",
		"A path leaves a scope open or restores what was not saved.",
		"A task that leaves a function inside its scope keeps the "
		"restriction for good; a restore without its save clears a "
		"caller's." },
	[RULE_UNPAIRED_LOCK] = { "unpaired-lock", "LockWithoutItsScope",
		"A lock that has a scope elsewhere has none here.",
		"At most of its places this lock is taken together with a "
		"scope. Either the scope is missing here or it is needless "
		"there." },
};

static void put_rule(struct jsonw *w, const struct sarif_rule *r,
		     const char *level)
{
	jsonw_object(w, NULL);
	jsonw_str(w, "id", r->id);
	jsonw_str(w, "name", r->name);
	jsonw_object_flat(w, "shortDescription");
	jsonw_str(w, "text", r->brief);
	jsonw_end(w);
	jsonw_object_flat(w, "fullDescription");
	jsonw_str(w, "text", r->help);
	jsonw_end(w);
	jsonw_object_flat(w, "help");
	jsonw_str(w, "text", r->help);
	jsonw_str(w, "markdown", r->help);
	jsonw_end(w);
	jsonw_object_flat(w, "defaultConfiguration");
	jsonw_str(w, "level", level);
	jsonw_end(w);
	jsonw_object_flat(w, "properties");
	jsonw_array_flat(w, "tags");
	jsonw_str(w, NULL, "memory-reclaim");
	jsonw_end(w);
	jsonw_end(w);
	jsonw_end(w);
}

static const char *kind_of(enum verdict v)
{
	switch (v) {
	case VERDICT_KEEP:
		return "pass";
	case VERDICT_UNKNOWN:
		return "open";
	case VERDICT_INSTANCE:
		return "review";
	default:
		return "fail";
	}
}

static void put_driver(struct jsonw *w)
{
	jsonw_object(w, "tool");
	jsonw_object(w, "driver");
	jsonw_str(w, "name", "gfpscope");
	jsonw_str(w, "version", GFPSCOPE_VERSION);
	jsonw_str(w, "semanticVersion", GFPSCOPE_VERSION);
	jsonw_array(w, "rules");
	for (int i = 0; i < VERDICT_NR; i++)
		put_rule(w, &site_rules[i],
			 strcmp(kind_of(i), "fail") == 0 ? "warning" : "none");
	for (int i = 0; i < RULE_NR; i++)
		put_rule(w, &finding_rules[i], "warning");
	jsonw_end(w);
	jsonw_end(w);
	jsonw_end(w);
}

static void put_run_details(struct jsonw *w, const struct report *r)
{
	const struct tree_info *t = &r->result->tree;
	char id[256];

	snprintf(id, sizeof(id), "gfpscope/%s/", t->describe[0] ? t->describe
		 : t->revision[0] ? t->revision : "directory");
	jsonw_object_flat(w, "automationDetails");
	jsonw_str(w, "id", id);
	jsonw_end(w);
	if (r->repo_uri[0]) {
		jsonw_array(w, "versionControlProvenance");
		jsonw_object_flat(w, NULL);
		jsonw_str(w, "repositoryUri", r->repo_uri);
		if (t->revision[0])
			jsonw_str(w, "revisionId", t->revision);
		jsonw_object_flat(w, "mappedTo");
		jsonw_str(w, "uriBaseId", "SRCROOT");
		jsonw_end(w);
		jsonw_end(w);
		jsonw_end(w);
	}
	jsonw_object_flat(w, "originalUriBaseIds");
	jsonw_object_flat(w, "SRCROOT");
	jsonw_object_flat(w, "description");
	jsonw_str(w, "text", "The top of the kernel tree.");
	jsonw_end(w);
	jsonw_end(w);
	jsonw_end(w);
	jsonw_str(w, "columnKind", "unicodeCodePoints");
	jsonw_object_flat(w, "properties");
	jsonw_str(w, "revision", t->revision);
	jsonw_str(w, "kernel", t->kernel);
	jsonw_end(w);
}

void sarif_put_uri(struct jsonw *w, const char *path)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789-._~/+,@";
	struct strbuf sb = STRBUF_INIT;

	for (; *path; path++) {
		if (strchr(plain, *path))
			strbuf_addc(&sb, *path);
		else
			strbuf_addf(&sb, "%%%02X",
				    (unsigned int)(unsigned char)*path);
	}
	jsonw_object_flat(w, "artifactLocation");
	jsonw_str(w, "uri", sb.buf);
	jsonw_str(w, "uriBaseId", "SRCROOT");
	jsonw_end(w);
	strbuf_release(&sb);
}

/* @line 0: the whole file; @col 0: the whole line. */
static void put_location(struct jsonw *w, const char *key, const char *path,
			 uint32_t line, uint32_t col, const char *function,
			 const char *text)
{
	jsonw_object_flat(w, key);
	jsonw_object_flat(w, "physicalLocation");
	sarif_put_uri(w, path);
	if (line) {
		jsonw_object_flat(w, "region");
		jsonw_uint(w, "startLine", line);
		if (col)
			jsonw_uint(w, "startColumn", col);
		jsonw_end(w);
	}
	jsonw_end(w);
	if (function[0]) {
		jsonw_array_flat(w, "logicalLocations");
		jsonw_object_flat(w, NULL);
		jsonw_str(w, "name", function);
		jsonw_str(w, "kind", "function");
		jsonw_end(w);
		jsonw_end(w);
	}
	if (text) {
		jsonw_object_flat(w, "message");
		jsonw_str(w, "text", text[0] ? text : "(no text)");
		jsonw_end(w);
	}
	jsonw_end(w);
}

static void put_flow(struct jsonw *w, const char *text,
		     const struct chain *c)
{
	if (!c->nr)
		return;
	jsonw_object(w, NULL);
	jsonw_object_flat(w, "message");
	jsonw_str(w, "text", text);
	jsonw_end(w);
	jsonw_array(w, "threadFlows");
	jsonw_object(w, NULL);
	jsonw_array(w, "locations");
	for (size_t i = 0; i < c->nr; i++) {
		const struct step *s = &c->steps[i];

		jsonw_object_flat(w, NULL);
		put_location(w, "location", s->path, s->line, 0, s->function,
			     s->text);
		jsonw_array_flat(w, "kinds");
		jsonw_str(w, NULL, s->event);
		jsonw_end(w);
		jsonw_end(w);
	}
	jsonw_end(w);
	jsonw_end(w);
	jsonw_end(w);
	jsonw_end(w);
}

static void put_flows(struct jsonw *w, const struct chain *evidence,
		      const struct chain *reclaim)
{
	if (!evidence->nr && !reclaim->nr)
		return;
	jsonw_array(w, "codeFlows");
	put_flow(w, "From an entry point to here.", evidence);
	put_flow(w, "From reclaim to the same resource.", reclaim);
	jsonw_end(w);
}

static void put_marks(struct jsonw *w, const struct mark *m)
{
	static const char *const states[DELTA_NR] = {
		[DELTA_UNCHANGED] = "unchanged", [DELTA_NEW] = "new",
		[DELTA_GONE] = "absent", [DELTA_CHANGED] = "updated",
		[DELTA_MOVED] = "updated",
	};
	bool rejected = m->decision && m->decision->kind == DECIDE_REJECT;

	if (m->delta != DELTA_NONE)
		jsonw_str(w, "baselineState", states[m->delta]);
	if (!m->suppressed && !rejected)
		return;
	jsonw_array(w, "suppressions");
	if (m->suppressed) {
		jsonw_object_flat(w, NULL);
		jsonw_str(w, "kind", "external");
		jsonw_str(w, "status", "accepted");
		jsonw_str(w, "justification", m->suppressed->reason);
		jsonw_end(w);
	}
	if (rejected) {
		jsonw_object_flat(w, NULL);
		jsonw_str(w, "kind", "external");
		jsonw_str(w, "status", "accepted");
		jsonw_str(w, "justification", m->decision->why[0] ?
			  m->decision->why : "rejected in review");
		jsonw_end(w);
	}
	jsonw_end(w);
}

static void put_head(struct jsonw *w, const char *rule, size_t index,
		     const char *kind, const char *level, const char *text)
{
	jsonw_object(w, NULL);
	jsonw_str(w, "ruleId", rule);
	jsonw_uint(w, "ruleIndex", index);
	jsonw_str(w, "kind", kind);
	jsonw_str(w, "level", level);
	jsonw_object_flat(w, "message");
	jsonw_str(w, "text", text[0] ? text : rule);
	jsonw_end(w);
}

static void put_place(struct jsonw *w, const char *path, uint32_t line,
		      uint32_t column, const char *function, const char *id)
{
	jsonw_array(w, "locations");
	put_location(w, NULL, path, line, column, function, NULL);
	jsonw_end(w);
	jsonw_object_flat(w, "partialFingerprints");
	jsonw_str(w, "gfpscopeId/v1", id);
	jsonw_end(w);
}

static const char *site_level(const struct result_site *s)
{
	if (strcmp(kind_of(s->verdict), "fail") != 0)
		return "none";
	return s->confidence == CONF_HIGH ? "warning" : "note";
}

static void put_site(struct jsonw *w, const struct report *r, size_t i)
{
	const struct result_site *s = &r->result->sites[i];
	const struct proposal *p = proposal_of(r, s);

	put_head(w, site_rules[s->verdict].id, s->verdict,
		 kind_of(s->verdict), site_level(s), s->reason);
	put_place(w, s->path, s->line, s->column, s->function, s->id);
	put_flows(w, &s->evidence, &s->reclaim);
	/* One fix settles several sites: it stands at the first. */
	if (p && p->nr_sites && strcmp(p->sites[0]->id, s->id) == 0)
		sarif_put_fix(w, p);
	put_marks(w, report_site_mark(r, i));
	jsonw_object_flat(w, "properties");
	jsonw_str(w, "callee", s->callee);
	jsonw_str(w, "mask", s->mask);
	jsonw_str(w, "restriction", restriction_name(s->restriction));
	jsonw_str(w, "confidence", confidence_name(s->confidence));
	if (p)
		jsonw_str(w, "proposal", p->id);
	jsonw_end(w);
	jsonw_end(w);
}

static void put_finding(struct jsonw *w, const struct report *r, size_t i)
{
	static const char *const levels[CONF_NR] = {
		[CONF_HIGH] = "error", [CONF_MODERATE] = "warning",
		[CONF_LOW] = "note",
	};
	const struct result_finding *f = &r->result->findings[i];

	put_head(w, finding_rules[f->rule].id, VERDICT_NR + (size_t)f->rule,
		 "fail", levels[f->confidence], f->message);
	put_place(w, f->path, f->line, f->column, f->function, f->id);
	put_flows(w, &f->evidence, &f->reclaim);
	put_marks(w, report_finding_mark(r, i));
	jsonw_end(w);
}

static void put_gone(struct jsonw *w, const struct delta *d)
{
	static const struct mark gone = { .delta = DELTA_GONE };

	for (size_t i = 0; i < d->nr_sites; i++) {
		const struct result_site *s = d->sites[i].before;

		if (d->sites[i].kind != DELTA_GONE)
			continue;
		put_head(w, site_rules[s->verdict].id, s->verdict,
			 kind_of(s->verdict), site_level(s), s->reason);
		put_place(w, s->path, s->line, s->column, s->function, s->id);
		put_marks(w, &gone);
		jsonw_end(w);
	}
	for (size_t i = 0; i < d->nr_findings; i++) {
		const struct result_finding *f = d->findings[i].before;

		if (d->findings[i].kind != DELTA_GONE)
			continue;
		put_head(w, finding_rules[f->rule].id,
			 VERDICT_NR + (size_t)f->rule, "fail", "note",
			 f->message);
		put_place(w, f->path, f->line, f->column, f->function, f->id);
		put_marks(w, &gone);
		jsonw_end(w);
	}
}

int emit_sarif(FILE *f, const struct report *r, struct err *err)
{
	struct jsonw w;

	jsonw_init(&w, f);
	jsonw_object(&w, NULL);
	jsonw_str(&w, "$schema",
		  "https://json.schemastore.org/sarif-2.1.0.json");
	jsonw_str(&w, "version", "2.1.0");
	jsonw_array(&w, "runs");
	jsonw_object(&w, NULL);
	put_driver(&w);
	put_run_details(&w, r);
	jsonw_array(&w, "results");
	for (size_t i = 0; i < r->result->nr_sites; i++)
		put_site(&w, r, i);
	for (size_t i = 0; i < r->result->nr_findings; i++)
		put_finding(&w, r, i);
	if (r->marks && r->marks->delta)
		put_gone(&w, r->marks->delta);
	jsonw_end(&w);
	jsonw_end(&w);
	jsonw_end(&w);
	jsonw_end(&w);
	return 0;
}
