// SPDX-License-Identifier: GPL-2.0-only
/*
 * Explain sites: which ones are meant, and their chains with source lines for
 * a person who sits at a terminal.
 */
#include "emit/explain.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "emit/text.h"

/* "PATH:LINE" or "PATH:LINE:COLUMN"; column 0: not given. */
struct place {
	const char *path;
	size_t path_len;
	uint32_t line, column;
};

/* Take ":NUMBER" off the end of the first @len bytes of @s. */
static bool take_number(const char *s, size_t *len, uint32_t *n)
{
	size_t i = *len;

	while (i && s[i - 1] >= '0' && s[i - 1] <= '9')
		i--;
	if (i < 2 || i == *len || s[i - 1] != ':')
		return false;
	*n = (uint32_t)strtoul(s + i, NULL, 10);
	*len = i - 1;
	return true;
}

static bool parse_place(const char *word, struct place *p)
{
	size_t len = strlen(word);
	uint32_t last, before;

	while (str_starts(word, "./")) {
		word += 2;
		len -= 2;
	}
	p->path = word;
	p->column = 0;
	if (!take_number(word, &len, &last))
		return false;
	p->line = last;
	if (take_number(word, &len, &before)) {
		p->line = before;
		p->column = last;
	}
	p->path_len = len;
	return true;
}

static bool is_path(const struct place *p, const char *path)
{
	return strlen(path) == p->path_len &&
	       strncmp(path, p->path, p->path_len) == 0;
}

static bool is_place(const struct place *p, const char *path, uint32_t line,
		     uint32_t column)
{
	return is_path(p, path) && line == p->line &&
	       (!p->column || column == p->column);
}

int explain_find(struct explain_set *set, const struct result *r,
		 const char *word, struct err *err)
{
	bool is_id = strlen(word) == 16 &&
		     strspn(word, "0123456789abcdef") == 16;
	struct place p = { 0 };

	memset(set, 0, sizeof(*set));
	if (!is_id && !parse_place(word, &p))
		return err_set(err, ERR_USAGE, "'%s' is neither PATH:LINE nor "
			       "an id of 16 hex digits", word);
	set->sites = xcalloc(r->nr_sites + 1, sizeof(*set->sites));
	set->findings = xcalloc(r->nr_findings + 1, sizeof(*set->findings));
	for (size_t i = 0; i < r->nr_sites; i++) {
		const struct result_site *s = &r->sites[i];

		if (is_id ? strcmp(s->id, word) == 0
			  : is_place(&p, s->path, s->line, s->column))
			set->sites[set->nr_sites++] = i;
	}
	for (size_t i = 0; i < r->nr_findings; i++) {
		const struct result_finding *f = &r->findings[i];

		if (is_id ? strcmp(f->id, word) == 0
			  : is_place(&p, f->path, f->line, f->column))
			set->findings[set->nr_findings++] = i;
	}
	return 0;
}

void explain_set_release(struct explain_set *set)
{
	free(set->sites);
	free(set->findings);
	memset(set, 0, sizeof(*set));
}

static uint32_t distance(uint32_t a, uint32_t b)
{
	return a < b ? b - a : a - b;
}

const char *explain_near(struct result *r, const char *word)
{
	struct place p;
	uint32_t best = 0;
	bool found = false;

	if (!parse_place(word, &p))
		return NULL;
	for (size_t i = 0; i < r->nr_sites; i++) {
		uint32_t line = r->sites[i].line;

		if (is_path(&p, r->sites[i].path) &&
		    (!found || distance(line, p.line) <
			       distance(best, p.line))) {
			best = line;
			found = true;
		}
	}
	for (size_t i = 0; i < r->nr_findings; i++) {
		uint32_t line = r->findings[i].line;

		if (is_path(&p, r->findings[i].path) &&
		    (!found || distance(line, p.line) <
			       distance(best, p.line))) {
			best = line;
			found = true;
		}
	}
	if (!found)
		return NULL;
	return arena_printf(&r->arena, "%.*s:%u", (int)p.path_len, p.path,
			    (unsigned int)best);
}

/* Colours by what a word says, not by where it stands. */
enum { PLAIN, BOLD, DIM, RED, GREEN, YELLOW, NR_COLOURS };

static void put_in(FILE *f, const struct explain_opts *o, int colour,
		   const char *s)
{
	static const char *const codes[NR_COLOURS] = {
		"", "\033[1m", "\033[2m", "\033[31m", "\033[32m", "\033[33m",
	};

	if (o->colour && colour != PLAIN)
		fputs(codes[colour], f);
	text_put(f, s);
	if (o->colour && colour != PLAIN)
		fputs("\033[0m", f);
}

static int event_colour(const char *event)
{
	static const struct {
		const char *event;
		int colour;
	} table[] = {
		{ "lock", RED }, { "callback", RED }, { "reclaim", RED },
		{ "scope", GREEN }, { "restore", GREEN }, { "site", BOLD },
	};

	for (size_t i = 0; i < ARRAY_SIZE(table); i++)
		if (strcmp(table[i].event, event) == 0)
			return table[i].colour;
	return PLAIN;
}

static void put_source(FILE *f, const struct explain_opts *o,
		       const char *path, uint32_t line)
{
	const char *text = o->line && line ? o->line(o->ctx, path, line)
					   : NULL;

	if (!text)
		return;
	text += strspn(text, " \t");
	fputs("                | ", f);
	put_in(f, o, DIM, text);
	fputc('\n', f);
}

static void put_step(FILE *f, const struct explain_opts *o, size_t i,
		     const struct step *s)
{
	int width = (int)strlen(s->event);

	fprintf(f, "  %3zu  ", i + 1);
	put_in(f, o, event_colour(s->event), s->event);
	fprintf(f, "%*s", width < 9 ? 9 - width : 1, "");
	text_put(f, s->text);
	fputs("\n                ", f);
	if (s->function[0]) {
		put_in(f, o, BOLD, s->function);
		fputs("()  ", f);
	}
	put_in(f, o, PLAIN, s->path);
	if (s->line)
		fprintf(f, ":%u", (unsigned int)s->line);
	fputc('\n', f);
	put_source(f, o, s->path, s->line);
}

static void put_chain(FILE *f, const struct explain_opts *o,
		      const char *title, const struct chain *c)
{
	if (!c->nr)
		return;
	fprintf(f, "\n%s\n", title);
	for (size_t i = 0; i < c->nr; i++)
		put_step(f, o, i, &c->steps[i]);
}

static int verdict_colour(enum verdict v)
{
	if (v == VERDICT_UNKNOWN || v == VERDICT_INSTANCE)
		return YELLOW;
	return v == VERDICT_KEEP ? BOLD : GREEN;
}

static void put_place(FILE *f, const struct explain_opts *o,
		      const char *path, uint32_t line, uint32_t column)
{
	put_in(f, o, BOLD, path);
	fprintf(f, ":%u:%u", (unsigned int)line, (unsigned int)column);
}

static void put_scope(FILE *f, const struct section *s)
{
	if (!s)
		return;
	fputs("\nThe scope belongs at ", f);
	text_put(f, s->resource);
	fputs(", held in ", f);
	text_put(f, s->function);
	fputs("() ", f);
	text_put(f, s->path);
	fprintf(f, ":%u\n", (unsigned int)s->line);
}

static void put_site(FILE *f, const struct report *r, size_t i,
		     const struct explain_opts *o)
{
	const struct result_site *s = &r->result->sites[i];
	const struct proposal *p = proposal_of(r, s);

	put_place(f, o, s->path, s->line, s->column);
	fputs(": ", f);
	text_put(f, s->mask);
	if (s->callee[0]) {
		fputs(" for ", f);
		text_put(f, s->callee);
	}
	if (s->function[0]) {
		fputs(" in ", f);
		text_put(f, s->function);
		fputs("()", f);
	}
	fputc('\n', f);
	put_source(f, o, s->path, s->line);
	put_in(f, o, verdict_colour(s->verdict), verdict_name(s->verdict));
	fprintf(f, ", %s confidence: ", confidence_name(s->confidence));
	text_put(f, s->reason);
	fprintf(f, "\nid %s", s->id);
	text_put_mark(f, report_site_mark(r, i));
	fputc('\n', f);
	put_chain(f, o, "From an entry point to here:", &s->evidence);
	put_chain(f, o, "From reclaim to the same resource:", &s->reclaim);
	put_scope(f, s->scope_at);
	if (s->nr_unresolved)
		fputs("\nNot known:\n", f);
	for (size_t j = 0; j < s->nr_unresolved; j++) {
		fputs("  - ", f);
		text_put(f, s->unresolved[j]);
		fputc('\n', f);
	}
	if (p) {
		fprintf(f, "\nProposal %s (%s): ", p->id,
			proposal_kind_name(p->kind));
		text_put(f, p->title);
		fputc('\n', f);
	}
}

static void put_finding(FILE *f, const struct report *r, size_t i,
			const struct explain_opts *o)
{
	const struct result_finding *d = &r->result->findings[i];

	put_place(f, o, d->path, d->line, d->column);
	fputs(": ", f);
	put_in(f, o, RED, rule_name(d->rule));
	if (d->function[0]) {
		fputs(" in ", f);
		text_put(f, d->function);
		fputs("()", f);
	}
	fputc('\n', f);
	put_source(f, o, d->path, d->line);
	text_put(f, d->message);
	fprintf(f, " (%s confidence)\nid %s", confidence_name(d->confidence),
		d->id);
	text_put_mark(f, report_finding_mark(r, i));
	fputc('\n', f);
	put_chain(f, o, "How to get there:", &d->evidence);
	put_chain(f, o, "From reclaim to the same resource:", &d->reclaim);
}

void explain_put_text(FILE *f, const struct report *r,
		      const struct explain_set *set,
		      const struct explain_opts *o)
{
	for (size_t i = 0; i < set->nr_sites; i++) {
		if (i)
			fputs("\n\n", f);
		put_site(f, r, set->sites[i], o);
	}
	for (size_t i = 0; i < set->nr_findings; i++) {
		if (i || set->nr_sites)
			fputs("\n\n", f);
		put_finding(f, r, set->findings[i], o);
	}
}
