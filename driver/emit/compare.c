// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pair the sites and findings of two results.
 *
 * In: two sorted results. Out: for each element what became of it. Matching
 * is by id first; a second look finds what a rename moved. Does not look at
 * evidence, reasons or lines: these change with every commit.
 */
#include "emit/compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char *const names[DELTA_NR] = {
	[DELTA_NONE] = "not compared",
	[DELTA_UNCHANGED] = "unchanged",
	[DELTA_NEW] = "new",
	[DELTA_GONE] = "gone",
	[DELTA_CHANGED] = "changed",
	[DELTA_MOVED] = "moved",
};

const char *delta_name(enum delta_kind k)
{
	BUG_ON((unsigned int)k >= DELTA_NR);
	return names[k];
}

int delta_parse(const char *s)
{
	for (int i = DELTA_UNCHANGED; i < DELTA_NR; i++)
		if (strcmp(names[i], s) == 0)
			return i;
	return -1;
}

/* One element of either side, for sorting; `keys` says what it is known by. */
struct item {
	const char *keys[5];
	size_t index;
	size_t pair;		/* index on the other side, NO_PAIR */
	uint32_t ordinal;	/* part of the second look's identity */
};
#define NO_PAIR SIZE_MAX

struct side {
	struct item *v;
	size_t nr;
};

static int cmp_keys(const struct item *a, const struct item *b)
{
	for (int i = 0; i < 5; i++) {
		int c;

		if (!a->keys[i] || !b->keys[i])
			break;
		c = strcmp(a->keys[i], b->keys[i]);
		if (c)
			return c;
	}
	return a->ordinal < b->ordinal ? -1 : a->ordinal > b->ordinal;
}

static int cmp_items(const void *va, const void *vb)
{
	const struct item *a = va, *b = vb;
	int c = cmp_keys(a, b);

	if (c)
		return c;
	return a->index < b->index ? -1 : a->index > b->index;
}

static void side_init(struct side *s, size_t nr)
{
	s->nr = 0;
	s->v = xcalloc(nr ? nr : 1, sizeof(*s->v));
}

static void side_sort(struct side *s)
{
	if (s->nr)
		qsort(s->v, s->nr, sizeof(*s->v), cmp_items);
}

/* How many items from @i on are known by the same keys. */
static size_t run_length(const struct side *s, size_t i)
{
	size_t n = 1;

	while (i + n < s->nr && !cmp_keys(&s->v[i], &s->v[i + n]))
		n++;
	return n;
}

/*
 * Walk both sides in step and pair the runs that have one item each. Ids are
 * unique in a report we wrote; in one we did not, a double pairs with none.
 */
static void pair_sides(struct side *a, struct side *b)
{
	size_t i = 0, j = 0;

	side_sort(a);
	side_sort(b);
	while (i < a->nr && j < b->nr) {
		size_t n = run_length(a, i), m = run_length(b, j);
		int c = cmp_keys(&a->v[i], &b->v[j]);

		if (c == 0 && n == 1 && m == 1) {
			a->v[i].pair = b->v[j].index;
			b->v[j].pair = a->v[i].index;
		}
		if (c <= 0)
			i += n;
		if (c >= 0)
			j += m;
	}
}

/* What is known so far: for each index of a side, its partner. */
struct pairs {
	size_t *before, *now;	/* NO_PAIR: none */
};

static size_t *no_pairs(size_t nr)
{
	size_t *v = xcalloc(nr ? nr : 1, sizeof(*v));

	for (size_t i = 0; i < nr; i++)
		v[i] = NO_PAIR;
	return v;
}

static void note_pairs(const struct side *s, size_t *pairs)
{
	for (size_t i = 0; i < s->nr; i++)
		if (s->v[i].pair != NO_PAIR)
			pairs[s->v[i].index] = s->v[i].pair;
}

enum look { LOOK_ID, LOOK_OTHER_PATH, LOOK_OTHER_FUNCTION };

static uint32_t ordinal_of(const struct result *r, size_t i)
{
	const struct result_site *s = &r->sites[i];
	uint32_t n = 0;

	/* A report on disk does not carry ordinals: count again. Equals are
	 * near each other in report order: same path. */
	while (i-- > 0 && strcmp(r->sites[i].path, s->path) == 0)
		if (strcmp(r->sites[i].function, s->function) == 0 &&
		    strcmp(r->sites[i].callee, s->callee) == 0 &&
		    strcmp(r->sites[i].mask, s->mask) == 0)
			n++;
	return n;
}

static void add_sites(struct side *side, const struct result *r,
		      const size_t *pairs, enum look look)
{
	side_init(side, r->nr_sites);
	for (size_t i = 0; i < r->nr_sites; i++) {
		const struct result_site *s = &r->sites[i];
		struct item *it;

		if (pairs[i] != NO_PAIR)
			continue;
		it = &side->v[side->nr++];
		it->index = i;
		it->pair = NO_PAIR;
		if (look == LOOK_ID) {
			it->keys[0] = s->id;
			continue;
		}
		it->keys[0] = look == LOOK_OTHER_PATH ? s->function : s->path;
		it->keys[1] = s->callee;
		it->keys[2] = s->mask;
		it->ordinal = ordinal_of(r, i);
	}
}

static void look_for_sites(const struct result *before,
			   const struct result *now, struct pairs *p,
			   enum look look)
{
	struct side a, b;

	add_sites(&a, before, p->before, look);
	add_sites(&b, now, p->now, look);
	pair_sides(&a, &b);
	note_pairs(&a, p->before);
	note_pairs(&b, p->now);
	free(a.v);
	free(b.v);
}

static void put_site(struct delta *d, const struct result_site *before,
		     const struct result_site *now)
{
	struct delta_site *s = &d->sites[d->nr_sites++];

	s->before = before;
	s->now = now;
	if (!before)
		s->kind = DELTA_NEW;
	else if (!now)
		s->kind = DELTA_GONE;
	else if (before->verdict != now->verdict)
		s->kind = DELTA_CHANGED;
	else
		s->kind = strcmp(before->id, now->id) == 0 ? DELTA_UNCHANGED
							   : DELTA_MOVED;
	d->sites_by_kind[s->kind]++;
}

static void make_sites(struct delta *d, const struct result *before,
		       const struct result *now)
{
	struct pairs p = { no_pairs(before->nr_sites),
			   no_pairs(now->nr_sites) };

	look_for_sites(before, now, &p, LOOK_ID);
	look_for_sites(before, now, &p, LOOK_OTHER_PATH);
	look_for_sites(before, now, &p, LOOK_OTHER_FUNCTION);
	d->sites = xcalloc(before->nr_sites + now->nr_sites + 1,
			   sizeof(*d->sites));
	for (size_t i = 0; i < now->nr_sites; i++)
		put_site(d, p.now[i] == NO_PAIR ? NULL :
			 &before->sites[p.now[i]], &now->sites[i]);
	for (size_t i = 0; i < before->nr_sites; i++)
		if (p.before[i] == NO_PAIR)
			put_site(d, &before->sites[i], NULL);
	free(p.before);
	free(p.now);
}

static void add_findings(struct side *side, const struct result *r)
{
	side_init(side, r->nr_findings);
	for (size_t i = 0; i < r->nr_findings; i++)
		side->v[side->nr++] = (struct item){
			.keys = { r->findings[i].id }, .index = i,
			.pair = NO_PAIR };
}

static void put_finding(struct delta *d, const struct result_finding *before,
			const struct result_finding *now)
{
	struct delta_finding *f = &d->findings[d->nr_findings++];

	f->before = before;
	f->now = now;
	f->kind = !before ? DELTA_NEW : !now ? DELTA_GONE : DELTA_UNCHANGED;
	d->findings_by_kind[f->kind]++;
}

static void make_findings(struct delta *d, const struct result *before,
			  const struct result *now)
{
	struct pairs p = { no_pairs(before->nr_findings),
			   no_pairs(now->nr_findings) };
	struct side a, b;

	add_findings(&a, before);
	add_findings(&b, now);
	pair_sides(&a, &b);
	note_pairs(&a, p.before);
	note_pairs(&b, p.now);
	free(a.v);
	free(b.v);
	d->findings = xcalloc(before->nr_findings + now->nr_findings + 1,
			      sizeof(*d->findings));
	for (size_t i = 0; i < now->nr_findings; i++)
		put_finding(d, p.now[i] == NO_PAIR ? NULL :
			    &before->findings[p.now[i]], &now->findings[i]);
	for (size_t i = 0; i < before->nr_findings; i++)
		if (p.before[i] == NO_PAIR)
			put_finding(d, &before->findings[i], NULL);
	free(p.before);
	free(p.now);
}

void delta_make(struct delta *d, const struct result *before,
		const struct result *now)
{
	memset(d, 0, sizeof(*d));
	make_sites(d, before, now);
	make_findings(d, before, now);
}

void delta_release(struct delta *d)
{
	free(d->sites);
	free(d->findings);
	memset(d, 0, sizeof(*d));
}

bool verdict_asks(enum verdict verdict)
{
	return verdict != VERDICT_KEEP && verdict != VERDICT_UNKNOWN &&
	       verdict != VERDICT_INSTANCE;
}

bool delta_has_new(const struct delta *d)
{
	for (size_t i = 0; i < d->nr_sites; i++) {
		const struct delta_site *s = &d->sites[i];

		if ((s->kind == DELTA_NEW || s->kind == DELTA_CHANGED) &&
		    verdict_asks(s->now->verdict))
			return true;
	}
	return d->findings_by_kind[DELTA_NEW] > 0;
}
