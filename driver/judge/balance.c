// SPDX-License-Identifier: GPL-2.0-only
/*
 * Unbalanced scopes: a function that restores a scope on some of its ways out
 * and surely leaves it open on another.
 *
 * Only scopes whose cookie is a local variable count; one that is returned or
 * stored is closed elsewhere. A return where the scope may or may not be open
 * is nearly always a pair of equal conditions and is not reported.
 */
#include <string.h>

#include "base/mem.h"
#include "judge/finding.h"
#include "judge/flow.h"

struct balance {
	struct decision *d;
	uint32_t leaks[8];	/* events: returns inside the scope */
	ref_t leak_refs[8];
	unsigned int nr_leaks;
};

static bool is_local_cookie(const struct refs *t, ref_t ref)
{
	const struct ref *r = ref_get(t, ref);

	return r->kind == REF_SCOPE && r->cookie == COOKIE_LOCAL;
}

/* Is the cookie itself handed out: returned, stored, or passed on? */
static bool escapes(const struct flow *w, atom_t name)
{
	for (uint32_t i = 0; i < w->func->nr_events; i++) {
		const struct event *ev =
			&w->facts->events[w->func->first_event + i];
		const struct expr *e;

		if (!ev->value || (ev->kind != EV_RETURN &&
				   ev->kind != EV_ASSIGN))
			continue;
		e = &w->facts->exprs[ev->value - 1];
		if (e->kind == EXPR_NAME && !e->nr_parts &&
		    w->file->atoms[e->base] == name)
			return true;
	}
	return false;
}

static void at_return(struct flow *w, uint32_t event,
		      const struct flow_state *st, void *ctx)
{
	struct balance *b = ctx;

	if (w->facts->events[event].kind != EV_RETURN)
		return;
	for (unsigned int i = 0; i < w->nr_refs; i++) {
		if (!(st->must >> i & 1) ||
		    !is_local_cookie(&w->s->refs, w->refs[i]))
			continue;
		if (b->nr_leaks < ARRAY_SIZE(b->leaks)) {
			b->leaks[b->nr_leaks] = event;
			b->leak_refs[b->nr_leaks++] = w->refs[i];
		}
	}
}

static bool is_released(const struct flow *w, ref_t ref)
{
	for (unsigned int i = 0; i < w->nr_refs; i++)
		if (w->refs[i] == ref)
			return w->released >> i & 1;
	return false;
}

static void report(struct balance *b, const struct flow *w, unsigned int i)
{
	struct decision *d = b->d;
	const struct event *ev = &w->facts->events[b->leaks[i]];
	const struct ref *r = ref_get(&w->s->refs, b->leak_refs[i]);
	struct hop hop = { w->fn, b->leaks[i] };
	struct way way = { &hop, 1 };
	struct result_finding *f;

	f = finding_add(d, RULE_UNBALANCED_SCOPE, w->fn, ev->line,
			ev->column);
	f->confidence = CONF_HIGH;
	f->message = arena_printf(&d->r->arena, "returns inside its %s scope: "
		"%s is not restored on this path",
		r->restriction == RESTRICT_NOIO ? "NOIO" : "NOFS",
		atom_str(program_atoms(d->s->p), r->a));
	story_acquire(&d->story, &way, b->leak_refs[i]);
	story_site(&d->story, &hop, "returns with the scope open");
	f->evidence = story_take(&d->story);
}

static bool saves_scope(const struct decision *d, uint32_t fn)
{
	const struct func *f = program_func(d->s->p, fn);
	const struct pfile *file = program_fn_file(d->s->p, fn);

	for (uint32_t i = 0; i < f->nr_events; i++) {
		const struct event *ev =
			&file->facts->events[f->first_event + i];
		const struct know_api *api;

		if (ev->kind != EV_CALL)
			continue;
		api = program_api(d->s->p, file->atoms[ev->name]);
		if (api && api->op == API_SCOPE_SAVE)
			return true;
	}
	return false;
}

void find_unbalanced(struct decision *d)
{
	struct flow *w = flow_new(d->s);

	for (uint32_t fn = 0; fn < program_nr_fns(d->s->p); fn++) {
		struct balance b = { .d = d };

		if (!saves_scope(d, fn) ||
		    program_func(d->s->p, fn)->flags & FUNC_MACRO)
			continue;
		flow_run(w, fn, NULL, at_return, &b);
		for (unsigned int i = 0; i < b.nr_leaks; i++) {
			const struct ref *r = ref_get(&d->s->refs,
						      b.leak_refs[i]);

			if (is_released(w, b.leak_refs[i]) &&
			    !escapes(w, r->a))
				report(&b, w, i);
		}
	}
	flow_free(w);
}
