// SPDX-License-Identifier: GPL-2.0-only
/*
 * The formats of `gfpscope check`, what they count, and the one made of lines:
 * each rule's hits as the kernel's coccicheck shows them in the same mode, so
 * that whatever reads the one can read the other.
 */
#include "emit/check_report.h"

#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "emit/text.h"

static const struct check_format formats[] = {
	{ "text", "check.txt", emit_check_text },
	{ "json", "check.json", emit_check_json },
	{ "sarif", "check.sarif", emit_check_sarif },
};

const struct check_format *check_format_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(formats); i++)
		if (!strcmp(formats[i].name, name))
			return &formats[i];
	return NULL;
}

const char *check_format_names(void)
{
	return "text, json, sarif";
}

int check_report_write(const struct check_format *format,
		       const struct check_report *r, const char *path,
		       struct err *err)
{
	struct outfile o;
	int rc = outfile_open(&o, path, err);

	if (rc)
		return rc;
	format->write(o.f, r);
	return outfile_commit(&o, err);
}

/* Items of one path stand together: is it the first one of its function? */
static bool is_new_function(const struct check_result *r, size_t i)
{
	const struct check_item *it = &r->items[i];

	for (size_t k = i; k--;) {
		const struct check_item *b = &r->items[k];

		if (strcmp(b->path, it->path))
			break;
		if (b->kind == FOUND_UNPARSED &&
		    b->matters >= it->matters &&
		    !strcmp(b->function, it->function))
			return false;
	}
	return true;
}

void check_count(const struct check_result *r, struct check_counts *c)
{
	memset(c, 0, sizeof(*c));
	for (size_t i = 0; i < r->nr_items; i++) {
		const struct check_item *it = &r->items[i];

		c->hits += it->kind == FOUND_HIT;
		c->diffs += it->kind == FOUND_DIFF;
		c->failed += it->kind == FOUND_FAILED;
		if (it->kind != FOUND_UNPARSED)
			continue;
		if (!it->function[0]) {
			c->elsewhere++;
		} else if (is_new_function(r, i)) {
			c->unparsed++;
			c->matter += it->matters;
		}
	}
}

uint64_t check_rule_hits(const struct check_result *r, uint32_t rule)
{
	uint64_t n = 0;

	for (size_t i = 0; i < r->nr_items; i++)
		n += r->items[i].kind == FOUND_HIT && r->items[i].rule == rule;
	return n;
}

static void put_org(FILE *f, const struct check_item *it)
{
	fputs("* TODO [[view:", f);
	text_put(f, it->path);
	fprintf(f, "::face=ovl-face1::linb=%u::colb=%u::cole=%u][",
		(unsigned int)it->line, (unsigned int)it->column - 1,
		(unsigned int)it->end_column - 1);
	text_put(f, it->text);
	fputs("]]\n", f);
}

static void put_report(FILE *f, const struct check_item *it)
{
	text_put(f, it->path);
	fprintf(f, ":%u:%u-%u: ", (unsigned int)it->line,
		(unsigned int)it->column - 1,
		(unsigned int)it->end_column - 1);
	text_put(f, it->text);
	fputc('\n', f);
}

/* A diff is for programs: not a byte of it is changed. */
static void put_item(FILE *f, const struct check_item *it,
		     enum smpl_mode mode)
{
	if (it->kind == FOUND_DIFF) {
		fputs(it->text, f);
	} else if (it->kind == FOUND_OUTPUT) {
		text_put(f, it->text);
		fputc('\n', f);
	} else if (it->kind == FOUND_HIT && it->column) {
		if (mode == SMPL_ORG)
			put_org(f, it);
		else
			put_report(f, it);
	}
}

void emit_check_text(FILE *f, const struct check_report *r)
{
	for (uint32_t k = 0; k < r->result->nr_rules; k++)
		for (size_t i = 0; i < r->result->nr_items; i++)
			if (r->result->items[i].rule == k)
				put_item(f, &r->result->items[i],
					 r->result->rules[k].smpl.mode);
}
