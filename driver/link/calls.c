// SPDX-License-Identifier: GPL-2.0-only
/*
 * The calls of all functions. Direct calls get their targets here; of calls
 * through pointers it is noted where the pointer comes from, and of function
 * pointers in arguments, assignments and results where they go (flow.c).
 *
 * Files are done in parallel, in chunks of fixed size: what a chunk finds
 * does not depend on the threads, and chunks are joined in order.
 */
#include "link/link.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/workers.h"

struct call {
	const struct event *ev;
	uint32_t nr;			/* number of the event in its file */
	uint32_t slot;
	uint32_t async;			/* index + 1 in knowledge.asyncs */
	struct ref pointer;		/* of an indirect call */
	uint32_t first_pass;
};

static int target_cmp(const void *a, const void *b)
{
	const struct target *x = a, *y = b;

	if (x->fn != y->fn)
		return x->fn < y->fn ? -1 : 1;
	return (int)x->how - (int)y->how;
}

size_t targets_sort(struct target *t, size_t nr)
{
	size_t i, n = 0;

	if (nr > 1)
		qsort(t, nr, sizeof(*t), target_cmp);
	for (i = 0; i < nr; i++)
		if (!n || t[n - 1].fn != t[i].fn)
			t[n++] = t[i];
	return n;
}

/* Kind of entry that argument @arg of the call becomes, or 0. */
static unsigned int async_kind(const struct program *p, const struct call *c,
			       unsigned int arg)
{
	uint32_t i;

	for (i = c->async; i; i = p->async_next[i - 1]) {
		const struct know_async *a = &p->know->asyncs[i - 1];

		if (a->func_arg < 0 || (unsigned int)a->func_arg == arg)
			return a->kind;
	}
	return 0;
}

static void pass_ref(struct scan *s, struct call *c, struct ref from,
		     unsigned int arg)
{
	struct haul *h = s->h;
	const struct target *t;
	size_t i, nr;

	if (from.kind == REF_FN) {
		GROW(h->handed, h->nr_handed, h->cap_handed);
		h->handed[h->nr_handed++] = (struct handed){
			s->fn, c->nr, from.a, arg };
	}
	if (c->pointer.kind != REF_NONE) {
		GROW(h->passes, h->nr_passes, h->cap_passes);
		h->passes[h->nr_passes++] = (struct pass){ from, arg };
		return;
	}
	t = scan_targets(s, c->slot, &nr);
	for (i = 0; i < nr; i++)
		if (arg < s->p->fn_params[t[i].fn])
			haul_flow(h, from,
				  (struct ref){ REF_VAR, t[i].fn, arg });
}

/*
 * Argument @arg is started in a context of its own, whatever the code of the
 * callee does with it: a call through the place where it ends up is none of
 * that code's.
 */
static void start_ref(struct scan *s, struct call *c, struct ref from,
		      unsigned int arg, unsigned int kind)
{
	const struct ref async = { REF_ASYNC, 0, 0 };
	const struct target *t;
	size_t i, nr;

	haul_flow(s->h, from, (struct ref){ REF_ENTRY, kind, 0 });
	t = scan_targets(s, c->slot, &nr);
	for (i = 0; i < nr; i++)
		if (arg < s->p->fn_params[t[i].fn])
			haul_flow(s->h, async,
				  (struct ref){ REF_VAR, t[i].fn, arg });
}

static void scan_args(struct scan *s, struct call *c)
{
	struct ref refs[MAX_REFS];
	unsigned int arg;

	for (arg = 0; arg < c->ev->nr_args; arg++) {
		size_t i, nr;
		unsigned int kind;

		nr = scan_refs(s, &s->f->exprs[c->ev->args + arg], refs);
		if (!nr)
			continue;
		kind = async_kind(s->p, c, arg);
		for (i = 0; i < nr; i++) {
			if (kind)
				start_ref(s, c, refs[i], arg, kind);
			else
				pass_ref(s, c, refs[i], arg);
		}
	}
}

/* Macros that are called may call what the arguments make of a name. */
static void scan_macros(struct scan *s, const struct call *c)
{
	const struct target *t;
	size_t i, nr;

	t = scan_targets(s, c->slot, &nr);
	for (i = 0; i < nr; i++)
		if (s->p->pastes[t[i].fn])
			scan_pastes(s, t[i].fn, c->ev);
}

/* `x = f(..)` where x can hold a function: f's results flow there. */
static void scan_result(struct scan *s, const struct call *c)
{
	struct ref refs[MAX_REFS];
	const struct target *t;
	const struct expr *e;
	size_t i, nr;

	if (!c->ev->value)
		return;
	e = &s->f->exprs[c->ev->value - 1];
	t = scan_targets(s, c->slot, &nr);
	if (!nr || scan_refs(s, e, refs) != 1 || refs[0].kind == REF_FN)
		return;
	for (i = 0; i < nr; i++)
		haul_flow(s->h, (struct ref){ REF_RETURN, t[i].fn, 0 },
			  scan_place(s, e));
}

/*
 * `int max = max(a, b)`, `struct rq *this_rq = this_rq()`: what is called is
 * not the variable.
 */
static bool is_data(struct scan *s, const struct expr *e)
{
	const struct program *p = s->p;
	const struct var *v;
	uint32_t i;

	if (e->kind != EXPR_NAME || e->nr_parts || e->ops)
		return false;
	v = scan_var(s, e->base, &i);
	if (!v || !v->type || (v->flags & VAR_FNPTR) ||
	    (v->pointers && !(v->flags & VAR_STRUCT)))
		return false;
	return !type_is_function(p, s->file, file_atom(p, s->file, v->type));
}

/* Where the callee of @ev comes from when it is no function's name. */
static struct ref callee_ref(struct scan *s, const struct event *ev)
{
	struct expr name = { .kind = EXPR_NAME, .base = ev->name };
	const struct expr *e = &name;
	struct ref ref;
	uint32_t i;

	if (ev->kind == EV_CALL && s->p->pastes[s->fn] &&
	    is_paste(facts_str(s->f, ev->name)))
		return (struct ref){ REF_PASTE, s->fn,
				     (uint32_t)(ev - s->f->events) };
	if (ev->kind == EV_ICALL && ev->target)
		e = &s->f->exprs[ev->target - 1];
	if (e->kind == EXPR_NAME && !e->nr_parts &&
	    (!scan_var(s, e->base, &i) || is_data(s, e)) &&
	    scan_lookup(s, e->base) != SLOT_NONE)
		return (struct ref){ REF_NONE, 0, 0 };
	ref = scan_place(s, e);
	if (ref.kind == REF_MEMBER && !ref.a)
		ref.kind = REF_NAME;
	return ref;
}

/* Is the callee a plain name? */
static bool is_named(const struct facts *f, const struct event *ev)
{
	const struct expr *e;

	if (ev->kind == EV_CALL || !ev->target)
		return ev->kind == EV_CALL;
	e = &f->exprs[ev->target - 1];
	return e->kind == EXPR_NAME && !e->nr_parts;
}

static uint8_t call_flags(const struct scan *s, const struct event *ev)
{
	if (ev->kind == EV_ICALL)
		return CALL_INDIRECT;
	return s->p->known[file_atom(s->p, s->file, ev->name)] ?
	       CALL_DIRECT | CALL_KNOWN : CALL_DIRECT;
}

static void scan_call(struct scan *s, const struct event *ev, uint32_t *slot)
{
	struct haul *h = s->h;
	struct call c;

	c.ev = ev;
	c.nr = (uint32_t)(ev - s->f->events);
	c.first_pass = (uint32_t)h->nr_passes;
	c.pointer = callee_ref(s, ev);
	c.slot = c.pointer.kind == REF_NONE && is_named(s->f, ev) ?
		 scan_lookup(s, ev->name) : SLOT_NONE;
	c.async = is_named(s->f, ev) ? scan_async(s, ev->name) : 0;
	scan_args(s, &c);
	scan_result(s, &c);
	scan_macros(s, &c);
	*slot = c.slot;
	if (is_named(s->f, ev) && c.pointer.kind == REF_NONE)
		return;
	GROW(h->icalls, h->nr_icalls, h->cap_icalls);
	h->icalls[h->nr_icalls++] = (struct icall){
		s->fn, c.nr, c.pointer, c.first_pass,
		(uint32_t)h->nr_passes - c.first_pass
	};
}

static void scan_event(struct scan *s, const struct event *ev, uint32_t at)
{
	struct ref refs[MAX_REFS], to;
	size_t i, nr;

	s->line = ev->line;
	if (ev->kind == EV_CALL || ev->kind == EV_ICALL) {
		s->p->calls[at] = call_flags(s, ev);
		scan_call(s, ev, &s->p->slots[at]);
		return;
	}
	if (ev->kind == EV_USE && ev->target)	/* taken, who knows where to */
		scan_refs(s, &s->f->exprs[ev->target - 1], refs);
	if ((ev->kind != EV_ASSIGN && ev->kind != EV_RETURN) || !ev->value)
		return;
	nr = scan_refs(s, &s->f->exprs[ev->value - 1], refs);
	if (!nr)
		return;
	if (ev->kind == EV_RETURN)
		to = (struct ref){ REF_RETURN, s->fn, 0 };
	else if (ev->target)
		to = scan_place(s, &s->f->exprs[ev->target - 1]);
	else
		return;
	for (i = 0; i < nr; i++)
		haul_flow(s->h, refs[i], to);
}

static void scan_file(struct scan *s, uint32_t file)
{
	const struct program *p = s->p;
	const struct pfile *pf = &p->files[file];
	uint32_t i;

	s->file = file;
	s->entry = 0;
	s->f = pf->facts;
	GROW_BY(s->memo, 0, s->cap_memo, (size_t)s->f->nr_strings + 1);
	memset(s->memo, 0, (s->f->nr_strings + 1) * sizeof(*s->memo));
	deps_file(p->deps, pf);
	scan_inits(s);
	scan_topmacros(s);
	for (i = 0; i < pf->nr_fns; i++) {
		struct range r = p->fn_events[pf->first_fn + i];

		scan_enter(s, pf->first_fn + i);
		for (; r.i < r.end; r.i++)
			scan_event(s, &s->f->events[r.i -
						    p->first_event[file]],
				   r.i);
	}
}

struct work {
	struct program *p;
	struct finds *f;
};

/* Do the files @v follow one another? Then advice on their pages pays. */
static bool is_run(const uint32_t *v, size_t nr)
{
	return v[nr - 1] - v[0] == nr - 1;
}

static void scan_chunk(void *ctx, unsigned int thread, size_t first, size_t end)
{
	struct work *w = ctx;
	const uint32_t *v = w->f->files + first;
	struct haul *h = &w->f->hauls[first / CHUNK_FILES];
	struct deps deps = { h, w->f->seen[thread], w->p->nr_atoms,
			     w->f->now[thread], { 0 } };
	struct program p = *w->p;	/* to look things up in, and note it */
	struct scan s = { .p = &p, .h = h };
	size_t i, nr = end - first, rest;

	p.deps = &deps;
	if (is_run(v, nr))
		link_advise(w->p, v[0], v[nr - 1] + 1, PAGES_WANTED);
	for (i = 0; i < nr; i++) {
		scan_file(&s, v[i]);
		w->f->ends[first + i] = haul_ends(h);
	}
	w->f->now[thread] = deps.now;
	if (is_run(v, nr))
		link_done(w->p, v[nr - 1] + 1);
	/* What was looked up in other files adds up, too, and what lies around
	 * files far apart. */
	rest = is_run(v, nr) ? 128 : 4;
	if (first / CHUNK_FILES % rest == rest - 1)
		program_rest(w->p);
	free(s.memo);
}

/* Moves the lists of a chunk to the program's; slots of its files are made to
 * follow. */
static void join(struct program *p, struct haul *h, const uint32_t *files,
		 size_t nr)
{
	uint32_t base = p->nr_lists, i;
	size_t l, k;

	GROW_BY(p->targets, p->nr_targets, p->cap_targets, h->nr_targets);
	GROW_BY(p->lists, p->nr_lists, p->cap_lists, h->nr_lists);
	for (l = 0; l < h->nr_lists; l++) {
		p->lists[p->nr_lists] = h->lists[l];
		p->lists[p->nr_lists++].first += p->nr_targets;
	}
	if (h->nr_targets)
		memcpy(p->targets + p->nr_targets, h->targets,
		       h->nr_targets * sizeof(*h->targets));
	p->nr_targets += (uint32_t)h->nr_targets;
	for (k = 0; k < nr; k++)
		for (i = p->first_event[files[k]];
		     i < p->first_event[files[k] + 1]; i++)
			if (p->slots[i] >= SLOT_FIRST + p->nr_fns)
				p->slots[i] += base;
}

static size_t chunk_end(const struct finds *f, size_t chunk)
{
	size_t end = (chunk + 1) * CHUNK_FILES;

	return end < f->nr ? end : f->nr;
}

void finds_scan(struct program *p, struct finds *f, const uint32_t *files,
		size_t nr)
{
	struct work w = { p, f };
	unsigned int threads = p->threads ? p->threads : 1, t;
	size_t i;

	memset(f, 0, sizeof(*f));
	f->files = files;
	f->nr = nr;
	f->nr_hauls = (nr + CHUNK_FILES - 1) / CHUNK_FILES;
	f->hauls = xcalloc(f->nr_hauls + 1, sizeof(*f->hauls));
	f->ends = xcalloc(nr + 1, sizeof(*f->ends));
	f->seen = xcalloc(threads, sizeof(*f->seen));
	f->now = xcalloc(threads, sizeof(*f->now));
	for (t = 0; t < threads; t++)
		f->seen[t] = xcalloc((size_t)p->nr_atoms + 1,
				     sizeof(**f->seen));
	workers_run(threads, nr, CHUNK_FILES, scan_chunk, &w);
	for (t = 0; t < threads; t++)
		free(f->seen[t]);
	free(f->seen);
	free(f->now);
	for (i = 0; i < f->nr_hauls; i++)
		join(p, &f->hauls[i], files + i * CHUNK_FILES,
		     chunk_end(f, i) - i * CHUNK_FILES);
}

void finds_take(struct program *p, const struct finds *f, size_t i)
{
	const struct ends none = { 0 };

	haul_take(&p->haul, &f->hauls[i / CHUNK_FILES],
		  i % CHUNK_FILES ? f->ends[i - 1] : none, f->ends[i]);
}

void finds_release(struct finds *f)
{
	size_t i;

	for (i = 0; i < f->nr_hauls; i++)
		haul_release(&f->hauls[i]);
	free(f->hauls);
	free(f->ends);
}

void link_calls(struct program *p)
{
	uint32_t *files = xcalloc((size_t)p->nr_files + 1, sizeof(*files)), i;
	struct finds f;

	for (i = 0; i < p->nr_files; i++)
		files[i] = i;
	finds_scan(p, &f, files, p->nr_files);
	program_rest(p);
	p->ends = xcalloc((size_t)p->nr_files + 1, sizeof(*p->ends));
	for (i = 0; i < p->nr_files; i++) {
		finds_take(p, &f, i);
		p->ends[i] = haul_ends(&p->haul);
	}
	p->nr_scan_lists = p->nr_lists;
	finds_release(&f);
	free(files);
}
