// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is wrong with knowledge that was read without error: entries that
 * cannot mean what they say, and entries that do not fit together. Does not
 * know any kernel; that the names exist is checked against real trees.
 */
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "link/knowledge.h"
#include "link/knowledge_tables.h"

struct lint {
	const struct knowledge *k;
	struct strbuf *out;
	const struct know_table *t;	/* being looked at */
	size_t nr;			/* lines written */
};

static void complain(struct lint *l, const void *entry, const char *what)
{
	strbuf_addf(l->out, "%s: ", l->t->name);
	know_key(l->t, entry, l->out);
	strbuf_addf(l->out, ": %s\n", what);
	l->nr++;
}

static void must(struct lint *l, const void *entry, bool ok, const char *what)
{
	if (!ok)
		complain(l, entry, what);
}

static const struct know_api *find_api(const struct knowledge *k,
				       const char *name)
{
	size_t i;

	for (i = 0; i < k->nr_apis; i++)
		if (!strcmp(k->apis[i].name, name))
			return &k->apis[i];
	return NULL;
}

static bool has_resource(const struct knowledge *k, const char *name)
{
	size_t i;

	for (i = 0; i < k->nr_resources; i++)
		if (!strcmp(k->resources[i].name, name))
			return true;
	return false;
}

static bool same_resource(const struct know_api *a, const struct know_api *b)
{
	if (!a->resource || !b->resource)
		return !a->resource && !b->resource;
	return !strcmp(a->resource, b->resource);
}

/* A set of gfp or task flag words of which only one side may be named. */
static void lint_mask(struct lint *l, const void *entry)
{
	const struct mask_word *w = entry;

	must(l, w, w->restricts != RESTRICT_NOFS || !(w->sets & MASK_FS),
	     "restricts nofs and sets fs");
	must(l, w, w->restricts != RESTRICT_NOIO ||
	     !(w->sets & (MASK_FS | MASK_IO)),
	     "restricts noio and sets fs or io");
	must(l, w, !w->restricts || (w->sets & MASK_RECLAIM),
	     "restricts an allocation that does not reclaim");
}

static bool takes_lock(const struct know_api *a)
{
	return a->op == API_LOCK || a->op == API_LOCK_TRY ||
	       a->op == API_LOCK_WAIT;
}

static void lint_lock(struct lint *l, const struct know_api *a)
{
	const struct know_api *r = a->release ? find_api(l->k, a->release) :
				   NULL;

	must(l, a, r && r->op == API_UNLOCK,
	     "takes a lock, and 'release' is no api that unlocks");
	must(l, a, !r || same_resource(a, r),
	     "its release lets go of something else");
	must(l, a, !r || r->mode == a->mode,
	     "its release is of the other mode");
	must(l, a, (a->op == API_LOCK) == !a->success,
	     a->success ? "a lock that always succeeds has a success" :
			  "may fail, and no success is given");
}

static void lint_scope(struct lint *l, const struct know_api *a)
{
	const struct know_api *r;

	must(l, a, a->restriction || a->noreclaim || a->flags_arg >= 0 ||
	     a->op == API_SCOPE_RESTORE, "a scope that denies nothing");
	if (a->op == API_SCOPE_RESTORE) {
		must(l, a, a->lock_arg >= 0, "a restore without its cookie");
		return;
	}
	r = a->release ? find_api(l->k, a->release) : NULL;
	must(l, a, r && r->op == API_SCOPE_RESTORE,
	     "opens a scope, and 'release' is no api that restores");
	must(l, a, !r || r->restriction == a->restriction,
	     "its release ends another kind of scope");
}

static void lint_api(struct lint *l, const void *entry)
{
	const struct know_api *a = entry;
	bool scope = a->op == API_SCOPE_SAVE || a->op == API_SCOPE_RESTORE;

	must(l, a, (!a->flag && !a->tries) || a->flags_arg >= 0,
	     "'flag' or 'tries', and no argument ('flags_arg') that has it");

	must(l, a, !a->own || (a->op == API_UNLOCK && a->resource),
	     "'own', and it does not let go of a resource");
	if (a->op == API_NONE)
		return;
	if (scope) {
		lint_scope(l, a);
		return;
	}
	must(l, a, (a->lock_arg < 0) != !a->resource,
	     "must have either lock_arg or resource");
	must(l, a, !a->resource || has_resource(l->k, a->resource),
	     "its resource is not in the table");
	must(l, a, !a->restriction && !a->noreclaim,
	     "a lock that denies something, like a scope");
	if (takes_lock(a))
		lint_lock(l, a);
	else
		must(l, a, !a->success && !a->release,
		     "takes nothing, and has a success or a release");
}

static void lint_resource(struct lint *l, const void *entry)
{
	const struct know_resource *r = entry;
	const struct knowledge *k = l->k;
	size_t i;

	for (i = 0; i < k->nr_apis; i++)
		if (k->apis[i].resource &&
		    !strcmp(k->apis[i].resource, r->name))
			return;
	for (i = 0; i < k->nr_contexts; i++)
		if (k->contexts[i].resource &&
		    !strcmp(k->contexts[i].resource, r->name))
			return;
	complain(l, r, "nothing acts on it");
}

static void lint_allocator(struct lint *l, const void *entry)
{
	const struct know_allocator *a = entry;

	must(l, a, a->gfp_arg >= 0 || a->implicit,
	     "has neither a mask among its arguments nor one of its own");
}

/* An entry is about a function, or about a member of a type, not both. */
static void lint_subject(struct lint *l, const void *entry,
			 const char *function, const char *type,
			 const char *member)
{
	must(l, entry, !type == !member, "a type needs a member, and back");
	must(l, entry, !function != !type,
	     "must be about either a function or a type's member");
}

static void lint_reclaim(struct lint *l, const void *entry)
{
	const struct know_reclaim *r = entry;

	lint_subject(l, r, r->function, r->type, r->member);
	must(l, r, r->fs || r->io, "reached by no allocation");
	must(l, r, !r->any || (r->fs && r->io),
	     "reached by any allocation, but not by all kinds");
	must(l, r, r->per_object == (r->object_arg >= 0),
	     "per_object and object_arg go together");
	must(l, r, strstr(r->chain, " -> ") != NULL,
	     "its chain does not lead anywhere");
}

static void lint_boundary(struct lint *l, const void *entry)
{
	const struct know_boundary *b = entry;
	const char *star = b->function ? strchr(b->function, '*') : NULL;

	must(l, b, b->function || b->path, "neither a function nor a path");
	must(l, b, !star || !star[1], "'*' stands only at the end");
	must(l, b, b->kind, "no walk ends there");
	must(l, b, !b->caller || (b->function && !star && !b->path),
	     "a caller goes with one function only");
	must(l, b, !b->unless_calls || b->caller,
	     "unless_calls goes with a caller only");
}

static bool is_path(const char *s)
{
	return s[0] != '/' && !str_ends(s, "/") && !strstr(s, "//") &&
	       !str_starts(s, "./");
}

static void lint_component(struct lint *l, const void *entry)
{
	const struct know_component *c = entry;

	must(l, c, is_path(c->path), "not a plain path from the tree's top");
	must(l, c, !c->usual || c->machine, "usual, but for no machine");
}

static void lint_subsystem(struct lint *l, const void *entry)
{
	const struct know_subsystem *s = entry;

	must(l, s, is_path(s->path), "not a plain path from the tree's top");
}

static void lint_token(struct lint *l, const void *entry)
{
	const struct know_token *t = entry;

	must(l, t, t->restriction || t->resource, "proves nothing");
	must(l, t, !t->resource || has_resource(l->k, t->resource),
	     "its resource is not in the table");
}

static void lint_version(struct lint *l, const void *entry)
{
	const struct know_version *v = entry;
	bool ok = (!v->since || knowledge_version_ok(v->since)) &&
		  (!v->until || knowledge_version_ok(v->until));

	must(l, v, v->since || v->until, "holds for every version");
	must(l, v, ok, "not a version: numbers with dots between them");
	must(l, v, !ok || !v->since || !v->until ||
	     knowledge_version_cmp(v->since, v->until) < 0,
	     "ends before it begins");
}

static void lint_effect(struct lint *l, const void *entry)
{
	const struct know_effect *e = entry;
	const struct know_api *a = find_api(l->k, e->function);

	must(l, e, e->keeps != (e->opens || e->closes),
	     "must either keep, or open or close something");
	must(l, e, !e->success || e->opens, "a success of opening nothing");
	must(l, e, !a || a->op == API_NONE || a->adds,
	     "never looked at: the apis have it, without 'adds'");
}

static void lint_store(struct lint *l, const void *entry)
{
	const struct know_store *s = entry;

	lint_subject(l, s, s->function, s->type, s->member);
	must(l, s, !s->function == (s->gfp_arg < 0),
	     "a function needs a gfp_arg, a member has none");
}

static void lint_context(struct lint *l, const void *entry)
{
	const struct know_context *c = entry;

	lint_subject(l, c, c->function, c->type, c->member);
	must(l, c, c->resource || c->worker || c->restriction || c->apart,
	     "says nothing");
	must(l, c, !c->resource || has_resource(l->k, c->resource),
	     "its resource is not in the table");
	must(l, c, !c->guarded || c->worker, "guarded, and no worker");
	must(l, c, c->worker == (c->fs || c->io),
	     "a worker, and nobody else, is waited for by fs or io");
}

static const struct {
	const char *table;
	void (*check)(struct lint *l, const void *entry);
} checks[] = {
	{ "masks", lint_mask },
	{ "apis", lint_api },
	{ "resources", lint_resource },
	{ "allocators", lint_allocator },
	{ "reclaim", lint_reclaim },
	{ "boundaries", lint_boundary },
	{ "components", lint_component },
	{ "tokens", lint_token },
	{ "subsystems", lint_subsystem },
	{ "versions", lint_version },
	{ "effects", lint_effect },
	{ "stores", lint_store },
	{ "contexts", lint_context },
};

size_t knowledge_lint(const struct knowledge *k, struct strbuf *out)
{
	struct lint l = { .k = k, .out = out };
	size_t i, j, nr;

	for (i = 0; i < ARRAY_SIZE(checks); i++) {
		const char *entries;

		l.t = know_table_find(checks[i].table);
		entries = know_entries(k, l.t, &nr);
		for (j = 0; j < nr; j++)
			checks[i].check(&l, entries + j * l.t->size);
	}
	return l.nr;
}
