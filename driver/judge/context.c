// SPDX-License-Identifier: GPL-2.0-only
/*
 * Contexts (see context.h): a worklist from entries down the call graph.
 *
 * A context is a set: the scope levels a function can be entered at and, for
 * each level, every lock of a reclaim set that may be held then. Sets only
 * grow, so the end does not depend on the order of work. The levels come first,
 * breadth first, which makes for short chains; they say what is reached. The
 * lock sets of that follow, callers before callees, so that most functions are
 * visited once.
 */
#include "judge/context.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void contexts_init(struct contexts *c, const struct reclaim *r,
		   const struct imposed *im, const struct handed *handed)
{
	memset(c, 0, sizeof(*c));
	c->reclaim = r;
	c->pts = r->pts;
	c->walk = r->walk;
	c->p = r->walk->p;
	c->words = r->nr_bits / 64 + 1;
	c->imposed = im;
	c->handed = handed;
	entrances_make(&c->entrances, c->walk, c->pts);
}

void contexts_release(struct contexts *c)
{
	entrances_release(&c->entrances);
	doors_release(&c->doors);
	leads_release(&c->leads);
	if (c->base)
		pass_free(c->base);
}

struct pass *pass_new(const struct contexts *c)
{
	struct pass *ps = xcalloc(1, sizeof(*ps));
	uint32_t nr = program_nr_fns(c->p);

	ps->all = c;
	ps->ctx = xcalloc(nr, sizeof(*ps->ctx));
	for (int l = 0; l < LEVEL_NOIO; l++) {
		ps->out.locks[l] = xcalloc(c->words, sizeof(**ps->locks));
		ps->in.locks[l] = xcalloc(c->words, sizeof(**ps->locks));
	}
	for (int l = 0; l < LEVEL_NR; l++)
		ps->origin[l] = xcalloc(nr, sizeof(**ps->origin));
	ps->touched = xcalloc(nr, sizeof(*ps->touched));
	ps->slot = xcalloc(nr, sizeof(*ps->slot));
	ps->order = xcalloc(nr, sizeof(*ps->order));
	ps->rank = xcalloc(nr, sizeof(*ps->rank));
	ps->queued = xcalloc(nr, sizeof(*ps->queued));
	return ps;
}

void pass_free(struct pass *ps)
{
	for (int l = 0; l < LEVEL_NOIO; l++) {
		free(ps->locks[l]);
		free(ps->out.locks[l]);
		free(ps->in.locks[l]);
	}
	for (int l = 0; l < LEVEL_NR; l++)
		free(ps->origin[l]);
	free(ps->ctx);
	free(ps->touched);
	free(ps->slot);
	free(ps->order);
	free(ps->rank);
	free(ps->queued);
	free(ps);
}

void contexts_take_base(struct contexts *c, struct pass *ps)
{
	c->base = ps;
}

const uint64_t *pass_locks(const struct pass *ps, uint32_t fn,
			   enum level level)
{
	if (!ps->ctx[fn].levels)
		return NULL;
	return ps->locks[level] + (size_t)ps->slot[fn] * ps->all->words;
}

static void clear(struct pass *ps)
{
	for (uint32_t i = 0; i < ps->nr_touched; i++)
		memset(&ps->ctx[ps->touched[i]], 0, sizeof(*ps->ctx));
	ps->nr_touched = 0;
	ps->with_locks = false;
}

/* While contexts are looked for, touched is the queue: in the order in which
 * they are reached first. What changes later is told apart by queued. */
static void enqueue(struct pass *ps, uint32_t fn)
{
	if (ps->queued[fn])
		return;
	ps->queued[fn] = true;
	if ((ps->with_locks ? ps->rank[fn] : ps->slot[fn]) < ps->at)
		ps->again = true;
}

static void add_set(const struct contexts *c, uint32_t id, uint64_t *set)
{
	uint32_t nr;
	const ref_t *refs = points_set(c->pts, id, &nr);

	for (uint32_t i = 0; i < nr; i++) {
		uint32_t b = c->reclaim->ref_bit[refs[i]];

		if (b)
			set[(b - 1) / 64] |= 1ull << (b - 1) % 64;
	}
}

static void drop_set(const struct contexts *c, uint32_t id, uint64_t *set)
{
	uint32_t nr;
	const ref_t *refs = points_set(c->pts, id, &nr);

	for (uint32_t i = 0; i < nr; i++) {
		uint32_t b = c->reclaim->ref_bit[refs[i]];

		if (b)
			set[(b - 1) / 64] &= ~(1ull << (b - 1) % 64);
	}
}

/* Change the locks in @set by what point @pt acquired and released, after
 * those that @imposed names were held on entry. */
static void apply_locks(const struct contexts *c, const struct point *pt,
			uint32_t imposed, uint64_t *set)
{
	add_set(c, imposed, set);
	drop_set(c, pt->released, set);
	add_set(c, pt->held, set);
}

static void or_locks(uint64_t *to, const uint64_t *from, uint32_t words)
{
	for (uint32_t i = 0; i < words; i++)
		to[i] |= from[i];
}

static void drop_locks(const struct contexts *c, struct situation *out)
{
	for (int l = 0; l < LEVEL_NOIO && out->with_locks; l++)
		memset(out->locks[l], 0, c->words * sizeof(uint64_t));
}

/* Add to @out what entering at @in with @locks becomes at point @pt. */
static void add_level(const struct contexts *c, struct situation *out,
		      enum level in, const uint64_t *locks,
		      const struct point *pt)
{
	enum level to[3];
	int nr = 0;

	to[nr++] = in > pt->open_must ? in : pt->open_must;
	if (pt->closes && in > LEVEL_NONE)
		to[nr++] = pt->open_must;
	if (pt->open_may > to[0])
		to[nr++] = pt->open_may;
	for (int i = 0; i < nr; i++) {
		out->levels |= 1 << to[i];
		if (to[i] < LEVEL_NOIO && locks && out->with_locks)
			or_locks(out->locks[to[i]], locks, c->words);
	}
}

/* The situation at @pt of @fn, entered in @in. */
static void situate_in(const struct contexts *c, struct situation *out,
		       const struct situation *in, uint32_t fn,
		       const struct point *pt)
{
	out->levels = 0;
	out->doubts = in->doubts | c->entrances.inside[fn];
	out->entries = in->entries | c->imposed->waited[fn];
	drop_locks(c, out);
	for (int l = 0; l < LEVEL_NR; l++)
		if (in->levels & 1 << l)
			add_level(c, out, l, l < LEVEL_NOIO ? in->locks[l] :
				  NULL, pt);
	for (int l = 0; l < LEVEL_NOIO; l++)
		if (out->levels & 1 << l && out->with_locks)
			apply_locks(c, pt, c->imposed->held[fn],
				    out->locks[l]);
	if (!(out->levels & (1 << LEVEL_NONE | 1 << LEVEL_NOFS)))
		out->entries = 0;
}

/* The situation at @pt of @fn, as the pass @from has it entered. */
static void situate(struct pass *ps, const struct pass *from, uint32_t fn,
		    const struct point *pt)
{
	const struct context *ctx = &from->ctx[fn];
	struct situation in = {
		.levels = ctx->levels, .doubts = ctx->doubts,
		.entries = ctx->entries,
	};

	ps->out.with_locks = ps->with_locks;
	for (int l = 0; l < LEVEL_NOIO && ps->with_locks; l++)
		in.locks[l] = from->locks[l] +
			      (size_t)from->slot[fn] * ps->all->words;
	situate_in(ps->all, &ps->out, &in, fn, pt);
}

/* A function that cannot be entered below a level. */
static void force(const struct contexts *c, struct situation *out,
		  enum level level)
{
	for (enum level l = LEVEL_NONE; l < level; l++) {
		if (!(out->levels & 1 << l))
			continue;
		out->levels &= ~(1 << l);
		out->levels |= 1 << level;
		if (level < LEVEL_NOIO && out->with_locks)
			or_locks(out->locks[level], out->locks[l], c->words);
	}
}

static bool enter_locks(struct pass *ps, uint32_t fn,
			const struct situation *in)
{
	uint32_t words = ps->all->words;
	bool changed = false;

	for (int l = 0; l < LEVEL_NOIO; l++) {
		uint64_t *to = ps->locks[l] + (size_t)ps->slot[fn] * words;

		for (uint32_t i = 0; in->levels & 1 << l && i < words; i++) {
			changed |= (in->locks[l][i] & ~to[i]) != 0;
			to[i] |= in->locks[l][i];
		}
	}
	return changed;
}

static bool enter_context(struct pass *ps, uint32_t fn,
			  const struct situation *in, uint32_t from,
			  uint32_t event)
{
	struct context *ctx = &ps->ctx[fn];
	uint8_t levels = in->levels & ~ctx->levels;

	if (!in->levels)
		return false;
	if (!ctx->levels) {
		ps->slot[fn] = ps->nr_touched;
		ps->touched[ps->nr_touched++] = fn;
	}
	for (int l = 0; l < LEVEL_NR; l++)
		if (levels & 1 << l)
			ps->origin[l][fn] = (struct origin){ from, event };
	if (!levels && !(in->doubts & ~ctx->doubts) &&
	    !(in->entries & ~ctx->entries))
		return false;
	ctx->levels |= levels;
	ctx->doubts |= in->doubts;
	ctx->entries |= in->entries;
	return true;
}

static void enter(struct pass *ps, uint32_t fn, const struct situation *in,
		  uint32_t from, uint32_t event)
{
	if (ps->with_locks ? enter_locks(ps, fn, in) :
	    enter_context(ps, fn, in, from, event))
		enqueue(ps, fn);
}

/* Bring the situation ps->out, found at @event of @from, into @to. */
static void pass_on(struct pass *ps, uint32_t from, uint32_t event,
		    const struct target *t)
{
	const struct contexts *c = ps->all;
	struct situation in = ps->out;	/* its lock sets are ps->out's */

	if (t->how == TARGET_BY_NAME)
		in.doubts |= DOUBT_BY_NAME;
	force(c, &in, c->imposed->level[t->fn]);
	enter(ps, t->fn, &in, from, event);
}

/* A function that is handed over at @event of @fn runs with what the function
 * it is handed to holds then. */
static void hold_inside(struct pass *ps, uint32_t fn, uint32_t event)
{
	const struct contexts *c = ps->all;
	size_t nr;
	const struct target *t = program_targets(c->p, fn, event, &nr);

	for (size_t i = 0; i < nr && ps->with_locks; i++)
		for (int l = 0; t[i].how != TARGET_ARGUMENT &&
		     l < LEVEL_NOIO; l++)
			if (ps->out.levels & 1 << l)
				add_set(c, c->handed->held[t[i].fn],
					ps->out.locks[l]);
}

static void visit_calls(struct pass *ps, uint32_t fn)
{
	const struct contexts *c = ps->all;
	const struct lead *end = c->leads.v + c->leads.first[fn + 1];
	uint32_t ready = UINT32_MAX;	/* point whose situation is ps->out */

	for (const struct lead *d = c->leads.v + c->leads.first[fn]; d < end;
	     d++) {
		struct target t = { d->fn, d->how };

		if (!walk_context(c->walk, fn, t.fn, t.how, d->indirect,
				  ps->colour))
			continue;
		if (ready != d->point)
			situate(ps, ps, fn, &c->pts->v[d->point]);
		ready = c->imposed->level[t.fn] || t.how == TARGET_ARGUMENT ?
			UINT32_MAX : d->point;
		if (t.how == TARGET_ARGUMENT)
			hold_inside(ps, fn, d->event);
		/* From one part of the shared code to another: locks of the
		 * first are not those that the second's file systems wait
		 * for. */
		if (walk_changes_side(c->walk, fn, t.fn)) {
			drop_locks(c, &ps->out);
			ready = UINT32_MAX;
		}
		pass_on(ps, fn, d->event, &t);
	}
}

static void start_at(struct pass *ps, uint32_t fn)
{
	const struct contexts *c = ps->all;
	struct situation *in = &ps->out;

	in->levels = 1 << LEVEL_NONE;
	in->entries = program_fn(c->p, fn)->entries;
	in->doubts = c->entrances.doubts[fn];
	in->with_locks = ps->with_locks;
	drop_locks(c, in);
	for (int l = 0; l < LEVEL_NOIO; l++) {
		uint32_t held = doors_held(&c->doors, fn, l);

		if (held)
			in->levels |= 1 << l;
		if (held && in->with_locks)
			add_set(c, held, in->locks[l]);
	}
	force(c, in, c->imposed->level[fn]);
	enter(ps, fn, in, FN_NONE, 0);
}

/* What the shared code above brings into the functions of this colour. */
static void start_from_base(struct pass *ps, uint32_t fn)
{
	const struct contexts *c = ps->all;
	size_t nr;
	const struct caller *callers = program_callers(c->p, fn, &nr);

	for (size_t i = 0; i < nr; i++) {
		uint32_t from = callers[i].fn;
		struct target t = { fn, callers[i].how };
		const struct facts *facts;

		if (walk_is_leaf(c->walk, from) || !c->base->ctx[from].levels)
			continue;
		facts = program_fn_file(c->p, from)->facts;
		if (!walk_context(c->walk, from, fn, t.how,
				  facts->events[callers[i].event].kind ==
				  EV_ICALL, ps->colour))
			continue;
		situate(ps, c->base, from,
			point_at(c->pts, from, callers[i].event));
		if (ps->out.doubts & DOUBT_POINTER)
			ps->out.doubts ^= DOUBT_POINTER | DOUBT_FAR;
		ps->out.entries &= ENTRY_WAITED_FS | ENTRY_WAITED_IO;
		pass_on(ps, from, callers[i].event, &t);
	}
}

static bool is_start(const struct contexts *c, uint32_t fn)
{
	return c->entrances.is[fn] || doors_held(&c->doors, fn, LEVEL_NONE) ||
	       doors_held(&c->doors, fn, LEVEL_NOFS);
}

/* The functions of a colour; without one those of no leaf. */
static void start(struct pass *ps)
{
	const struct contexts *c = ps->all;
	uint32_t nr = program_nr_fns(c->p);

	if (ps->colour != COLOUR_NONE) {
		const uint32_t *fns = leads_of(&c->leads, ps->colour, &nr);

		for (uint32_t i = 0; i < nr; i++) {
			if (is_start(c, fns[i]))
				start_at(ps, fns[i]);
			start_from_base(ps, fns[i]);
		}
		return;
	}
	for (uint32_t fn = 0; fn < nr; fn++)
		if (c->leads.leads[fn] && is_start(c, fn) &&
		    !walk_is_leaf(c->walk, fn))
			start_at(ps, fn);
}

/* Visit what is queued, in the order of @fns (which may grow), until nothing
 * is. */
static void settle(struct pass *ps, const uint32_t *fns)
{
	do {
		ps->again = false;
		for (ps->at = 0; ps->at < ps->nr_touched; ) {
			uint32_t fn = fns[ps->at++];

			if (!ps->queued[fn])
				continue;
			ps->queued[fn] = false;
			visit_calls(ps, fn);
		}
	} while (ps->again);
}

/* A function on the way down, and the call that is looked at next. */
struct step {
	uint32_t fn, lead;
};

static struct step first_step(struct pass *ps, uint32_t fn)
{
	ps->queued[fn] = true;	/* it is seen, and to be visited */
	return (struct step){ fn, ps->all->leads.first[fn] };
}

/* Callers first: the reverse of the order in which a walk into the depth from
 * @root leaves functions, put before ps->order[@end]. In it only calls back
 * into a cycle lead backwards. Return: where what was put begins. */
static uint32_t order_below(struct pass *ps, uint32_t root,
			    struct step *stack, uint32_t end)
{
	const struct contexts *c = ps->all;
	uint32_t nr = 0;

	stack[nr++] = first_step(ps, root);
	while (nr) {
		struct step *at = &stack[nr - 1];
		const struct lead *d = &c->leads.v[at->lead];

		if (at->lead++ == c->leads.first[at->fn + 1]) {
			ps->order[--end] = at->fn;
			ps->rank[at->fn] = end;
			nr--;
		} else if (ps->ctx[d->fn].levels && !ps->queued[d->fn] &&
			   walk_context(c->walk, at->fn, d->fn, d->how,
					d->indirect, ps->colour)) {
			stack[nr++] = first_step(ps, d->fn);
		}
	}
	return end;
}

static void make_order(struct pass *ps)
{
	struct step *stack = xcalloc(ps->nr_touched + 1, sizeof(*stack));
	uint32_t end = ps->nr_touched;

	for (uint32_t i = 0; i < ps->nr_touched; i++)
		if (!ps->queued[ps->touched[i]])
			end = order_below(ps, ps->touched[i], stack, end);
	free(stack);
}

static void make_locks(struct pass *ps)
{
	uint32_t words = ps->all->words;

	for (int l = 0; l < LEVEL_NOIO; l++) {
		if (ps->cap_locks < ps->nr_touched) {
			free(ps->locks[l]);
			ps->locks[l] = xcalloc((size_t)ps->nr_touched * words,
					       sizeof(**ps->locks));
		} else if (ps->nr_touched) {
			memset(ps->locks[l], 0, (size_t)ps->nr_touched *
			       words * sizeof(**ps->locks));
		}
	}
	if (ps->cap_locks < ps->nr_touched)
		ps->cap_locks = ps->nr_touched;
}

void pass_run(struct pass *ps, uint32_t colour)
{
	clear(ps);
	ps->colour = colour;
	start(ps);
	settle(ps, ps->touched);
	make_order(ps);
	make_locks(ps);
	ps->with_locks = true;
	start(ps);
	settle(ps, ps->order);
}

const struct situation *context_at(struct pass *ps, uint32_t fn,
				   uint32_t event)
{
	situate(ps, ps, fn, point_at(ps->all->pts, fn, event));
	return &ps->out;
}

const struct situation *context_into(struct pass *ps, uint32_t fn,
				     uint32_t event)
{
	const struct contexts *c = ps->all;
	struct situation in = ps->out;

	ps->out = ps->in;
	ps->in = in;
	ps->out.with_locks = true;
	force(c, &ps->in, c->imposed->level[fn]);
	situate_in(c, &ps->out, &ps->in, fn, point_at(c->pts, fn, event));
	return &ps->out;
}
