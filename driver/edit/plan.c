// SPDX-License-Identifier: GPL-2.0-only
/*
 * A result and a choice of its sites go in, plans come out: sites that only
 * lose a restriction are grouped by file and verdict, those that need a scope
 * by that scope, whatever files they are in.
 *
 * Order and ids depend on the sites alone. Nothing is read here.
 */
#include "edit/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/mem.h"
#include "edit/fold.h"

int plan_kind(const struct result_site *s)
{
	switch (s->verdict) {
	case VERDICT_REDUNDANT:
	case VERDICT_UNNEEDED:
	case VERDICT_INSTANCE:
		return PROPOSE_DROP;
	case VERDICT_NOLOCKDEP:
		return PROPOSE_NOLOCKDEP;
	case VERDICT_NOOP:
		return PROPOSE_NOOP;
	case VERDICT_VMALLOC:
		return PROPOSE_VMALLOC;
	case VERDICT_SCOPE:
		if (!s->scope_at)
			return -1;
		return s->scope_at->whole_function ? PROPOSE_FUNCTION :
						     PROPOSE_SECTION;
	}
	return -1;
}

bool edit_wanted(void *ctx, const struct result_site *site)
{
	return site->confidence == CONF_HIGH &&
	       site->verdict != VERDICT_INSTANCE && plan_kind(site) >= 0;
}

bool plan_keeps(const struct plan *p, size_t k)
{
	return p->sites[k]->verdict == VERDICT_SCOPE &&
	       !p->sites[k]->nr_through;
}

static bool same_points(const struct section_point *a, size_t nr_a,
			const struct section_point *b, size_t nr_b)
{
	size_t i;

	for (i = 0; i < nr_a && nr_a == nr_b; i++)
		if (a[i].line != b[i].line || a[i].column != b[i].column ||
		    a[i].success != b[i].success)
			return false;
	return nr_a == nr_b;
}

static bool same_place(const struct section *a, const struct section *b)
{
	return !strcmp(a->path, b->path) &&
	       !strcmp(a->function, b->function) &&
	       a->save_after == b->save_after &&
	       a->whole_function == b->whole_function &&
	       (a->nr_acquires || a->line == b->line) &&
	       same_points(a->acquires, a->nr_acquires,
			   b->acquires, b->nr_acquires) &&
	       same_points(a->releases, a->nr_releases,
			   b->releases, b->nr_releases);
}

const struct section *plan_scope(const struct result *r,
				 bool (*want)(void *ctx,
					      const struct result_site *site),
				 void *ctx, const struct result_site *s)
{
	const struct section *own = s->scope_at;
	size_t i;

	if (s->verdict != VERDICT_SCOPE || !own ||
	    own->restriction == RESTRICT_NOIO)
		return s->verdict == VERDICT_SCOPE ? own : NULL;
	for (i = 0; i < r->nr_sites; i++) {
		const struct result_site *o = &r->sites[i];

		if (o->verdict == VERDICT_SCOPE && o->scope_at &&
		    o->scope_at->restriction == RESTRICT_NOIO &&
		    same_place(o->scope_at, own) &&
		    (want ? want : edit_wanted)(ctx, o))
			return o->scope_at;
	}
	return own;
}

static bool fits(const struct plan *p, const struct result_site *s,
		 const struct section *scope, int kind)
{
	if (p->kind != kind || p->verdict != s->verdict)
		return false;
	if (scope)
		return p->section == scope;
	if (kind == PROPOSE_VMALLOC &&
	    strcmp(p->sites[0]->function, s->function))
		return false;	/* a variable for each function */
	return !strcmp(p->sites[0]->path, s->path);
}

void plan_add_file(struct plan *p, struct arena *a, const char *path)
{
	const char **files;
	size_t i;

	for (i = 0; i < p->nr_files; i++)
		if (!strcmp(p->files[i], path))
			return;
	files = ARENA_ARRAY(a, const char *, p->nr_files + 1);
	for (i = 0; i < p->nr_files; i++)
		files[i] = p->files[i];
	for (; i && strcmp(files[i - 1], path) > 0; i--)
		files[i] = files[i - 1];
	files[i] = path;
	p->files = files;
	p->nr_files++;
}

void plan_set_id(struct plan *p)
{
	struct digest *d = digest_new();
	size_t i;

	digest_adds(d, proposal_kind_name(p->kind));
	digest_adds(d, verdict_name(p->verdict));
	if (p->part)
		digest_adds(d, p->part == PART_SCOPE ? "scope" : "masks");
	if (p->fold) {
		digest_adds(d, p->fold->path);
		digest_adds(d, p->fold->function);
	}
	for (i = 0; i < p->nr_sites; i++)
		digest_adds(d, p->sites[i]->id);
	digest_hex(d, p->id, sizeof(p->id) - 1);
}

/* A class of locks is named by the member: which object's is not said. */
static const char *phrase_of(const struct section *s, struct arena *a)
{
	static const char of[] = " of struct ";
	const char *p = strstr(s->resource, of), *type;

	if (s->phrase)
		return s->phrase;
	if (!p || !strncmp(s->resource, "the ", 4))
		return s->resource;
	type = p + strlen(of);
	if (*type == '<' && strchr(type, '@'))
		return arena_printf(a, "the %.*s of a struct without a name in %s",
				    (int)(p - s->resource), s->resource,
				    strchr(type, '@') + 1);
	return arena_printf(a, "the %.*s of a struct %s",
			    (int)(p - s->resource), s->resource, type);
}

void plan_set_section(struct plan *p, const struct section *s,
		      struct arena *a)
{
	p->section = s;
	p->resource = phrase_of(s, a);
}

/* Sites come in report order, so those of a plan are near its end; scopes
 * reach further and are few. */
static struct plan *plan_for(struct plans *ps, const struct result_site *s,
			     const struct section *scope, int kind)
{
	struct plan *p;
	size_t i;

	for (i = ps->nr; i-- > 0;)
		if (fits(&ps->v[i], s, scope, kind))
			return &ps->v[i];
	GROW(ps->v, ps->nr, ps->cap);
	p = &ps->v[ps->nr++];
	*p = (struct plan){ .kind = kind, .verdict = s->verdict };
	if (scope) {
		plan_set_section(p, scope, &ps->arena);
		plan_add_file(p, &ps->arena, scope->path);
	}
	return p;
}

static bool keeps_all(const struct plan *p)
{
	size_t i;

	for (i = 0; i < p->nr_sites; i++)
		if (!plan_keeps(p, i))
			return false;
	return true;
}

void plans_make(const struct result *r,
		bool (*want)(void *ctx, const struct result_site *site),
		void *ctx, struct plans *ps)
{
	size_t i;

	memset(ps, 0, sizeof(*ps));
	arena_init(&ps->arena);
	for (i = 0; i < r->nr_sites; i++) {
		const struct result_site *s = &r->sites[i];
		const struct result_site **sites;
		int kind = plan_kind(s);
		struct plan *p;

		if (kind < 0 || !(want ? want : edit_wanted)(ctx, s))
			continue;
		p = plan_for(ps, s, plan_scope(r, want, ctx, s), kind);
		/* powers of two, so that growing in the arena stays cheap */
		if (!(p->nr_sites & (p->nr_sites + 1))) {
			sites = ARENA_ARRAY(&ps->arena,
					    const struct result_site *,
					    2 * p->nr_sites + 1);
			if (p->nr_sites)
				memcpy(sites, p->sites,
				       p->nr_sites * sizeof(*sites));
			p->sites = sites;
		}
		p->sites[p->nr_sites++] = s;
		if (!plan_keeps(p, p->nr_sites - 1))
			plan_add_file(p, &ps->arena, s->path);
	}
	for (i = 0; i < ps->nr; i++) {
		if (keeps_all(&ps->v[i]))
			ps->v[i].part = PART_SCOPE;
		plan_set_id(&ps->v[i]);
	}
}

void plans_release(struct plans *p)
{
	free(p->v);
	arena_release(&p->arena);
	memset(p, 0, sizeof(*p));
}
