// SPDX-License-Identifier: GPL-2.0-only
/*
 * The report as one table: sites by directory and verdict, with totals, and
 * below it what was read and what was not understood.
 */
#include "emit/report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "emit/text.h"
#include "emit/summary.h"

size_t summary_dir_len(const char *path)
{
	const char *slash = strchr(path, '/'), *second;

	if (!slash)
		return 0;
	second = strchr(slash + 1, '/');
	return (size_t)((second ? second : slash) - path);
}

static bool same_dir(const struct summary_row *row, const char *path)
{
	size_t len = summary_dir_len(path);

	return strlen(row->dir) == len && strncmp(row->dir, path, len) == 0;
}

static int cmp_rows(const void *va, const void *vb)
{
	const struct summary_row *a = va, *b = vb;

	return strcmp(a->dir, b->dir);
}

/* Neighbours in path order may come back later ("fs/a.c" after "fs/a/"). */
static size_t merge_rows(struct summary_row *v, size_t nr)
{
	size_t out = 0;

	qsort(v, nr, sizeof(*v), cmp_rows);
	for (size_t i = 0; i < nr; i++) {
		if (!out || strcmp(v[out - 1].dir, v[i].dir) != 0) {
			v[out++] = v[i];
			continue;
		}
		for (int j = 0; j < VERDICT_NR; j++)
			v[out - 1].sites[j] += v[i].sites[j];
		v[out - 1].total += v[i].total;
		free(v[i].dir);
	}
	return out;
}

void summary_make(struct summary *s, const struct result *r)
{
	size_t cap = 0;

	memset(s, 0, sizeof(*s));
	for (size_t i = 0; i < r->nr_sites; i++) {
		const char *path = r->sites[i].path;
		struct summary_row *row;

		if (!s->nr || !same_dir(&s->rows[s->nr - 1], path)) {
			GROW(s->rows, s->nr, cap);
			row = &s->rows[s->nr++];
			memset(row, 0, sizeof(*row));
			row->dir = xstrndup(path, summary_dir_len(path));
		}
		row = &s->rows[s->nr - 1];
		row->sites[r->sites[i].verdict]++;
		row->total++;
		s->sites[r->sites[i].verdict]++;
	}
	s->total = r->nr_sites;
	s->nr = merge_rows(s->rows, s->nr);
	for (size_t i = 0; i < r->nr_findings; i++)
		s->findings[r->findings[i].rule]++;
}

void summary_release(struct summary *s)
{
	for (size_t i = 0; i < s->nr; i++)
		free(s->rows[i].dir);
	free(s->rows);
	memset(s, 0, sizeof(*s));
}

static int column_width(enum verdict v)
{
	int len = (int)strlen(verdict_name(v));

	return len > 6 ? len : 6;
}

static void put_row(FILE *f, int dir_width, const char *dir,
		    const uint64_t *sites, uint64_t total)
{
	int width = (int)strlen(dir);

	text_put(f, dir);
	fprintf(f, "%*s", dir_width > width ? dir_width - width : 0, "");
	for (int i = 0; i < VERDICT_NR; i++) {
		if (sites[i])
			fprintf(f, "  %*" PRIu64, column_width(i), sites[i]);
		else
			fprintf(f, "  %*s", column_width(i), ".");
	}
	fprintf(f, "  %6" PRIu64 "\n", total);
}

static void put_table(FILE *f, const struct summary *s)
{
	int width = (int)strlen("directory");

	for (size_t i = 0; i < s->nr; i++)
		if ((int)strlen(s->rows[i].dir) > width)
			width = (int)strlen(s->rows[i].dir);
	fprintf(f, "%-*s", width, "directory");
	for (int i = 0; i < VERDICT_NR; i++)
		fprintf(f, "  %*s", column_width(i), verdict_name(i));
	fprintf(f, "  %6s\n", "total");
	for (size_t i = 0; i < s->nr; i++)
		put_row(f, width, s->rows[i].dir[0] ? s->rows[i].dir : ".",
			s->rows[i].sites, s->rows[i].total);
	put_row(f, width, "total", s->sites, s->total);
}

static void put_coverage(FILE *f, const struct coverage *c)
{
	uint64_t notes = 0;
	const char *sep = "";

	for (int i = 0; i < NOTE_NR_KINDS; i++)
		notes += c->notes[i];
	fprintf(f, "read: %" PRIu64 " files, %" PRIu64 " bytes, %" PRIu64
		" functions; not understood: %" PRIu64 " functions, %" PRIu64
		" notes\n", c->files, c->bytes, c->functions,
		c->functions_not_understood, notes);
	fprintf(f, "calls: %" PRIu64 ", %" PRIu64 " through pointers, %" PRIu64
		" unresolved\n", c->calls, c->calls_indirect,
		c->calls_unresolved);
	fputs("restricting tokens:", f);
	for (int i = 0; i < TOKEN_NR_ROLES; i++) {
		fprintf(f, "%s %" PRIu64 " %s", sep, c->tokens[i],
			token_role_name(i));
		sep = ",";
	}
	fputc('\n', f);
}

static void put_delta(FILE *f, const struct delta *d)
{
	fputs("since the baseline:", f);
	for (int i = DELTA_UNCHANGED; i < DELTA_NR; i++)
		fprintf(f, "%s %zu %s", i > DELTA_UNCHANGED ? "," : "",
			d->sites_by_kind[i], delta_name(i));
	fprintf(f, "; findings: %zu new, %zu gone\n",
		d->findings_by_kind[DELTA_NEW],
		d->findings_by_kind[DELTA_GONE]);
}

static void put_marks(FILE *f, const struct marks *m)
{
	size_t unused = 0, expired = 0;

	if (m->delta)
		put_delta(f, m->delta);
	if (m->suppressions) {
		for (size_t i = 0; i < m->suppressions->nr; i++) {
			expired += m->suppressions->v[i].expired;
			unused += !m->suppressions->v[i].expired &&
				  !m->suppressions->v[i].hits;
		}
		fprintf(f, "suppressed: %zu sites, %zu findings; %zu "
			"suppressions fit nothing, %zu expired\n",
			m->suppressed_sites, m->suppressed_findings, unused,
			expired);
	}
	if (m->decisions)
		fprintf(f, "decisions: %zu, of these %zu stale\n",
			m->decisions->nr, m->decisions->nr_stale);
}

static void put_tree(FILE *f, const struct tree_info *t)
{
	fputs("tree: ", f);
	text_put(f, t->describe[0] ? t->describe : t->revision);
	if (t->describe[0] &&
	    strncmp(t->revision, t->describe, strlen(t->describe)))
		fprintf(f, " (%.12s)", t->revision);
	if (t->kernel[0]) {
		fputs(t->describe[0] || t->revision[0] ? ", Linux " : "Linux ",
		      f);
		text_put(f, t->kernel);
	}
	for (size_t i = 0; i < t->nr_paths; i++) {
		fputs(i ? " " : "; only ", f);
		text_put(f, t->paths[i]);
	}
	if (t->nr_shards)
		fprintf(f, "; only %zu of %u shards", t->nr_shards,
			(unsigned int)t->shards_of);
	fputs("\n\n", f);
}

int emit_summary(FILE *f, const struct report *r, struct err *err)
{
	const struct result *res = r->result;
	struct summary s;

	summary_make(&s, res);
	put_tree(f, &res->tree);
	if (s.total)
		put_table(f, &s);
	else
		fprintf(f, "no site that restricts its allocations%s\n",
			res->tree.nr_paths ? " at these paths" : "");
	fputs("\nfindings:", f);
	for (int i = 0; i < RULE_NR; i++)
		fprintf(f, "%s %" PRIu64 " %s", i ? "," : "", s.findings[i],
			rule_name(i));
	fputc('\n', f);
	if (r->proposals)
		fprintf(f, "proposals: %zu, refused: %zu\n", r->proposals->nr,
			r->proposals->nr_refused);
	if (r->marks)
		put_marks(f, r->marks);
	put_coverage(f, &res->coverage);
	summary_release(&s);
	return 0;
}
