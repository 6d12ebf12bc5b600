// SPDX-License-Identifier: GPL-2.0-only
/*
 * The burndown as a page: a line of the totals over all runs, and the table
 * with bars. One file, no script, nothing fetched; light and dark; the table
 * has its heads marked for those who listen to it.
 */
#include "emit/burndown.h"

#include <inttypes.h>
#include <string.h>

#include "emit/utf8.h"

/* Of the drawing, in its own units. */
#define WIDTH	800
#define HEIGHT	160

/* Text into markup: nothing in it can end an element or an attribute. */
static void put(FILE *f, const char *s)
{
	size_t len = strlen(s), i = 0;

	while (i < len) {
		char out[4];
		uint32_t cp;

		i += utf8_next(s + i, len - i, &cp);
		if (cp == '<')
			fputs("&lt;", f);
		else if (cp == '>')
			fputs("&gt;", f);
		else if (cp == '&')
			fputs("&amp;", f);
		else if (cp == '"')
			fputs("&quot;", f);
		else if (cp == '\'')
			fputs("&#39;", f);
		else if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
			fputs("\xef\xbf\xbd", f);
		else
			fwrite(out, 1, utf8_put(cp, out), f);
	}
}

static void put_style(FILE *f)
{
	fputs("<style>\n"
	      ":root { color-scheme: light dark; }\n"
	      "body { font: 15px/1.4 system-ui, sans-serif; margin: 2em auto; "
	      "max-width: 75em; padding: 0 1em; }\n"
	      "table { border-collapse: collapse; }\n"
	      "th, td { padding: .2em .7em; text-align: right; "
	      "border-bottom: 1px solid #8884; }\n"
	      "th:first-child { text-align: left; }\n"
	      "td.now { text-align: left; white-space: nowrap; }\n"
	      "td.now span { display: inline-block; height: .7em; "
	      "margin-right: .5em; background: #3b76c4; }\n"
	      ".less { color: #2a8540; } .more { color: #c0392b; }\n"
	      "svg { width: 100%; height: auto; }\n"
	      "polyline { fill: none; stroke: #3b76c4; stroke-width: 2; }\n"
	      "circle { fill: #3b76c4; }\n"
	      "text { fill: currentColor; font-size: 13px; }\n"
	      "th:last-child { text-align: left; }\n"
	      "</style>\n", f);
}

static const char *what(const struct burndown *b)
{
	return b->measure == MEASURE_FINDINGS || b->measure >= MEASURE_RULES ?
	       "findings" : "restricted sites";
}

static void put_head(FILE *f, const struct burndown *b)
{
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	      "<meta charset=\"utf-8\">\n"
	      "<meta http-equiv=\"Content-Security-Policy\" content=\""
	      "default-src 'none'; style-src 'unsafe-inline'\">\n"
	      "<meta name=\"viewport\" content=\"width=device-width\">\n"
	      "<title>gfpscope burndown</title>\n", f);
	put_style(f);
	fprintf(f, "</head>\n<body>\n<h1>Burndown: %s (%s)</h1>\n", what(b),
		measure_name(b->measure));
}

static double x_of(const struct burndown *b, size_t i)
{
	size_t runs = b->trend->nr;

	return runs < 2 ? WIDTH / 2.0 : 10 + (WIDTH - 20.0) * (double)i /
		(double)(runs - 1);
}

static double y_of(const struct burndown *b, size_t i, uint64_t most)
{
	return HEIGHT - 10 - (HEIGHT - 20.0) * (double)b->totals[i] /
		(double)(most ? most : 1);
}

/* Below its point, or the highest would be cut off. */
static void put_number(FILE *f, int x, double y, const char *anchor,
		       uint64_t n)
{
	fprintf(f, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"%s\">%" PRIu64
		"</text>\n", x, y > HEIGHT - 30 ? y - 8 : y + 20, anchor, n);
}

static void put_line(FILE *f, const struct burndown *b)
{
	size_t runs = b->trend->nr;
	uint64_t most = 0;

	for (size_t i = 0; i < runs; i++)
		if (b->totals[i] > most)
			most = b->totals[i];
	fprintf(f, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s: "
		"%" PRIu64 " at first, %" PRIu64 " now\">\n<polyline points=\"",
		WIDTH, HEIGHT, what(b), b->totals[0], b->totals[runs - 1]);
	for (size_t i = 0; i < runs; i++)
		fprintf(f, "%s%.1f,%.1f", i ? " " : "", x_of(b, i),
			y_of(b, i, most));
	fputs("\"/>\n", f);
	for (size_t i = 0; i < runs; i++) {
		fprintf(f, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\"><title>",
			x_of(b, i), y_of(b, i, most));
		put(f, trend_label(&b->trend->v[i]));
		fprintf(f, ": %" PRIu64 "</title></circle>\n", b->totals[i]);
	}
	put_number(f, 10, y_of(b, 0, most), "start", b->totals[0]);
	if (runs > 1)
		put_number(f, WIDTH - 10, y_of(b, runs - 1, most), "end",
			   b->totals[runs - 1]);
	fputs("</svg>\n", f);
}

static void put_heads(FILE *f, const struct burndown *b)
{
	fputs("<thead><tr><th scope=\"col\">directory</th>", f);
	for (size_t i = 0; i < b->nr_columns; i++) {
		const struct trend_run *r = &b->trend->v[b->columns[i]];
		char date[16];

		trend_date(r, date);
		fprintf(f, "<th scope=\"col\" title=\"%s\">", date);
		put(f, trend_label(r));
		fputs("</th>", f);
	}
	fputs("<th scope=\"col\">change</th><th scope=\"col\">now</th></tr>"
	      "</thead>\n", f);
}

static void put_row(FILE *f, const struct burndown *b, const char *name,
		    const uint64_t *n, uint64_t most)
{
	uint64_t first = n[0], last = n[b->trend->nr - 1];

	fputs("<tr><th scope=\"row\">", f);
	put(f, name);
	fputs("</th>", f);
	for (size_t i = 0; i < b->nr_columns; i++)
		fprintf(f, "<td>%" PRIu64 "</td>", n[b->columns[i]]);
	if (last == first)
		fputs("<td>0</td>", f);
	else if (last < first)
		fprintf(f, "<td class=\"less\">-%" PRIu64 "</td>",
			first - last);
	else
		fprintf(f, "<td class=\"more\">+%" PRIu64 "</td>",
			last - first);
	fprintf(f, "<td class=\"now\"><span style=\"width:%.1fem\"></span>%"
		PRIu64 "</td></tr>\n",
		most ? 12.0 * (double)last / (double)most : 0, last);
}

static void put_table(FILE *f, const struct burndown *b)
{
	size_t last = b->trend->nr - 1;
	uint64_t most = b->nr ? b->rows[0].n[last] : 0;

	fputs("<table>\n", f);
	put_heads(f, b);
	fputs("<tbody>\n", f);
	for (size_t i = 0; i < b->nr; i++)
		put_row(f, b, b->rows[i].dir[0] ? b->rows[i].dir : ".",
			b->rows[i].n, most);
	fputs("</tbody><tfoot>\n", f);
	put_row(f, b, "total", b->totals, b->totals[last]);
	fputs("</tfoot>\n</table>\n", f);
}

static void put_notes(FILE *f, const struct burndown *b)
{
	size_t left_out = b->trend->nr - b->nr_columns;

	if (left_out)
		fprintf(f, "<p>The table leaves out %zu of %zu runs; the line "
			"has all.</p>\n", left_out, b->trend->nr);
	for (size_t i = 1; i < b->trend->nr; i++) {
		if (!burndown_changed(b, i))
			continue;
		fputs("<p>Since ", f);
		put(f, trend_label(&b->trend->v[i]));
		fputs(" another version of the tool or of its knowledge "
		      "counts.</p>\n", f);
	}
}

void burndown_html(FILE *f, const struct burndown *b)
{
	put_head(f, b);
	if (b->trend->nr) {
		put_line(f, b);
		put_table(f, b);
		put_notes(f, b);
	} else {
		fputs("<p>There are no runs.</p>\n", f);
	}
	fputs("</body>\n</html>\n", f);
}
