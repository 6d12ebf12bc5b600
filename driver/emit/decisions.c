// SPDX-License-Identifier: GPL-2.0-only
/*
 * Decisions of people on sites. A decision takes proposals away or lets one
 * that waits for it through; it never changes a verdict.
 */
#include "emit/decisions.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "emit/jsonr.h"

static const char *const names[DECIDE_NR] = {
	[DECIDE_ACCEPT] = "accept",
	[DECIDE_REJECT] = "reject",
	[DECIDE_DEFER] = "defer",
};

const char *decision_name(enum decision_kind k)
{
	BUG_ON((unsigned int)k >= DECIDE_NR);
	return names[k];
}

static int decision_parse(const char *s)
{
	for (int i = 0; i < DECIDE_NR; i++)
		if (strcmp(names[i], s) == 0)
			return i;
	return -1;
}

void decisions_init(struct decisions *d)
{
	memset(d, 0, sizeof(*d));
	arena_init(&d->arena);
}

void decisions_release(struct decisions *d)
{
	free(d->v);
	arena_release(&d->arena);
	decisions_init(d);
}

/* With its place in the file, so that the last of equals can win. */
struct placed {
	struct decision d;
	size_t place;
};

static int cmp_placed(const void *va, const void *vb)
{
	const struct placed *a = va, *b = vb;
	int c = strcmp(a->d.site, b->d.site);

	if (c)
		return c;
	return a->place < b->place ? -1 : a->place > b->place;
}

static void take(struct decisions *d, struct placed *v, size_t nr)
{
	qsort(v, nr, sizeof(*v), cmp_placed);
	d->v = xcalloc(nr ? nr : 1, sizeof(*d->v));
	for (size_t i = 0; i < nr; i++) {
		if (i + 1 < nr && strcmp(v[i].d.site, v[i + 1].d.site) == 0)
			continue;
		d->v[d->nr++] = v[i].d;
	}
}

static void read_all(struct jsonr *r, json_object *o, struct decisions *d)
{
	const char *schema = jsonr_str(r, o, "schema");
	size_t nr;
	json_object *a = jsonr_array(r, o, "decisions", &nr);
	struct placed *v = xcalloc(nr ? nr : 1, sizeof(*v));

	if (!r->rc && strcmp(schema, "gfpscope-decisions/1") != 0)
		jsonr_bad(r, "schema", "is not gfpscope-decisions/1");
	for (size_t i = 0; i < nr && !r->rc; i++) {
		json_object *e = jsonr_item_object(r, a, i, "decisions");
		struct decision *p = &v[i].d;

		v[i].place = i;
		p->site = jsonr_str(r, e, "site");
		p->verdict = (uint8_t)jsonr_enum(r, e, "verdict",
						 verdict_parse);
		p->kind = (uint8_t)jsonr_enum(r, e, "decision",
					      decision_parse);
		p->who = jsonr_str_opt(r, e, "who");
		p->why = jsonr_str_opt(r, e, "why");
		p->when = jsonr_str_opt(r, e, "when");
	}
	if (!r->rc)
		take(d, v, nr);
	free(v);
}

int decisions_read(struct decisions *d, const char *path, struct err *err)
{
	struct jsonr r = { path, &d->arena, err, 0 };
	struct strbuf sb = STRBUF_INIT;
	json_object *o;
	int rc = file_read(path, 0, &sb, err);

	if (!rc) {
		o = jsonr_parse(&r, sb.buf, sb.len);
		if (!r.rc)
			read_all(&r, o, d);
		json_object_put(o);
		rc = r.rc;
	}
	strbuf_release(&sb);
	return rc;
}

static struct decision *find(const struct decisions *d, const char *site)
{
	size_t low = 0, high = d->nr;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int c = strcmp(d->v[mid].site, site);

		if (c == 0)
			return &d->v[mid];
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

void decisions_check(struct decisions *d, const struct result *r)
{
	bool whole = !r->tree.nr_paths && !r->tree.nr_shards;

	for (size_t i = 0; i < d->nr; i++) {
		d->v[i].now = -1;
		d->v[i].stale = whole;
	}
	for (size_t i = 0; i < r->nr_sites; i++) {
		struct decision *v = find(d, r->sites[i].id);

		if (!v)
			continue;
		v->now = (int8_t)r->sites[i].verdict;
		v->stale = v->verdict != r->sites[i].verdict;
	}
	d->nr_stale = 0;
	for (size_t i = 0; i < d->nr; i++)
		d->nr_stale += d->v[i].stale;
}

const struct decision *decisions_find(const struct decisions *d,
				      const struct result_site *site)
{
	const struct decision *v = find(d, site->id);

	return v && !v->stale && v->verdict == site->verdict ? v : NULL;
}

bool decisions_allow(const struct decisions *d, const struct result_site *site,
		     bool otherwise)
{
	const struct decision *made = d ? find(d, site->id) : NULL;

	if (!made || made->stale)
		return otherwise;
	/* Changes of the same run may give it another verdict since. */
	if (made->kind == DECIDE_REJECT)
		return false;
	return otherwise || (made->kind == DECIDE_ACCEPT &&
			     made->verdict == VERDICT_INSTANCE &&
			     site->verdict == VERDICT_INSTANCE);
}
