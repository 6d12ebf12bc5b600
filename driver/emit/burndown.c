// SPDX-License-Identifier: GPL-2.0-only
/*
 * Counts of runs turned round: from directories of each run to the runs of
 * each directory. In: a sorted trend. Out: rows, and a table of them as text.
 */
#include "emit/burndown.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "emit/table.h"
#include "emit/text.h"

const char *measure_name(int measure)
{
	static const char *const names[] = { "all", "open", "findings" };

	BUG_ON(measure < 0 || measure >= MEASURE_NR);
	if (measure >= MEASURE_RULES)
		return rule_name(measure - MEASURE_RULES);
	if (measure >= MEASURE_VERDICTS)
		return verdict_name(measure - MEASURE_VERDICTS);
	return names[measure];
}

int measure_parse(const char *s)
{
	for (int i = 0; i < MEASURE_NR; i++)
		if (strcmp(measure_name(i), s) == 0)
			return i;
	return -1;
}

static uint64_t count(int measure, const uint64_t *sites,
		      const uint64_t *findings)
{
	switch (measure) {
	case MEASURE_ALL:
		return trend_total(sites, VERDICT_NR);
	case MEASURE_OPEN:
		return trend_open(sites);
	case MEASURE_FINDINGS:
		return trend_total(findings, RULE_NR);
	}
	return measure < MEASURE_RULES ? sites[measure - MEASURE_VERDICTS]
				       : findings[measure - MEASURE_RULES];
}

/* The directories of all runs, each with its run. */
struct cell {
	const char *dir;
	size_t run;
	uint64_t n;
};

static int cmp_cells(const void *va, const void *vb)
{
	const struct cell *a = va, *b = vb;
	int c = strcmp(a->dir, b->dir);

	if (c)
		return c;
	return a->run < b->run ? -1 : a->run > b->run;
}

static struct cell *all_cells(const struct trend *t, int measure, size_t *nr)
{
	struct cell *v;
	size_t most = 1;

	for (size_t i = 0; i < t->nr; i++)
		most += t->v[i].nr_dirs;
	v = xcalloc(most, sizeof(*v));
	*nr = 0;
	for (size_t i = 0; i < t->nr; i++) {
		for (size_t j = 0; j < t->v[i].nr_dirs; j++) {
			const struct trend_dir *d = &t->v[i].dirs[j];
			uint64_t n = count(measure, d->sites, d->findings);

			if (n)
				v[(*nr)++] = (struct cell){ d->dir, i, n };
		}
	}
	qsort(v, *nr, sizeof(*v), cmp_cells);
	return v;
}

static size_t runs_of(const struct burndown *b)
{
	return b->trend->nr;
}

static int cmp_rows(const void *va, const void *vb, void *nr)
{
	const struct burndown_row *a = va, *b = vb;
	size_t last = *(const size_t *)nr - 1;

	if (a->n[last] != b->n[last])
		return a->n[last] > b->n[last] ? -1 : 1;
	return strcmp(a->dir, b->dir);
}

static void make_rows(struct burndown *b)
{
	size_t nr, runs = runs_of(b);
	struct cell *v = all_cells(b->trend, b->measure, &nr);
	struct burndown_row *row = NULL;

	b->rows = ARENA_ARRAY(&b->arena, struct burndown_row, nr);
	for (size_t i = 0; i < nr; i++) {
		if (!row || strcmp(row->dir, v[i].dir) != 0) {
			row = &b->rows[b->nr++];
			row->dir = v[i].dir;
			row->n = ARENA_ARRAY(&b->arena, uint64_t, runs);
		}
		row->n[v[i].run] += v[i].n;
		b->totals[v[i].run] += v[i].n;
	}
	if (b->nr)
		qsort_r(b->rows, b->nr, sizeof(*b->rows), cmp_rows, &runs);
	free(v);
}

static void choose_columns(struct burndown *b, size_t columns)
{
	size_t runs = runs_of(b);

	b->nr_columns = columns && columns < runs ? columns : runs;
	b->columns = ARENA_ARRAY(&b->arena, size_t, b->nr_columns);
	for (size_t i = 0; i < b->nr_columns; i++)
		b->columns[i] = b->nr_columns == 1 ? runs - 1 :
				i * (runs - 1) / (b->nr_columns - 1);
}

void burndown_make(struct burndown *b, const struct trend *t, int measure,
		   size_t columns)
{
	memset(b, 0, sizeof(*b));
	arena_init(&b->arena);
	b->trend = t;
	b->measure = measure;
	b->totals = ARENA_ARRAY(&b->arena, uint64_t, t->nr);
	make_rows(b);
	choose_columns(b, columns);
}

void burndown_release(struct burndown *b)
{
	arena_release(&b->arena);
	memset(b, 0, sizeof(*b));
}

bool burndown_changed(const struct burndown *b, size_t i)
{
	const struct trend_run *now = &b->trend->v[i], *before = now - 1;

	return strcmp(now->version, before->version) != 0 ||
	       strcmp(now->knowledge, before->knowledge) != 0;
}

static void put_row(struct table *t, const struct burndown *b,
		    const char *name, const uint64_t *n)
{
	table_str(t, name);
	for (size_t i = 0; i < b->nr_columns; i++)
		table_uint(t, n[b->columns[i]]);
	table_change(t, (int64_t)(n[runs_of(b) - 1] - n[0]));
}

static void put_heads(struct table *t, const struct burndown *b)
{
	table_str(t, "directory");
	for (size_t i = 0; i < b->nr_columns; i++)
		table_str(t, trend_label(&b->trend->v[b->columns[i]]));
	table_str(t, "change");
	table_str(t, "");
	for (size_t i = 0; i < b->nr_columns; i++) {
		char date[16];

		trend_date(&b->trend->v[b->columns[i]], date);
		table_str(t, date);
	}
	table_str(t, "");
}

static void put_notes(FILE *f, const struct burndown *b)
{
	size_t left_out = runs_of(b) - b->nr_columns;

	if (left_out)
		fprintf(f, "\n%zu of %zu runs are not shown\n", left_out,
			runs_of(b));
	for (size_t i = 1; i < runs_of(b); i++) {
		if (!burndown_changed(b, i))
			continue;
		fputs("\nsince ", f);
		text_put(f, trend_label(&b->trend->v[i]));
		fputs(" another version of the tool or of its knowledge "
		      "counts\n", f);
	}
}

void burndown_text(FILE *f, const struct burndown *b)
{
	struct table t;

	if (!runs_of(b)) {
		fputs("no runs\n", f);
		return;
	}
	fprintf(f, "%s: %s\n\n", b->measure == MEASURE_FINDINGS ||
		b->measure >= MEASURE_RULES ? "findings" : "restricted sites",
		measure_name(b->measure));
	table_init(&t, b->nr_columns + 2);
	put_heads(&t, b);
	for (size_t i = 0; i < b->nr; i++)
		put_row(&t, b, b->rows[i].dir[0] ? b->rows[i].dir : ".",
			b->rows[i].n);
	put_row(&t, b, "total", b->totals);
	table_put(f, &t, 1);
	table_release(&t);
	put_notes(f, b);
}
