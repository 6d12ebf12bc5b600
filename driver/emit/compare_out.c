// SPDX-License-Identifier: GPL-2.0-only
/*
 * What changed between two results, as lines and as JSON. What is unchanged
 * is counted, not listed.
 */
#include "emit/compare_out.h"
#include "emit/jsonw.h"
#include "emit/report.h"
#include "emit/text.h"

static const char *tree_name(const struct tree_info *t)
{
	return t->describe[0] ? t->describe : t->revision[0] ? t->revision
							     : "a directory";
}

static void put_counts(FILE *f, const char *what, const size_t *by_kind)
{
	static const enum delta_kind order[] = {
		DELTA_NEW, DELTA_GONE, DELTA_CHANGED, DELTA_MOVED,
		DELTA_UNCHANGED,
	};

	fprintf(f, "%s:", what);
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		fprintf(f, "%s %zu %s", i ? "," : "", by_kind[order[i]],
			delta_name(order[i]));
	fputc('\n', f);
}

static void put_site(FILE *f, const struct delta_site *d)
{
	const struct result_site *s = d->now ? d->now : d->before;

	text_put(f, s->path);
	fprintf(f, ":%u:%u: %s", (unsigned int)s->line,
		(unsigned int)s->column, delta_name(d->kind));
	if (d->kind == DELTA_CHANGED)
		fprintf(f, " from %s", verdict_name(d->before->verdict));
	if (d->kind == DELTA_MOVED) {
		fputs(" from ", f);
		text_put(f, d->before->path);
		fprintf(f, ":%u, ", (unsigned int)d->before->line);
		text_put(f, d->before->function);
		fputs("()", f);
	}
	fputs(": ", f);
	text_put_site(f, s);
	fputc('\n', f);
}

static void put_finding(FILE *f, const struct delta_finding *d)
{
	const struct result_finding *v = d->now ? d->now : d->before;

	text_put(f, v->path);
	fprintf(f, ":%u:%u: %s: ", (unsigned int)v->line,
		(unsigned int)v->column, delta_name(d->kind));
	text_put_finding(f, v);
	fputc('\n', f);
}

void compare_put_text(FILE *f, const struct delta *d,
		      const struct result *before, const struct result *now)
{
	fputs("from ", f);
	text_put(f, tree_name(&before->tree));
	fputs(" to ", f);
	text_put(f, tree_name(&now->tree));
	fputc('\n', f);
	put_counts(f, "sites", d->sites_by_kind);
	put_counts(f, "findings", d->findings_by_kind);
	for (size_t i = 0; i < d->nr_findings; i++)
		if (d->findings[i].kind != DELTA_UNCHANGED)
			put_finding(f, &d->findings[i]);
	for (size_t i = 0; i < d->nr_sites; i++)
		if (d->sites[i].kind != DELTA_UNCHANGED)
			put_site(f, &d->sites[i]);
}

static void json_tree(struct jsonw *w, const char *key,
		      const struct tree_info *t)
{
	jsonw_object_flat(w, key);
	jsonw_str(w, "revision", t->revision);
	jsonw_str(w, "describe", t->describe);
	jsonw_str(w, "kernel", t->kernel);
	jsonw_end(w);
}

static void json_counts(struct jsonw *w, const char *key,
			const size_t *by_kind)
{
	jsonw_object_flat(w, key);
	for (int i = DELTA_UNCHANGED; i < DELTA_NR; i++)
		jsonw_uint(w, delta_name(i), by_kind[i]);
	jsonw_end(w);
}

static void json_side(struct jsonw *w, const char *key,
		      const struct result_site *s)
{
	if (!s) {
		jsonw_null(w, key);
		return;
	}
	jsonw_object_flat(w, key);
	jsonw_str(w, "id", s->id);
	jsonw_str(w, "path", s->path);
	jsonw_uint(w, "line", s->line);
	jsonw_str(w, "function", s->function);
	jsonw_str(w, "callee", s->callee);
	jsonw_str(w, "mask", s->mask);
	jsonw_str(w, "verdict", verdict_name(s->verdict));
	jsonw_end(w);
}

static void json_finding_side(struct jsonw *w, const char *key,
			      const struct result_finding *v)
{
	if (!v) {
		jsonw_null(w, key);
		return;
	}
	jsonw_object_flat(w, key);
	jsonw_str(w, "id", v->id);
	jsonw_str(w, "path", v->path);
	jsonw_uint(w, "line", v->line);
	jsonw_str(w, "function", v->function);
	jsonw_str(w, "rule", rule_name(v->rule));
	jsonw_str(w, "message", v->message);
	jsonw_end(w);
}

void compare_put_json(FILE *f, const struct delta *d,
		      const struct result *before, const struct result *now)
{
	struct jsonw w;

	jsonw_init(&w, f);
	jsonw_object(&w, NULL);
	jsonw_str(&w, "schema", "gfpscope-compare/1");
	json_tree(&w, "before", &before->tree);
	json_tree(&w, "now", &now->tree);
	json_counts(&w, "sites_by_kind", d->sites_by_kind);
	json_counts(&w, "findings_by_kind", d->findings_by_kind);
	jsonw_array(&w, "sites");
	for (size_t i = 0; i < d->nr_sites; i++) {
		if (d->sites[i].kind == DELTA_UNCHANGED)
			continue;
		jsonw_object(&w, NULL);
		jsonw_str(&w, "kind", delta_name(d->sites[i].kind));
		json_side(&w, "before", d->sites[i].before);
		json_side(&w, "now", d->sites[i].now);
		jsonw_end(&w);
	}
	jsonw_end(&w);
	jsonw_array(&w, "findings");
	for (size_t i = 0; i < d->nr_findings; i++) {
		if (d->findings[i].kind == DELTA_UNCHANGED)
			continue;
		jsonw_object(&w, NULL);
		jsonw_str(&w, "kind", delta_name(d->findings[i].kind));
		json_finding_side(&w, "before", d->findings[i].before);
		json_finding_side(&w, "now", d->findings[i].now);
		jsonw_end(&w);
	}
	jsonw_end(&w);
	jsonw_end(&w);
}
