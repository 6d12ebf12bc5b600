// SPDX-License-Identifier: GPL-2.0-only
/*
 * Cells into columns. In: cells row by row. Out: lines without blanks at
 * their ends. Widths are in characters; wide ones are not told apart.
 */
#include "emit/table.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "emit/text.h"

void table_init(struct table *t, size_t columns)
{
	memset(t, 0, sizeof(*t));
	t->columns = columns;
}

void table_release(struct table *t)
{
	for (size_t i = 0; i < t->nr; i++)
		free(t->cells[i]);
	free(t->cells);
	memset(t, 0, sizeof(*t));
}

static void add(struct table *t, char *cell)
{
	GROW(t->cells, t->nr, t->cap);
	t->cells[t->nr++] = cell;
}

void table_str(struct table *t, const char *s)
{
	char *cell = NULL;
	size_t len;
	FILE *f = open_memstream(&cell, &len);

	BUG_ON(!f);
	text_put(f, s);
	fclose(f);
	add(t, cell);
}

static void add_number(struct table *t, const char *sign, uint64_t n)
{
	struct strbuf sb = STRBUF_INIT;

	if (n)
		strbuf_addf(&sb, "%s%" PRIu64, sign, n);
	else
		strbuf_addc(&sb, '.');
	add(t, strbuf_detach(&sb));
}

void table_uint(struct table *t, uint64_t n)
{
	add_number(t, "", n);
}

void table_change(struct table *t, int64_t n)
{
	add_number(t, n < 0 ? "-" : "+", n < 0 ? -(uint64_t)n : (uint64_t)n);
}

static size_t width_of(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static void put_cell(FILE *f, const char *cell, size_t width, bool left,
		     bool last)
{
	size_t own = width_of(cell);
	int pad = width > own ? (int)(width - own) : 0;

	if (!left)
		fprintf(f, "%*s", pad, "");
	fputs(cell, f);
	if (left && !last)
		fprintf(f, "%*s", pad, "");
	fputs(last ? "\n" : "  ", f);
}

void table_put(FILE *f, const struct table *t, size_t nr_left)
{
	size_t *widths = xcalloc(t->columns, sizeof(*widths));

	BUG_ON(t->nr % t->columns);
	for (size_t i = 0; i < t->nr; i++) {
		size_t w = width_of(t->cells[i]);

		if (w > widths[i % t->columns])
			widths[i % t->columns] = w;
	}
	for (size_t i = 0; i < t->nr; i++) {
		size_t c = i % t->columns;

		put_cell(f, t->cells[i], widths[c], c < nr_left,
			 c + 1 == t->columns);
	}
	free(widths);
}
