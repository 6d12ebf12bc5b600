// SPDX-License-Identifier: GPL-2.0-only
/*
 * The neutral result: names of its enums, life time, report order and ids.
 *
 * In: sites, findings and gaps in any order. Out: the same in an order that
 * depends on their contents only, with ids that do not change when code moves
 * within its file. Decides nothing.
 */
#include "judge/result.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/mem.h"

static const char *const verdict_names[VERDICT_NR] = {
	[VERDICT_REDUNDANT] = "redundant",
	[VERDICT_UNNEEDED] = "unneeded",
	[VERDICT_INSTANCE] = "instance",
	[VERDICT_NOLOCKDEP] = "nolockdep",
	[VERDICT_SCOPE] = "scope",
	[VERDICT_VMALLOC] = "vmalloc",
	[VERDICT_NOOP] = "noop",
	[VERDICT_KEEP] = "keep",
	[VERDICT_UNKNOWN] = "unknown",
};

static const char *const confidence_names[CONF_NR] = {
	[CONF_HIGH] = "high",
	[CONF_MODERATE] = "moderate",
	[CONF_LOW] = "low",
};

static const char *const rule_names[RULE_NR] = {
	[RULE_MISSING_SCOPE] = "missing-scope",
	[RULE_UNBALANCED_SCOPE] = "unbalanced-scope",
	[RULE_UNPAIRED_LOCK] = "unpaired-lock",
};

static int name_index(const char *const *names, int nr, const char *s)
{
	for (int i = 0; i < nr; i++)
		if (strcmp(names[i], s) == 0)
			return i;
	return -1;
}

const char *verdict_name(enum verdict v)
{
	BUG_ON((unsigned int)v >= VERDICT_NR);
	return verdict_names[v];
}

const char *confidence_name(enum confidence c)
{
	BUG_ON((unsigned int)c >= CONF_NR);
	return confidence_names[c];
}

const char *rule_name(enum rule r)
{
	BUG_ON((unsigned int)r >= RULE_NR);
	return rule_names[r];
}

int verdict_parse(const char *s)
{
	return name_index(verdict_names, VERDICT_NR, s);
}

int confidence_parse(const char *s)
{
	return name_index(confidence_names, CONF_NR, s);
}

int rule_parse(const char *s)
{
	return name_index(rule_names, RULE_NR, s);
}

void result_init(struct result *r)
{
	memset(r, 0, sizeof(*r));
	arena_init(&r->arena);
	r->tree.revision = "";
	r->tree.describe = "";
	r->tree.kernel = "";
	r->knowledge = "";
}

void result_release(struct result *r)
{
	arena_release(&r->arena);
	result_init(r);
}

static int cmp_u32(uint32_t a, uint32_t b)
{
	return a < b ? -1 : a > b;
}

static int cmp_sites(const void *va, const void *vb)
{
	const struct result_site *a = va, *b = vb;
	int c = strcmp(a->path, b->path);

	if (!c)
		c = cmp_u32(a->line, b->line);
	if (!c)
		c = cmp_u32(a->column, b->column);
	if (!c)
		c = cmp_u32(a->offset, b->offset);
	if (!c)
		c = strcmp(a->function, b->function);
	if (!c)
		c = strcmp(a->callee, b->callee);
	return c ? c : strcmp(a->mask, b->mask);
}

static int cmp_findings(const void *va, const void *vb)
{
	const struct result_finding *a = va, *b = vb;
	int c = strcmp(a->path, b->path);

	if (!c)
		c = cmp_u32(a->line, b->line);
	if (!c)
		c = cmp_u32(a->column, b->column);
	if (!c)
		c = cmp_u32(a->rule, b->rule);
	if (!c)
		c = strcmp(a->function, b->function);
	return c ? c : strcmp(a->message, b->message);
}

static int cmp_gaps(const void *va, const void *vb)
{
	const struct result_gap *a = va, *b = vb;
	int c = strcmp(a->path, b->path);

	if (!c)
		c = cmp_u32(a->line, b->line);
	if (!c)
		c = strcmp(a->what, b->what);
	if (!c)
		c = strcmp(a->function, b->function);
	return c ? c : strcmp(a->text, b->text);
}

/*
 * Ordinals: sort an index by identity, then position, and count within each
 * run of equals. `key` is the identity, already without positions.
 */
struct ident {
	const char *path, *function, *callee, *mask;
	size_t index;	/* in report order, so it orders equals */
};

static int cmp_ident(const struct ident *a, const struct ident *b)
{
	int c = strcmp(a->path, b->path);

	if (!c)
		c = strcmp(a->function, b->function);
	if (!c)
		c = strcmp(a->callee, b->callee);
	return c ? c : strcmp(a->mask, b->mask);
}

static int cmp_ident_index(const void *va, const void *vb)
{
	const struct ident *a = va, *b = vb;
	int c = cmp_ident(a, b);

	if (c)
		return c;
	return a->index < b->index ? -1 : a->index > b->index;
}

static void make_id(const struct ident *i, uint32_t ordinal, char *id)
{
	struct digest *d = digest_new();
	char number[16];

	digest_adds(d, i->path);
	digest_adds(d, i->function);
	digest_adds(d, i->callee);
	digest_adds(d, i->mask);
	snprintf(number, sizeof(number), "%u", (unsigned int)ordinal);
	digest_adds(d, number);
	digest_hex(d, id, 16);
}

static void number_sites(struct result *r, struct ident *v)
{
	uint32_t ordinal = 0;

	for (size_t i = 0; i < r->nr_sites; i++) {
		const struct result_site *s = &r->sites[i];

		v[i] = (struct ident){ s->path, s->function, s->callee,
				       s->mask, i };
	}
	qsort(v, r->nr_sites, sizeof(*v), cmp_ident_index);
	for (size_t i = 0; i < r->nr_sites; i++) {
		struct result_site *s = &r->sites[v[i].index];

		ordinal = i && !cmp_ident(&v[i - 1], &v[i]) ? ordinal + 1 : 0;
		s->ordinal = ordinal;
		make_id(&v[i], ordinal, s->id);
	}
}

/* A message without the numbers in it: lines move, the finding stays. */
static const char *without_numbers(struct arena *a, const char *message)
{
	char *out = arena_strdup(a, message), *to = out;

	for (const char *p = message; *p; p++) {
		bool in_word = p != message &&
			       (isalnum((unsigned char)p[-1]) || p[-1] == '_');

		if (!isdigit((unsigned char)*p) || in_word) {
			*to++ = *p;
			continue;
		}
		while (isdigit((unsigned char)p[1]))
			p++;
	}
	*to = '\0';
	return out;
}

static void number_findings(struct result *r, struct ident *v)
{
	uint32_t ordinal = 0;

	for (size_t i = 0; i < r->nr_findings; i++) {
		const struct result_finding *f = &r->findings[i];

		v[i] = (struct ident){ f->path, f->function,
				       rule_name(f->rule),
				       without_numbers(&r->arena, f->message),
				       i };
	}
	qsort(v, r->nr_findings, sizeof(*v), cmp_ident_index);
	for (size_t i = 0; i < r->nr_findings; i++) {
		ordinal = i && !cmp_ident(&v[i - 1], &v[i]) ? ordinal + 1 : 0;
		make_id(&v[i], ordinal, r->findings[v[i].index].id);
	}
}

void result_sort(struct result *r)
{
	size_t nr = r->nr_sites > r->nr_findings ? r->nr_sites
						 : r->nr_findings;
	struct ident *v = xcalloc(nr ? nr : 1, sizeof(*v));

	if (r->nr_sites) {
		qsort(r->sites, r->nr_sites, sizeof(*r->sites), cmp_sites);
		number_sites(r, v);
	}
	if (r->nr_findings) {
		qsort(r->findings, r->nr_findings, sizeof(*r->findings),
		      cmp_findings);
		number_findings(r, v);
	}
	if (r->coverage.nr_gaps)
		qsort(r->coverage.gaps, r->coverage.nr_gaps,
		      sizeof(*r->coverage.gaps), cmp_gaps);
	free(v);
}
