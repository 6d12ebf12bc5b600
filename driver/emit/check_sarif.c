// SPDX-License-Identifier: GPL-2.0-only
/*
 * What semantic patches found, as SARIF 2.1.0: a rule for each patch, a result
 * for each hit, and a notification for what was not understood or finished.
 */
#include "emit/check_report.h"

#include <string.h>

#include "base/digest.h"
#include "base/version.h"
#include "emit/jsonw.h"
#include "emit/sarif.h"

static void put_text(struct jsonw *w, const char *key, const char *text)
{
	jsonw_object_flat(w, key);
	jsonw_str(w, "text", text[0] ? text : "(no text)");
	jsonw_end(w);
}

static void put_rule(struct jsonw *w, const struct smpl *s)
{
	jsonw_object(w, NULL);
	jsonw_str(w, "id", s->name);
	put_text(w, "shortDescription", s->about[0] ? s->about : s->name);
	jsonw_object_flat(w, "properties");
	jsonw_str(w, "confidence", s->confidence);
	jsonw_str(w, "sha256", s->digest);
	jsonw_end(w);
	jsonw_end(w);
}

static void put_region(struct jsonw *w, const struct check_item *it)
{
	if (!it->line)
		return;
	jsonw_object_flat(w, "region");
	jsonw_uint(w, "startLine", it->line);
	if (it->column)
		jsonw_uint(w, "startColumn", it->column);
	if (it->end_column > it->column && it->column)
		jsonw_uint(w, "endColumn", it->end_column);
	jsonw_end(w);
}

static void put_location(struct jsonw *w, const struct check_item *it)
{
	jsonw_array(w, "locations");
	jsonw_object_flat(w, NULL);
	jsonw_object_flat(w, "physicalLocation");
	sarif_put_uri(w, it->path);
	put_region(w, it);
	jsonw_end(w);
	if (it->function[0]) {
		jsonw_array_flat(w, "logicalLocations");
		jsonw_object_flat(w, NULL);
		jsonw_str(w, "name", it->function);
		jsonw_str(w, "kind", "function");
		jsonw_end(w);
		jsonw_end(w);
	}
	jsonw_end(w);
	jsonw_end(w);
}

static const char *level_of(const struct smpl *s)
{
	if (!strcmp(s->confidence, "High"))
		return "error";
	return strcmp(s->confidence, "Low") ? "warning" : "note";
}

/* Stays when code moves: rule, path, function, message, number among equals. */
static void put_fingerprint(struct jsonw *w, const struct check_result *r,
			    size_t i)
{
	const struct check_item *it = &r->items[i];
	struct digest *d = digest_new();
	uint32_t n = 0;
	char id[17];

	for (size_t k = i; k && !strcmp(r->items[k - 1].path, it->path); k--) {
		const struct check_item *b = &r->items[k - 1];

		n += b->kind == FOUND_HIT && b->rule == it->rule &&
		     !strcmp(b->function, it->function);
	}
	digest_adds(d, r->rules[it->rule].smpl.name);
	digest_adds(d, it->path);
	digest_adds(d, it->function);
	digest_add(d, &n, sizeof(n));
	digest_hex(d, id, 16);
	jsonw_object_flat(w, "partialFingerprints");
	jsonw_str(w, "gfpscopeCheckId/v1", id);
	jsonw_end(w);
}

static void put_result(struct jsonw *w, const struct check_result *r,
		       size_t i)
{
	const struct check_item *it = &r->items[i];
	const struct smpl *s = &r->rules[it->rule].smpl;

	jsonw_object(w, NULL);
	jsonw_str(w, "ruleId", s->name);
	jsonw_uint(w, "ruleIndex", it->rule);
	jsonw_str(w, "level", level_of(s));
	put_text(w, "message", it->text);
	put_location(w, it);
	put_fingerprint(w, r, i);
	jsonw_end(w);
}

static void put_notification(struct jsonw *w, const struct check_item *it)
{
	struct strbuf text = STRBUF_INIT;
	bool failed = it->kind == FOUND_FAILED;

	if (failed)
		strbuf_addf(&text, "not finished: %s", it->text);
	else
		strbuf_addf(&text, "not understood by Coccinelle%s%s%s%s",
			    it->function[0] ? ", in " : "", it->function,
			    it->function[0] ? "()" : "",
			    it->matters ? ", has words of the rule" : "");
	jsonw_object(w, NULL);
	jsonw_str(w, "level", failed ? "error" :
		  it->matters ? "warning" : "note");
	put_text(w, "message", text.buf);
	put_location(w, it);
	jsonw_end(w);
	strbuf_release(&text);
}

static void put_invocation(struct jsonw *w, const struct check_result *r)
{
	bool done = true;

	for (size_t i = 0; i < r->nr_items; i++)
		done &= r->items[i].kind != FOUND_FAILED;
	jsonw_array(w, "invocations");
	jsonw_object(w, NULL);
	jsonw_bool(w, "executionSuccessful", done);
	jsonw_array(w, "toolExecutionNotifications");
	for (size_t i = 0; i < r->nr_items; i++)
		if (r->items[i].kind == FOUND_FAILED ||
		    r->items[i].kind == FOUND_UNPARSED)
			put_notification(w, &r->items[i]);
	jsonw_end(w);
	jsonw_end(w);
	jsonw_end(w);
}

static void put_provenance(struct jsonw *w, const struct check_report *r)
{
	jsonw_object_flat(w, "originalUriBaseIds");
	jsonw_object_flat(w, "SRCROOT");
	put_text(w, "description", "The top of the kernel tree.");
	jsonw_end(w);
	jsonw_end(w);
	jsonw_str(w, "columnKind", "unicodeCodePoints");
	if (!r->repo_uri[0])
		return;
	jsonw_array(w, "versionControlProvenance");
	jsonw_object_flat(w, NULL);
	jsonw_str(w, "repositoryUri", r->repo_uri);
	if (r->tree->revision && r->tree->revision[0])
		jsonw_str(w, "revisionId", r->tree->revision);
	jsonw_object_flat(w, "mappedTo");
	jsonw_str(w, "uriBaseId", "SRCROOT");
	jsonw_end(w);
	jsonw_end(w);
	jsonw_end(w);
}

static void put_driver(struct jsonw *w, const struct check_report *r)
{
	jsonw_object(w, "tool");
	jsonw_object(w, "driver");
	jsonw_str(w, "name", "gfpscope check");
	jsonw_str(w, "version", GFPSCOPE_VERSION);
	jsonw_str(w, "semanticVersion", GFPSCOPE_VERSION);
	jsonw_array(w, "rules");
	for (size_t i = 0; i < r->result->nr_rules; i++)
		put_rule(w, &r->result->rules[i].smpl);
	jsonw_end(w);
	jsonw_end(w);
	jsonw_end(w);
}

void emit_check_sarif(FILE *f, const struct check_report *r)
{
	struct jsonw w;

	jsonw_init(&w, f);
	jsonw_object(&w, NULL);
	jsonw_str(&w, "$schema",
		  "https://json.schemastore.org/sarif-2.1.0.json");
	jsonw_str(&w, "version", "2.1.0");
	jsonw_array(&w, "runs");
	jsonw_object(&w, NULL);
	put_driver(&w, r);
	put_invocation(&w, r->result);
	put_provenance(&w, r);
	jsonw_array(&w, "results");
	for (size_t i = 0; i < r->result->nr_items; i++)
		if (r->result->items[i].kind == FOUND_HIT)
			put_result(&w, r->result, i);
	jsonw_end(&w);
	jsonw_end(&w);
	jsonw_end(&w);
	jsonw_end(&w);
}
