// SPDX-License-Identifier: GPL-2.0-only
/*
 * Unbalanced scopes: a path that leaves a function inside its scope, restores
 * what is not saved, or drops the value of a save.
 *
 * Forwards, the data flow says what is surely open (or surely not) at the end
 * of each block; backwards, a block is doomed when every way on leaves without
 * a restore (or comes to one). Where what is open enters a doomed block, that
 * path is wrong whatever the conditions are. Pairs of equal conditions, where
 * the scope only may be open, never are; nor is a cookie that others have.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/cookie.h"
#include "judge/finding.h"
#include "judge/transfer.h"

enum { BALANCE_COOKIES = 8, BALANCE_EXITS = 8 };

enum doom { DOOM_LEAK, DOOM_RESTORE };

/* What is next on the way from some place on. */
enum fate { FATE_OPEN, FATE_NO, FATE_YES };

struct balance {
	struct decision *d;
	struct flow *w;
	struct cookie_use *c;
	enum doom doom;
	uint8_t *doomed, *reaches;	/* by block */
	uint32_t *queue;
	uint32_t told[BALANCE_EXITS];	/* events that a finding is at */
	unsigned int nr_told;
};

static enum fate event_fate(const struct balance *b, uint32_t event)
{
	enum cookie_act act = b->c->act[event - b->w->func->first_event];
	bool leak = b->doom == DOOM_LEAK;

	if (act == COOKIE_RESTORES)
		return leak ? FATE_NO : FATE_YES;
	if (act == COOKIE_SAVES)
		return leak && b->c->local ? FATE_YES : FATE_NO;
	if (b->w->facts->events[event].kind == EV_RETURN)
		return leak ? FATE_YES : FATE_NO;
	return FATE_OPEN;
}

/* The fate of block @blk from its event number @pos on; @at: the event. */
static enum fate block_fate(const struct balance *b, uint32_t blk,
			    uint32_t pos, uint32_t *at)
{
	const struct flow *w = b->w;
	const struct block *x = &w->facts->blocks[w->func->first_block + blk];

	for (; pos < x->nr_events; pos++) {
		enum fate f = event_fate(b, x->first_event + pos);

		if (f == FATE_OPEN)
			continue;
		*at = x->first_event + pos;
		return f;
	}
	return FATE_OPEN;
}

static bool settle_block(struct balance *b, uint32_t blk)
{
	const struct flow *w = b->w;
	const struct edge *edges = w->facts->edges + w->func->first_edge;
	uint8_t doomed = 1, reaches = 0;
	bool changed;

	for (uint32_t i = w->head[blk]; i != UINT32_MAX; i = w->next[i]) {
		doomed &= b->doomed[edges[i].to];
		reaches |= b->reaches[edges[i].to];
	}
	changed = b->doomed[blk] != doomed || b->reaches[blk] != reaches;
	b->doomed[blk] = doomed;
	b->reaches[blk] = reaches;
	return changed;
}

/* Greatest fixpoint of "all ways lead to it", least of "one does". */
static void find_doomed(struct balance *b)
{
	uint32_t nr = b->w->func->nr_blocks, at;
	bool changed = true;

	memset(b->doomed, 1, nr);
	memset(b->reaches, 0, nr);
	for (uint32_t i = 0; i < nr; i++) {
		enum fate f = block_fate(b, i, 0, &at);

		b->doomed[i] = f != FATE_NO;
		b->reaches[i] = f == FATE_YES;
	}
	while (changed) {
		changed = false;
		for (uint32_t i = nr; i-- > 0; )
			if (block_fate(b, i, 0, &at) == FATE_OPEN)
				changed |= settle_block(b, i);
	}
}

/* The first event that seals the fate of what enters @blk at @pos. */
static uint32_t sealing_event(struct balance *b, uint32_t blk, uint32_t pos)
{
	const struct flow *w = b->w;
	const struct edge *edges = w->facts->edges + w->func->first_edge;
	uint32_t head = 0, len = 0, at = UINT32_MAX;
	uint8_t *seen = xcalloc(w->func->nr_blocks, 1);

	b->queue[len++] = blk;
	while (head < len) {
		uint32_t x = b->queue[head];
		enum fate f = block_fate(b, x, head++ ? 0 : pos, &at);

		if (f == FATE_YES)
			break;
		at = UINT32_MAX;
		if (f == FATE_NO)
			continue;
		for (uint32_t i = w->head[x]; i != UINT32_MAX; i = w->next[i]) {
			uint32_t to = edges[i].to;

			if (seen[to] || !b->reaches[to])
				continue;
			seen[to] = 1;
			b->queue[len++] = to;
		}
	}
	free(seen);
	return at;
}

static const char *scope_word(const struct ref *r)
{
	return r->restriction == RESTRICT_NOIO ? "NOIO" :
	       r->restriction == RESTRICT_NOFS ? "NOFS" : "PF_MEMALLOC";
}

static const char *cookie_name(struct balance *b, const struct ref *r)
{
	const struct atoms *atoms = program_atoms(b->d->s->p);

	if (r->cookie == COOKIE_LOCAL)
		return atom_str(atoms, r->a);
	return arena_printf(&b->d->r->arena, "%s of struct %s",
			    atom_str(atoms, r->b), atom_str(atoms, r->a));
}

static const char *leak_text(struct balance *b, uint32_t event)
{
	const struct ref *r = &b->c->kept;

	if (b->w->facts->events[event].kind == EV_RETURN)
		return arena_printf(&b->d->r->arena, "returns inside its %s "
			"scope: %s is not restored on this path",
			scope_word(r), cookie_name(b, r));
	return arena_printf(&b->d->r->arena, "opens a %s scope again and "
		"loses the value of %s, which nobody can restore then",
		scope_word(r), cookie_name(b, r));
}

static const char *restore_text(struct balance *b)
{
	const struct ref *r = &b->c->kept;

	return arena_printf(&b->d->r->arena, "restores %s, but no %s scope of "
		"its own is open on this path", cookie_name(b, r),
		scope_word(r));
}

static void tell(struct balance *b, uint32_t event, uint32_t from,
		 enum confidence confidence, const char *message)
{
	struct decision *d = b->d;
	const struct event *ev = &b->w->facts->events[event];
	struct hop hop = { b->w->fn, event }, turn = { b->w->fn, from };
	struct way way = { &hop, 1 };
	struct result_finding *f;

	for (unsigned int i = 0; i < b->nr_told; i++)
		if (b->told[i] == event)
			return;
	if (b->nr_told == BALANCE_EXITS)
		return;
	b->told[b->nr_told++] = event;
	f = finding_add(d, RULE_UNBALANCED_SCOPE, b->w->fn, ev->line,
			ev->column);
	f->confidence = confidence;
	f->message = message;
	story_acquire(&d->story, &way, b->c->ref);
	if (from != UINT32_MAX && from != event)
		story_site(&d->story, &turn, "the path turns off after this");
	story_site(&d->story, &hop, message);
	f->evidence = story_take(&d->story);
}

/* A lock that brings a scope may be kept when the function succeeds, and an
 * object that is not the function's own may be closed by whoever has it. */
static bool is_failure(struct balance *b, uint32_t event,
		       const struct flow_state *st)
{
	const struct event *ev = &b->w->facts->events[event];
	uint32_t var = 0;

	if (b->c->local || b->c->owned)
		return true;
	if (ev->kind != EV_RETURN || !ev->value)
		return false;
	return !(transfer_return_classes(b->w, ev, st, &var) & CLASS_ZERO);
}

static void seal(struct balance *b, uint32_t blk, uint32_t pos, uint32_t from,
		 const struct flow_state *st)
{
	uint32_t event;

	event = sealing_event(b, blk, pos);
	if (event == UINT32_MAX)
		return;
	if (b->doom == DOOM_RESTORE)
		tell(b, event, from, CONF_HIGH, restore_text(b));
	else if (is_failure(b, event, st))
		tell(b, event, from, b->c->local ? CONF_HIGH : CONF_MODERATE,
		     leak_text(b, event));
}

/* Is @st, for sure, what is doomed? */
static bool is_at_risk(const struct balance *b, const struct flow_state *st)
{
	if (b->doom == DOOM_LEAK)
		return st->must & b->c->bit;
	return !(st->may & b->c->bit);
}

static bool doomed_here(const struct balance *b, uint32_t blk, uint32_t pos)
{
	const struct flow *w = b->w;
	const struct edge *edges = w->facts->edges + w->func->first_edge;
	uint32_t at;
	enum fate f = block_fate(b, blk, pos, &at);
	bool doomed = true;

	if (f != FATE_OPEN)
		return f == FATE_YES;
	for (uint32_t i = w->head[blk]; i != UINT32_MAX; i = w->next[i])
		doomed &= b->doomed[edges[i].to];
	return doomed;
}

/* After an event that opens or closes the scope: is it lost at once? */
static void check_event(struct balance *b, uint32_t blk, uint32_t pos,
			const struct flow_state *st)
{
	const struct flow *w = b->w;
	uint32_t event = w->facts->blocks[w->func->first_block + blk]
			 .first_event + pos;
	enum cookie_act act = b->c->act[event - w->func->first_event];
	enum cookie_act begins = b->doom == DOOM_LEAK ? COOKIE_SAVES :
							COOKIE_RESTORES;

	if (act == begins && doomed_here(b, blk, pos + 1))
		seal(b, blk, pos + 1, event, st);
}

static void check_edges(struct balance *b, uint32_t blk, uint32_t last,
			const struct flow_state *st)
{
	struct flow *w = b->w;
	const struct edge *edges = w->facts->edges + w->func->first_edge;

	for (uint32_t i = w->head[blk]; i != UINT32_MAX; i = w->next[i]) {
		struct flow_state out = *st;
		uint32_t to = edges[i].to;

		if (b->doomed[to] && b->reaches[to] &&
		    transfer_edge(w, &edges[i], &out) && is_at_risk(b, &out))
			seal(b, to, 0, last, &out);
	}
}

/* Places where a fate is sealed that was open before. */
static void check_blocks(struct balance *b)
{
	struct flow *w = b->w;

	if (b->doom == DOOM_RESTORE && b->doomed[0] && b->reaches[0])
		seal(b, 0, 0, UINT32_MAX, &w->at[0]);
	for (uint32_t i = 0; i < w->func->nr_blocks; i++) {
		const struct block *x =
			&w->facts->blocks[w->func->first_block + i];
		struct flow_state st = w->at[i];
		uint32_t last = UINT32_MAX;

		if (!st.live)
			continue;
		for (uint32_t j = 0; j < x->nr_events; j++) {
			last = x->first_event + j;
			transfer_event(w, last, &st);
			if (is_at_risk(b, &st))
				check_event(b, i, j, &st);
		}
		if (!doomed_here(b, i, x->nr_events))
			check_edges(b, i, last, &st);
	}
}

static bool tell_mistaken(struct balance *b)
{
	const struct flow *w = b->w;
	const struct ref *r = &b->c->kept;
	bool found = false;

	for (uint32_t i = 0; i < w->func->nr_events; i++) {
		if (b->c->act[i] != COOKIE_MISTAKEN)
			continue;
		found = true;
		tell(b, w->func->first_event + i, UINT32_MAX, CONF_HIGH,
		     arena_printf(&b->d->r->arena, "closes the %s scope of %s "
				  "as if it were one of another kind",
				  scope_word(r), cookie_name(b, r)));
	}
	return found;
}

static void check_cookie(struct balance *b)
{
	b->nr_told = 0;
	if (b->c->escapes || !b->c->nr_saves)
		return;
	if (b->c->local && tell_mistaken(b))
		return;
	if (!b->c->local && !b->c->nr_restores)
		return;
	b->doom = DOOM_LEAK;
	find_doomed(b);
	check_blocks(b);
	if (!b->c->local || b->c->set_otherwise || b->nr_told)
		return;
	b->doom = DOOM_RESTORE;
	find_doomed(b);
	check_blocks(b);
}

/* Two kinds of scopes that share one variable: each cookie sees the other's
 * restores as mistakes, so none is told. */
static void settle_shared(struct cookie_use *c, unsigned int nr)
{
	for (unsigned int i = 0; i < nr; i++)
		for (unsigned int j = 0; j < nr; j++) {
			const struct ref *x = &c[i].kept;
			const struct ref *y = &c[j].kept;

			if (i != j && c[i].local && c[j].local && x->a == y->a)
				c[i].escapes = true;
		}
}

static void check_function(struct decision *d, struct flow *w, uint32_t fn,
			   bool life)
{
	struct cookie_use uses[BALANCE_COOKIES];
	uint32_t blocks = program_func(d->s->p, fn)->nr_blocks;
	struct balance b = { .d = d, .w = w };
	unsigned int nr;

	flow_run(w, fn, NULL, NULL, NULL);
	if (w->overflow || !blocks)
		return;
	b.doomed = xcalloc(blocks, 1);
	b.reaches = xcalloc(blocks, 1);
	b.queue = xcalloc(blocks + 1, sizeof(*b.queue));
	nr = cookie_uses(w, uses, ARRAY_SIZE(uses));
	settle_shared(uses, nr);
	for (unsigned int i = 0; i < nr; i++) {
		b.c = &uses[i];
		if (!life || b.c->nr_restores)
			check_cookie(&b);
	}
	for (unsigned int i = 0; i < nr; i++)
		cookie_release(&uses[i]);
	free(b.doomed);
	free(b.reaches);
	free(b.queue);
}

/* A thread that never gives its flags back has them for life. */
static bool is_for_life(const struct program *p, uint32_t fn)
{
	const struct caller *c;
	size_t nr;

	if (program_fn(p, fn)->entries & 1 << ENTRY_THREAD)
		return true;
	c = program_callers(p, fn, &nr);
	for (size_t i = 0; i < nr; i++)
		if (!(program_fn(p, c[i].fn)->entries & 1 << ENTRY_THREAD))
			return false;
	return nr > 0;
}

static void check_dropped(struct decision *d, uint32_t fn)
{
	const struct func *func = program_func(d->s->p, fn);
	const struct facts *facts = program_fn_file(d->s->p, fn)->facts;

	for (uint32_t i = 0; i < func->nr_events; i++) {
		uint32_t event = func->first_event + i;
		struct hop hop = { fn, event };
		struct result_finding *f;

		if (!cookie_dropped(d->s->p, fn, event))
			continue;
		f = finding_add(d, RULE_UNBALANCED_SCOPE, fn,
				facts->events[event].line,
				facts->events[event].column);
		f->confidence = CONF_HIGH;
		f->message = arena_printf(&d->r->arena, "drops the value of "
			"%s(): nobody can restore the scope",
			facts_str(facts, facts->events[event].name));
		story_site(&d->story, &hop, f->message);
		f->evidence = story_take(&d->story);
	}
}

static bool has_scope_effect(const struct summaries *s, uint32_t fn)
{
	for (unsigned int i = 0; i < s->of[fn].nr; i++)
		if (ref_is_scope(&s->refs, s->of[fn].v[i].ref))
			return true;
	return false;
}

/* Has @fn a call that may open a scope or close one? */
static bool touches_scope(const struct decision *d, uint32_t fn)
{
	const struct func *f = program_func(d->s->p, fn);
	const struct pfile *file = program_fn_file(d->s->p, fn);

	for (uint32_t i = 0; i < f->nr_events; i++) {
		uint32_t event = f->first_event + i;
		const struct event *ev = &file->facts->events[event];
		const struct know_api *api = program_call_api(d->s->p, file, ev);
		const struct target *t;
		size_t nr;

		if (ev->kind != EV_CALL && ev->kind != EV_ICALL)
			continue;
		if (api && (api->op == API_SCOPE_SAVE ||
			    api->op == API_SCOPE_RESTORE))
			return true;
		t = program_targets(d->s->p, fn, event, &nr);
		for (size_t j = 0; j < nr; j++)
			if (has_scope_effect(d->s, t[j].fn))
				return true;
	}
	return false;
}

void find_unbalanced(struct decision *d)
{
	struct flow *w = flow_new(d->s);

	for (uint32_t fn = 0; fn < program_nr_fns(d->s->p); fn++) {
		const struct func *f = program_func(d->s->p, fn);
		bool life;

		if (f->flags & (FUNC_MACRO | FUNC_BROKEN) ||
		    !touches_scope(d, fn))
			continue;
		life = is_for_life(d->s->p, fn);
		if (!life)
			check_dropped(d, fn);
		check_function(d, w, fn, life);
	}
	flow_free(w);
}
