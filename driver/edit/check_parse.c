// SPDX-License-Identifier: GPL-2.0-only
/*
 * What Coccinelle wrote while it ran one rule on a few files, told apart by
 * file: `path:line:col-col: message` of report mode, the links of org mode,
 * the diffs (without context) of patch and context mode, and on stderr what it
 * could not parse and where it gave up.
 */
#include "edit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "edit/slice.h"

struct parse {
	const struct check_rule *rule;
	struct check_place *place;
	struct check_input *in;
	size_t nr;
	bool together;		/* what names no file goes to the first */
	bool lost;		/* a line that names no file */
};

static const char *line_end(const char *p)
{
	return p + strcspn(p, "\n");
}

static const char *next_line(const char *p)
{
	p = line_end(p);
	return *p ? p + 1 : p;
}

/* The file whose path stands at @p, and @after behind it. */
static struct check_input *input_at(struct parse *c, const char *p,
				    char after)
{
	for (size_t i = 0; i < c->nr; i++) {
		size_t len = strlen(c->in[i].path);

		if (!strncmp(p, c->in[i].path, len) && p[len] == after)
			return &c->in[i];
	}
	return NULL;
}

static void add(struct parse *c, struct check_input *in, enum check_kind kind,
		struct check_item item, const char *text, size_t len)
{
	char *copy = xstrndup(text, len);

	item.kind = kind;
	item.text = copy;
	item.path = in->path;
	item.function = item.line && in->facts ?
		slice_function(in->facts, item.line) : "";
	check_add(&in->found, c->place->arena, &item);
	free(copy);
}

static void take_output(struct parse *c, struct check_input *in,
			const char *p)
{
	struct check_item item = { .line = 0 };

	if (!in && c->nr > 1 && !c->together)
		c->lost = true;
	else
		add(c, in ? in : c->in, FOUND_OUTPUT, item, p,
		    strcspn(p, "\n"));
}

/* LINE:COL-COL: message, columns from 0. */
static bool take_report(struct parse *c, struct check_input *in,
			const char *p)
{
	unsigned int line, from, to;
	struct check_item item = { .line = 0 };
	int n = 0;

	if (sscanf(p, "%u:%u-%u: %n", &line, &from, &to, &n) != 3 || !n)
		return false;
	item.line = line;
	item.column = from + 1;
	item.end_column = to + 1;
	add(c, in, FOUND_HIT, item, p + n, strcspn(p + n, "\n"));
	return true;
}

/* * TODO [[view:path::face=ovl-face1::linb=L::colb=C::cole=C][message]] */
static bool take_org(struct parse *c, const char *p)
{
	static const char head[] = "* TODO [[view:";
	const char *end = line_end(p);
	struct check_item item = { .line = 0 };
	struct check_input *in;
	unsigned int line, from, to;
	int n = 0;

	if (!str_starts(p, head) || end - p < 2 || strncmp(end - 2, "]]", 2))
		return false;
	p += strlen(head);
	in = input_at(c, p, ':');
	if (!in)
		return false;
	p += strlen(in->path);
	if (sscanf(p, "::face=ovl-face1::linb=%u::colb=%u::cole=%u][%n",
		   &line, &from, &to, &n) != 3 || !n || p + n > end - 2)
		return false;
	item.line = line;
	item.column = from + 1;
	item.end_column = to + 1;
	add(c, in, FOUND_HIT, item, p + n, (size_t)(end - 2 - (p + n)));
	return true;
}

/* The lines of one file's diff, kept as they are for the caller, who has the
 * text that they belong to. */
static const char *take_diff(struct parse *c, const char *p)
{
	struct check_item item = { .line = 0 };
	struct check_input *in = input_at(c, p + 4, '\n');
	const char *start;

	if (!in)
		in = input_at(c, p + 4, '\t');
	p = next_line(p);
	if (!in || !str_starts(p, "+++ ")) {
		c->lost = true;
		return p;
	}
	p = start = next_line(p);
	while (str_starts(p, "@@ -")) {
		unsigned int old = 1, new = 1, at;

		if (sscanf(p, "@@ -%u,%u ", &at, &old) != 2)
			old = 1;
		if (sscanf(p + strcspn(p, "+"), "+%u,%u ", &at, &new) != 2)
			new = 1;
		p = next_line(p);
		while (*p && (old || new || *p == '\\')) {
			old -= *p == '-' && old;
			new -= *p == '+' && new;
			if (!strchr("-+\\", *p))
				break;
			p = next_line(p);
		}
	}
	add(c, in, FOUND_DIFF, item, start, (size_t)(p - start));
	return p;
}

static void parse_output(struct parse *c, const char *p)
{
	while (*p) {
		struct check_input *in = input_at(c, p, ':');

		if (str_starts(p, "--- ") && strstr(p, "\n+++ ")) {
			p = take_diff(c, p);
			continue;
		}
		if (str_starts(p, "diff = ") || *p == '\n') {
			p = next_line(p);
			continue;
		}
		if (!(in && take_report(c, in, p + strlen(in->path) + 1)) &&
		    !take_org(c, p))
			take_output(c, in, p);
		p = next_line(p);
	}
}

/* ---- stderr ---- */

/* The line on which the @nth line of the text @region stands in @in; 0. */
static uint32_t find_line(const struct check_input *in, const char *region,
			  uint32_t nth)
{
	const char *at = region[0] ? strstr(in->cut.buf, region) : NULL;
	uint32_t line = nth + 1;

	if (!at)
		return 0;
	for (const char *p = in->cut.buf; p < at; p++)
		line += *p == '\n';
	return line;
}

/* The lines after "badcount: ", which were skipped; BAD marks the one where it
 * went wrong. @line: its number, 0 where that was not said. */
static const char *take_bad(struct parse *c, struct check_input *in,
			    uint32_t line, const char *p)
{
	struct check_item item = { .line = line };
	uint8_t *seen = xcalloc(c->rule->smpl.nr_words + 1, 1);
	struct strbuf region = STRBUF_INIT;
	const char *text = "", *q;
	uint32_t nth = 0, nr;
	size_t len = 0;

	for (nr = 0; str_starts(p, "bad: ") || str_starts(p, "BAD:!!!!! ");
	     nr++, p = next_line(p)) {
		q = strchr(p, ' ') + 1;
		strbuf_add(&region, q, (size_t)(next_line(q) - q));
		if (*p != 'B')
			continue;
		nth = nr;
		text = q + strspn(q, " \t");
		len = strcspn(text, "\n");
	}
	smpl_scan(&c->rule->smpl, region.buf, region.len, seen);
	item.matters = smpl_wants_function(&c->rule->smpl, seen);
	if (!line)
		item.line = find_line(in, region.buf, nth);
	add(c, in, FOUND_UNPARSED, item, text, len);
	strbuf_release(&region);
	free(seen);
	return p;
}

/*
 * ` = File "PATH", line N, ..`, or ` = error in PATH; ..` once Coccinelle has
 * made its first diff in context mode. What it makes itself is no file of
 * ours.
 */
static const char *take_parse_error(struct parse *c, const char *p)
{
	static const char full[] = " = File \"", brief[] = " = error in ";
	struct check_input *in = NULL;
	unsigned int line = 0;

	if (str_starts(p, brief)) {
		in = input_at(c, p + strlen(brief), ';');
	} else if (str_starts(p, full)) {
		p += strlen(full);
		in = input_at(c, p, '"');
		if (in && sscanf(p + strlen(in->path), "\", line %u,",
				 &line) != 1)
			in = NULL;
	}
	if (!in)
		return p;
	for (int i = 0; i < 4 && !str_starts(p, "badcount:"); i++)
		p = next_line(p);
	return take_bad(c, in, line, next_line(p));
}

static void take_trouble(struct parse *c, struct check_input *in,
			 const char *p)
{
	struct check_item item = { .line = 0 };
	const char *text = p + strlen("EXN:");
	size_t len = strcspn(text, "\n");
	char *copy = xstrndup(text, len);

	if (strstr(copy, "imeout"))
		add(c, in, FOUND_FAILED, item, "out of time", 11);
	else
		add(c, in, FOUND_FAILED, item, text + strspn(text, " "),
		    len - strspn(text, " "));
	in->failed = true;
	free(copy);
}

static void parse_errors(struct parse *c, const char *p)
{
	struct check_input *now = c->nr == 1 ? c->in : NULL;

	while (*p) {
		if (str_starts(p, "HANDLING: ")) {
			struct check_input *in =
				input_at(c, p + 10, '\n');

			now = in ? in : now;
		} else if (str_starts(p, "EXN:")) {
			if (now)
				take_trouble(c, now, p);
			else
				c->lost = true;
		} else if (str_starts(p, "parse error")) {
			p = take_parse_error(c, next_line(p));
			continue;
		}
		p = next_line(p);
	}
}

bool check_parse(const struct check_rule *rule, struct check_place *place,
		 const char *out, const char *errors, struct check_input *in,
		 size_t nr, bool together)
{
	struct parse c = { .rule = rule, .place = place, .in = in, .nr = nr,
			   .together = together };

	parse_output(&c, out);
	parse_errors(&c, errors);
	return !c.lost;
}
