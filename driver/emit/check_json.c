// SPDX-License-Identifier: GPL-2.0-only
/*
 * What semantic patches found, as JSON; reports/schema/ describes it.
 */
#include "emit/check_report.h"

#include "base/version.h"
#include "emit/jsonw.h"

static void put_tree(struct jsonw *w, const struct tree_info *t)
{
	jsonw_object(w, "tree");
	jsonw_str(w, "revision", t->revision ? t->revision : "");
	jsonw_str(w, "describe", t->describe ? t->describe : "");
	jsonw_str(w, "kernel", t->kernel ? t->kernel : "");
	jsonw_array_flat(w, "paths");
	for (size_t i = 0; i < t->nr_paths; i++)
		jsonw_str(w, NULL, t->paths[i]);
	jsonw_end(w);
	jsonw_end(w);
}

static void put_rule(struct jsonw *w, const struct check_result *r,
		     uint32_t i)
{
	const struct check_rule *rule = &r->rules[i];

	jsonw_object(w, NULL);
	jsonw_str(w, "name", rule->smpl.name);
	jsonw_str(w, "sha256", rule->smpl.digest);
	jsonw_str(w, "mode", smpl_mode_name(rule->smpl.mode));
	jsonw_str(w, "about", rule->smpl.about);
	jsonw_str(w, "confidence", rule->smpl.confidence);
	jsonw_str(w, "ignored_options", rule->ignored);
	jsonw_str(w, "skipped", rule->skipped);
	jsonw_uint(w, "files", rule->files);
	jsonw_uint(w, "hits", check_rule_hits(r, i));
	jsonw_end(w);
}

static void put_coverage(struct jsonw *w, const struct check_result *r)
{
	struct check_counts c;

	check_count(r, &c);
	jsonw_object(w, "coverage");
	jsonw_uint(w, "files", r->nr_files);
	jsonw_uint(w, "unfinished", c.failed);
	jsonw_uint(w, "functions_unparsed", c.unparsed);
	jsonw_uint(w, "functions_unparsed_that_matter", c.matter);
	jsonw_uint(w, "unparsed_elsewhere", c.elsewhere);
	jsonw_end(w);
}

static const char *rule_name_of(const struct check_result *r,
				const struct check_item *it)
{
	return it->rule < r->nr_rules ? r->rules[it->rule].smpl.name : NULL;
}

static void put_item(struct jsonw *w, const struct check_result *r,
		     const struct check_item *it)
{
	bool place = it->kind == FOUND_HIT || it->kind == FOUND_UNPARSED;

	jsonw_object(w, NULL);
	jsonw_str(w, "rule", rule_name_of(r, it));
	jsonw_str(w, "path", it->path);
	if (place) {
		jsonw_uint(w, "line", it->line);
		if (it->kind == FOUND_HIT) {
			jsonw_uint(w, "column", it->column);
			jsonw_uint(w, "end_column", it->end_column);
		}
		jsonw_str(w, "function", it->function);
	}
	switch ((enum check_kind)it->kind) {
	case FOUND_HIT:
		jsonw_str(w, "message", it->text);
		break;
	case FOUND_DIFF:
		jsonw_latin1(w, "diff", it->text);
		break;
	case FOUND_FAILED:
		jsonw_str(w, "why", it->text);
		break;
	case FOUND_UNPARSED:
		jsonw_bool(w, "matters", it->matters);
		jsonw_str(w, "text", it->text);
		break;
	case FOUND_OUTPUT:
		jsonw_str(w, "text", it->text);
		break;
	}
	jsonw_end(w);
}

static void put_items(struct jsonw *w, const char *key,
		      const struct check_result *r, enum check_kind kind)
{
	jsonw_array(w, key);
	for (size_t i = 0; i < r->nr_items; i++)
		if (r->items[i].kind == kind)
			put_item(w, r, &r->items[i]);
	jsonw_end(w);
}

void emit_check_json(FILE *f, const struct check_report *r)
{
	struct jsonw w;

	jsonw_init(&w, f);
	jsonw_object(&w, NULL);
	jsonw_str(&w, "schema", "gfpscope-check/1");
	jsonw_object_flat(&w, "tool");
	jsonw_str(&w, "name", "gfpscope");
	jsonw_str(&w, "version", GFPSCOPE_VERSION);
	jsonw_str(&w, "spatch", r->spatch);
	jsonw_end(&w);
	put_tree(&w, r->tree);
	jsonw_array(&w, "rules");
	for (uint32_t i = 0; i < r->result->nr_rules; i++)
		put_rule(&w, r->result, i);
	jsonw_end(&w);
	put_coverage(&w, r->result);
	put_items(&w, "hits", r->result, FOUND_HIT);
	put_items(&w, "diffs", r->result, FOUND_DIFF);
	put_items(&w, "output", r->result, FOUND_OUTPUT);
	put_items(&w, "unparsed", r->result, FOUND_UNPARSED);
	put_items(&w, "unfinished", r->result, FOUND_FAILED);
	jsonw_end(&w);
}
