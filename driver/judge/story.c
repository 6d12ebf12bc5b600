// SPDX-License-Identifier: GPL-2.0-only
/*
 * Evidence (see story.h). Every step says path, line and function, so that it
 * can be looked up in the source; steps are in the order of execution.
 */
#include "judge/story.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/wait.h"

enum { OPENER_DEPTH = 6 };	/* helpers followed down to the real call */

void story_init(struct story *st, struct summaries *s,
		const struct reclaim *r, struct arena *arena)
{
	memset(st, 0, sizeof(*st));
	st->s = s;
	st->reclaim = r;
	st->arena = arena;
}

void story_release(struct story *st)
{
	free(st->v);
}

struct chain story_take(struct story *st)
{
	struct chain c = { .nr = st->nr };

	c.steps = arena_memdup(st->arena, st->v, st->nr * sizeof(*st->v));
	st->nr = 0;
	return c;
}

const char *story_ref(struct story *st, ref_t ref)
{
	struct strbuf sb = STRBUF_INIT;
	const char *name;

	ref_name(&st->s->refs, ref, &sb);
	name = arena_strdup(st->arena, sb.buf);
	strbuf_release(&sb);
	return name;
}

static const char *fn_name(const struct story *st, uint32_t fn)
{
	return atom_str(program_atoms(st->s->p),
			program_fn(st->s->p, fn)->name);
}

static void add_step(struct story *st, uint32_t fn, uint32_t line,
		     const char *event, const char *text)
{
	const struct pfile *file = program_fn_file(st->s->p, fn);

	GROW(st->v, st->nr, st->cap);
	st->v[st->nr++] = (struct step){
		.path = arena_strdup(st->arena, file->path),
		.function = arena_strdup(st->arena, fn_name(st, fn)),
		.line = line, .event = event, .text = text,
	};
}

static const struct event *event_of(const struct story *st,
				    const struct hop *h)
{
	return &program_fn_file(st->s->p, h->fn)->facts->events[h->event];
}

static const char *entry_text(const struct story *st, uint32_t fn)
{
	static const char *const names[] = {
		[ENTRY_WORK] = "runs as a work function",
		[ENTRY_THREAD] = "runs as a kernel thread",
		[ENTRY_TIMER] = "runs from a timer",
		[ENTRY_RCU] = "runs as an RCU callback",
		[ENTRY_IRQ] = "runs from an interrupt",
		[ENTRY_INIT] = "runs at module load or exit",
		[ENTRY_SYSCALL] = "system call",
		[ENTRY_OTHER] = "called from outside of what was read",
	};
	const struct fn *f = program_fn(st->s->p, fn);

	for (unsigned int k = 1; k < ARRAY_SIZE(names); k++)
		if (f->entries & 1 << k)
			return names[k];
	if (f->addr_taken)
		return "called through a pointer that was not resolved";
	return "first function of this chain";
}

void story_entry(struct story *st, const struct way *way)
{
	uint32_t fn = way->v[0].fn;

	add_step(st, fn, program_func(st->s->p, fn)->line, "entry",
		 entry_text(st, fn));
}

/* The last of @deeds that comes before @event, else the first. */
static const struct deed *last_before(const struct deed *deeds,
				      unsigned int nr, uint32_t event)
{
	const struct deed *best = &deeds[0];

	for (unsigned int i = 0; i < nr; i++)
		if (deeds[i].event <= event)
			best = &deeds[i];
	return best;
}

void story_acquire(struct story *st, const struct way *way, ref_t ref)
{
	struct deed deeds[ACQUIRE_MAX];
	uint32_t fn = way->v[0].fn, before = way->v[0].event;
	bool scope = ref_is_scope(&st->s->refs, ref);
	const char *what = story_ref(st, ref);

	for (int depth = 0; depth < OPENER_DEPTH; depth++) {
		unsigned int nr = acquire_events(st->s, fn, ref, false, deeds);
		const struct deed *d;
		struct hop h = { .fn = fn };
		const char *callee;

		if (!nr) {
			if (!depth && !scope)
				add_step(st, fn,
					 program_func(st->s->p, fn)->line,
					 "lock", arena_printf(st->arena,
					 "always runs with %s held", what));
			return;
		}
		d = last_before(deeds, nr, before);
		h.event = d->event;
		callee = facts_str(program_fn_file(st->s->p, fn)->facts,
				   event_of(st, &h)->name);
		add_step(st, fn, event_of(st, &h)->line,
			 scope ? "scope" : "lock",
			 arena_printf(st->arena, "%s() %s %s", callee,
				      scope ? "opens a" : "takes", what));
		if (d->callee == FN_NONE || !scope)
			return;
		fn = d->callee;
		before = UINT32_MAX;
	}
}

void story_way(struct story *st, const struct way *way)
{
	for (uint32_t i = 0; i + 1 < way->nr; i++) {
		const struct event *ev = event_of(st, &way->v[i]);

		add_step(st, way->v[i].fn, ev->line, "call",
			 arena_printf(st->arena, "calls %s()%s",
				      fn_name(st, way->v[i + 1].fn),
				      ev->kind == EV_ICALL ?
				      " through a pointer" : ""));
	}
}

void story_site(struct story *st, const struct hop *hop, const char *text)
{
	add_step(st, hop->fn, event_of(st, hop)->line, "site", text);
}

static const struct visit *visit_of(const struct reclaim_set *set, uint32_t fn)
{
	const struct visit *v = visits_find(&set->visits, fn);

	BUG_ON(!v);
	return v;
}

static void add_root(struct story *st, const struct visit *v)
{
	const struct know_reclaim *k = &st->s->k->reclaim[v->root];

	add_step(st, v->fn, program_func(st->s->p, v->fn)->line, "reclaim",
		 v->worker ? STEP_DOES_IO :
		 arena_printf(st->arena, "reclaim: %s",
			      k->chain ? k->chain : k->member));
}

void story_why(struct story *st, const char *why)
{
	GROW(st->v, st->nr, st->cap);
	st->v[st->nr++] = (struct step){
		.path = "", .function = "", .event = "reclaim",
		.text = arena_strdup(st->arena, why),
	};
}

/* A resource of which the knowledge says that reclaim waits for it. */
static void add_stated(struct story *st, ref_t ref)
{
	const struct ref *r = ref_get(&st->s->refs, ref);

	story_why(st, st->s->k->resources[r->a].why);
}

/* A task that holds @via in @fn; reclaim waits for it. */
static void add_holder(struct story *st, const struct reclaim_set *set,
		       uint32_t fn, ref_t via)
{
	uint32_t i = map_get(&set->waits, via, 0);
	const struct wait *w = i ? &set->wait[i - 1] : NULL;

	if (w)
		add_step(st, w->fn, program_func(st->s->p, w->fn)->line,
			 "reclaim",
			 arena_printf(st->arena, "reclaim waits here for %s",
				      story_ref(st, via)));
	else
		add_stated(st, via);
	add_step(st, fn, program_func(st->s->p, fn)->line, "holder",
		 arena_printf(st->arena, "another task holds %s here",
			      story_ref(st, via)));
}

/* A call on the way: one that may run the function, or that waits for the work
 * item which does. */
static void add_call(struct story *st, const struct wait_call *c)
{
	const char *how = "waits for the work of", *name;
	struct hop h = { c->from, c->event };
	size_t nr;
	const struct target *t = program_targets(st->s->p, h.fn, h.event, &nr);

	for (size_t i = 0; i < nr; i++)
		if (t[i].fn == c->to->fn)
			how = "calls";
	name = fn_name(st, c->to->fn);
	add_step(st, h.fn, event_of(st, &h)->line, "call",
		 arena_printf(st->arena, "%s %s()%s", how, name, c->lent ?
			      " for an object that others use" : ""));
}

/* Where the chain to @wait begins: behind its @nr calls. */
static void add_begin(struct story *st, const struct reclaim_set *set,
		      const struct wait *wait, const struct wait_call *chain,
		      unsigned int nr)
{
	const struct wait_call *first = nr ? &chain[nr - 1] : NULL;

	if (wait->via)
		add_holder(st, set, wait->fn, wait->via);
	else if (first && !first->lent && first->to->via)
		add_holder(st, set, first->from, first->to->via);
	else
		add_root(st, visit_of(set, first ? first->from : wait->fn));
}

void story_wait(struct story *st, const struct reclaim_set *set,
		const struct wait *wait, ref_t ref)
{
	struct wait_call chain[WAIT_CHAIN];
	struct hop h = { wait->fn, wait->event };
	unsigned int nr;

	if (wait->fn == FN_NONE) {
		add_stated(st, ref);
		return;
	}
	nr = wait_chain(set, wait, chain);
	add_begin(st, set, wait, chain, nr);
	while (nr--)
		add_call(st, &chain[nr]);
	add_step(st, wait->fn, event_of(st, &h)->line, "lock",
		 arena_printf(st->arena, "waits for %s%s", story_ref(st, ref),
			      wait->elsewhere ? ", of an object in use" : ""));
}
