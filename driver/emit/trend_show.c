// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs in a row for people, spreadsheets and programs.
 */
#include "emit/trend.h"

#include "emit/compare.h"
#include "emit/csv.h"
#include "emit/jsonw.h"
#include "emit/table.h"


static void put_head(struct table *t)
{
	table_str(t, "date");
	table_str(t, "tree");
	table_str(t, "what");
	table_str(t, "kernel");
	for (int v = 0; v < VERDICT_NR; v++)
		table_str(t, verdict_name(v));
	table_str(t, "total");
	table_str(t, "open");
	table_str(t, "findings");
}

static void put_run(struct table *t, const struct trend_run *r)
{
	char date[16];

	trend_date(r, date);
	table_str(t, date);
	table_str(t, r->tree);
	table_str(t, trend_label(r));
	table_str(t, r->kernel);
	for (int v = 0; v < VERDICT_NR; v++)
		table_uint(t, r->sites[v]);
	table_uint(t, trend_total(r->sites, VERDICT_NR));
	table_uint(t, trend_open(r->sites));
	table_uint(t, trend_total(r->findings, RULE_NR));
}

void trend_text(FILE *f, const struct trend *t)
{
	struct table table;

	table_init(&table, VERDICT_NR + 7);
	put_head(&table);
	for (size_t i = 0; i < t->nr; i++)
		put_run(&table, &t->v[i]);
	table_put(f, &table, 4);
	table_release(&table);
}

static void csv_run(FILE *f, const struct trend_run *r,
		    const struct trend_dir *d)
{
	char date[16];

	trend_date(r, date);
	csv_str(f, r->tree);
	fputc(',', f);
	csv_str(f, r->revision);
	fputc(',', f);
	csv_str(f, r->describe);
	fputc(',', f);
	csv_str(f, r->kernel);
	fprintf(f, ",%s,", date);
	csv_str(f, d->dir[0] ? d->dir : ".");
	for (int v = 0; v < VERDICT_NR; v++)
		csv_uint(f, d->sites[v]);
	csv_uint(f, trend_total(d->sites, VERDICT_NR));
	csv_uint(f, trend_open(d->sites));
	for (int v = 0; v < RULE_NR; v++)
		csv_uint(f, d->findings[v]);
	fputc('\n', f);
}

void trend_csv(FILE *f, const struct trend *t)
{
	/* A run that found nothing still has a row, or it would be lost. */
	static const struct trend_dir nothing = { .dir = "" };

	fputs("tree,revision,describe,kernel,date,directory", f);
	for (int v = 0; v < VERDICT_NR; v++)
		fprintf(f, ",%s", verdict_name(v));
	fputs(",total,open", f);
	for (int v = 0; v < RULE_NR; v++)
		fprintf(f, ",%s", rule_name(v));
	fputc('\n', f);
	for (size_t i = 0; i < t->nr; i++) {
		for (size_t j = 0; j < t->v[i].nr_dirs; j++)
			csv_run(f, &t->v[i], &t->v[i].dirs[j]);
		if (!t->v[i].nr_dirs)
			csv_run(f, &t->v[i], &nothing);
	}
}

static void json_counts(struct jsonw *w, const uint64_t *sites,
			const uint64_t *findings)
{
	jsonw_object_flat(w, "sites");
	for (int v = 0; v < VERDICT_NR; v++)
		jsonw_uint(w, verdict_name(v), sites[v]);
	jsonw_end(w);
	jsonw_object_flat(w, "findings");
	for (int v = 0; v < RULE_NR; v++)
		jsonw_uint(w, rule_name(v), findings[v]);
	jsonw_end(w);
}

static void json_run(struct jsonw *w, const struct trend_run *r)
{
	jsonw_object(w, NULL);
	jsonw_str(w, "tree", r->tree);
	jsonw_str(w, "revision", r->revision);
	jsonw_str(w, "describe", r->describe);
	jsonw_str(w, "kernel", r->kernel);
	jsonw_str(w, "version", r->version);
	jsonw_str(w, "knowledge", r->knowledge);
	jsonw_str(w, "paths", r->paths);
	jsonw_int(w, "commit_time", r->commit_time);
	jsonw_int(w, "added", r->added);
	json_counts(w, r->sites, r->findings);
	jsonw_array(w, "directories");
	for (size_t i = 0; i < r->nr_dirs; i++) {
		jsonw_object_flat(w, NULL);
		jsonw_str(w, "directory", r->dirs[i].dir);
		json_counts(w, r->dirs[i].sites, r->dirs[i].findings);
		jsonw_end(w);
	}
	jsonw_end(w);
	jsonw_end(w);
}

/* What there was to do in each directory; the page tells how it went on. */
static void put_todo(struct jsonw *w, const struct trend_run *r)
{
	jsonw_object_flat(w, "todo");
	for (size_t i = 0; i < r->nr_dirs; i++) {
		uint64_t n = trend_open(r->dirs[i].sites);

		if (n)
			jsonw_uint(w, r->dirs[i].dir, n);
	}
	jsonw_end(w);
}

void trend_put_page(struct jsonw *w, const struct trend *t)
{
	jsonw_array(w, NULL);
	for (size_t i = 0; i < t->nr; i++) {
		const struct trend_run *r = &t->v[i];

		jsonw_object_flat(w, NULL);
		jsonw_str(w, "revision", r->revision);
		jsonw_str(w, "describe", r->describe);
		jsonw_int(w, "time", r->commit_time ? r->commit_time
						    : r->added);
		jsonw_object_flat(w, "summary");
		for (int v = 0; v < VERDICT_NR; v++)
			jsonw_uint(w, verdict_name(v), r->sites[v]);
		jsonw_end(w);
		jsonw_uint(w, "findings", trend_total(r->findings, RULE_NR));
		if (!i)
			put_todo(w, r);
		jsonw_end(w);
	}
	jsonw_end(w);
}

void trend_json(FILE *f, const struct trend *t)
{
	struct jsonw w;

	jsonw_init(&w, f);
	jsonw_object(&w, NULL);
	jsonw_str(&w, "schema", "gfpscope-history/1");
	jsonw_array(&w, "runs");
	for (size_t i = 0; i < t->nr; i++)
		json_run(&w, &t->v[i]);
	jsonw_end(&w);
	jsonw_end(&w);
}
