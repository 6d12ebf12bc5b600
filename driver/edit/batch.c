// SPDX-License-Identifier: GPL-2.0-only
/*
 * A result and a choice of its sites go in; plans come out that make one
 * patch each, in the order of a series. Nothing is read here.
 */
#include "edit/batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct entry {
	const struct result_site *site;
	const struct section *scope;	/* NULL: none */
	const char *group;
	uint32_t first;		/* number of the group's first site */
	uint32_t seq;		/* number of the site */
	int class;		/* order within the group */
	int kind;
};

static int class_of(uint8_t verdict)
{
	static const int classes[VERDICT_NR] = {
		[VERDICT_SCOPE] = 1, [VERDICT_VMALLOC] = 2,
		[VERDICT_REDUNDANT] = 3, [VERDICT_UNNEEDED] = 4,
		[VERDICT_INSTANCE] = 5, [VERDICT_NOLOCKDEP] = 6,
		[VERDICT_NOOP] = 7,
	};

	return classes[verdict];
}

static int section_cmp(const struct section *a, const struct section *b)
{
	int c;

	if (a == b || !a || !b)
		return 0;
	c = strcmp(a->resource, b->resource);
	if (!c)
		c = strcmp(a->path, b->path);
	if (c)
		return c;
	return a->line < b->line ? -1 : a->line > b->line;
}

static int entry_cmp(const void *pa, const void *pb)
{
	const struct entry *a = pa, *b = pb;
	int c;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	if (a->class != b->class)
		return a->class < b->class ? -1 : 1;
	c = section_cmp(a->scope, b->scope);
	if (c)
		return c;
	return a->seq < b->seq ? -1 : a->seq > b->seq;
}

static size_t collect(const struct result *r, const struct batch_opts *o,
		      struct entry *v)
{
	size_t i, k, nr = 0;

	for (i = 0; i < r->nr_sites; i++) {
		const struct result_site *s = &r->sites[i];
		int kind = plan_kind(s);

		if (kind < 0 || !(o->want ? o->want : edit_wanted)(o->ctx, s))
			continue;
		v[nr] = (struct entry){
			.site = s, .seq = i, .kind = kind, .first = i,
			.class = class_of(s->verdict),
			.scope = plan_scope(r, o->want, o->ctx, s),
			.group = o->group(o->ctx, s->verdict == VERDICT_SCOPE ?
					  s->scope_at->path : s->path),
		};
		for (k = 0; k < nr; k++) {
			if (strcmp(v[k].group, v[nr].group))
				continue;
			v[nr].first = v[k].first;
			break;
		}
		nr++;
	}
	qsort(v, nr, sizeof(*v), entry_cmp);
	return nr;
}

static bool same_patch(const struct entry *a, const struct entry *b)
{
	if (a->first != b->first || a->class != b->class || a->kind != b->kind)
		return false;
	if (a->scope || b->scope)
		return a->scope == b->scope;
	if (a->site->verdict == VERDICT_VMALLOC)
		return !strcmp(a->site->path, b->site->path) &&
		       !strcmp(a->site->function, b->site->function);
	return true;
}

/* How many of the @nr entries that belong together fit one patch: a file is
 * split only when it is too much by itself. */
static size_t fill(const struct entry *v, size_t nr, size_t max)
{
	size_t n = nr < max ? nr : max, i;

	if (n == nr)
		return n;
	for (i = n; i && !strcmp(v[i - 1].site->path, v[n].site->path); i--)
		;
	return i ? i : n;
}

static struct plan *add(struct plans *p, const struct entry *v, size_t nr,
			uint8_t part)
{
	const struct result_site **sites;
	struct plan *plan;
	size_t i;

	sites = ARENA_ARRAY(&p->arena, const struct result_site *, nr);
	for (i = 0; i < nr; i++)
		sites[i] = v[i].site;
	GROW(p->v, p->nr, p->cap);
	plan = &p->v[p->nr++];
	*plan = (struct plan){
		.kind = v->kind, .verdict = v->site->verdict, .part = part,
		.group = v->group, .sites = sites, .nr_sites = nr,
	};
	if (v->scope)
		plan_set_section(plan, v->scope, &p->arena);
	if (part == PART_SCOPE)
		plan_add_file(plan, &p->arena, plan->section->path);
	for (i = 0; i < nr && part != PART_SCOPE; i++)
		plan_add_file(plan, &p->arena, sites[i]->path);
	plan_set_id(plan);
	return plan;
}

/* One scope: it is opened first, then the masks go that nothing else keeps. */
static void add_scope(struct plans *p, struct entry *v, size_t nr, size_t max)
{
	const struct plan *plan = add(p, v, nr, PART_SCOPE);
	size_t n, i, scope = p->nr, going = 0;

	for (i = 0; i < nr; i++)
		if (!plan_keeps(plan, i))
			v[going++] = v[i];
	for (nr = going; nr; v += n, nr -= n) {
		n = fill(v, nr, max);
		add(p, v, n, PART_MASKS)->requires = scope;
	}
}

void batch_make(const struct result *r, const struct batch_opts *o,
		struct plans *p)
{
	struct entry *v = xcalloc(r->nr_sites + 1, sizeof(*v));
	size_t max = o->max_sites ? o->max_sites : SIZE_MAX;
	size_t nr, i, n;

	memset(p, 0, sizeof(*p));
	arena_init(&p->arena);
	nr = collect(r, o, v);
	for (i = 0; i < nr; i += n) {
		for (n = 1; i + n < nr && same_patch(&v[i], &v[i + n]); n++)
			;
		if (v[i].scope) {
			add_scope(p, v + i, n, max);
			continue;
		}
		n = fill(v + i, n, max);
		add(p, v + i, n, PART_ALL);
	}
	free(v);
}
