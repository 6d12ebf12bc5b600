// SPDX-License-Identifier: GPL-2.0-only
/*
 * Following masks (see mask.h): a list of items, each a value inside of one
 * function together with the calls that brought it there. Looking at an item
 * gives acts, and further items in callees, or in the caller when the value is
 * returned. What hits a bound or leads where nothing is known is `lost`.
 */
#include "judge/mask.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
	DEPTH = 12,	/* calls below the site's function */
	ITEMS = 200,
	ACTS = 24,
	TARGETS = 8,	/* functions that one call may run */
	MACROS = 8,	/* object macros made of each other */
};

/* How an expression has to do with a value. */
enum mention { MENTION_NONE, MENTION_MAYBE, MENTION_YES, MENTION_ADDRESS };

/* A value: a variable, or what a call returned. */
struct item {
	uint32_t fn;
	bool is_call;
	uint32_t what;		/* its name (str_t), or the call's event */
	atom_t type;
	struct way above;	/* the calls that led into fn */
};

struct follow {
	struct masks *m;
	struct mask_acts *out;
	struct item items[ITEMS];
	uint32_t nr;
};

void masks_init(struct masks *m, const struct walk *walk)
{
	m->walk = walk;
	m->p = walk->p;
	m->k = walk->k;
	arena_init(&m->arena);
	map_init(&m->stores);
	m->gfp_t = atom_find(program_atoms(m->p), "gfp_t");
	for (size_t i = 0; i < m->k->nr_stores; i++)
		if (m->k->stores[i].function)
			map_set(&m->stores, atom_of(program_atoms(m->p),
				m->k->stores[i].function), i + 1);
}

void masks_release(struct masks *m)
{
	map_release(&m->stores);
	arena_release(&m->arena);
}

/* ---- what comes out ---- */

static const char *fn_name(const struct follow *w, uint32_t fn)
{
	return atom_str(program_atoms(w->m->p), program_fn(w->m->p, fn)->name);
}

static const struct event *event_of(const struct follow *w, uint32_t fn,
				    uint32_t event)
{
	return &program_fn_file(w->m->p, fn)->facts->events[event];
}

static void lose(struct follow *w, uint32_t fn, uint32_t event,
		 const char *why)
{
	if (!w->out->lost)
		w->out->lost = arena_printf(&w->m->arena,
			"where the mask acts: %s, %s:%u", why,
			program_fn_file(w->m->p, fn)->path,
			event_of(w, fn, event)->line);
}

static void keep(struct follow *w, uint32_t fn, uint32_t event,
		 const char *what)
{
	if (!w->out->stored)
		w->out->stored = arena_printf(&w->m->arena,
			"%s() stores it in %s, %s:%u", fn_name(w, fn), what,
			program_fn_file(w->m->p, fn)->path,
			event_of(w, fn, event)->line);
	w->out->far = true;
}

/* Stored where only the code of who stores it uses it? */
static void keep_known(struct follow *w, const struct item *it,
		       uint32_t event, const struct know_store *store)
{
	bool far = w->out->far;

	keep(w, it->fn, event, store->what);
	if (store->local)
		w->out->far = far;
}

static struct way way_add(struct follow *w, const struct way *above,
			  uint32_t fn, uint32_t event)
{
	struct way to = { .nr = above->nr + 1 };

	to.v = ARENA_ARRAY(&w->m->arena, struct hop, to.nr);
	if (above->nr)
		memcpy(to.v, above->v, above->nr * sizeof(*to.v));
	to.v[above->nr] = (struct hop){ fn, event };
	return to;
}

static bool same_way(const struct way *a, const struct way *b)
{
	return a->nr == b->nr &&
	       (!a->nr || !memcmp(a->v, b->v, a->nr * sizeof(*a->v)));
}

static void add_act(struct follow *w, struct way way)
{
	struct mask_acts *out = w->out;

	for (uint32_t i = 0; i < out->nr; i++)
		if (same_way(&out->v[i], &way))
			return;
	if (out->nr == ACTS)
		lose(w, way.v[0].fn, way.v[0].event, "in too many places");
	else
		out->v[out->nr++] = way;
}

static void add_item(struct follow *w, const struct item *it)
{
	for (uint32_t i = 0; i < w->nr; i++) {
		const struct item *x = &w->items[i];

		if (x->fn == it->fn && x->is_call == it->is_call &&
		    x->what == it->what && same_way(&x->above, &it->above))
			return;
	}
	if (w->nr == ITEMS) {
		if (!w->out->lost)
			w->out->lost = "where the mask acts: it goes through "
				       "too many functions";
		return;
	}
	w->items[w->nr++] = *it;
}

/* ---- calls that get the value ---- */

static bool is_recursion(const struct item *it, uint32_t target)
{
	for (uint32_t i = 0; i < it->above.nr; i++)
		if (it->above.v[i].fn == target)
			return true;
	return it->fn == target;
}

/* The value goes into parameter @arg of @target. Return: it is followed. */
static bool enter(struct follow *w, const struct item *it, uint32_t event,
		  unsigned int arg, uint32_t target)
{
	const struct walk *walk = w->m->walk;
	const struct func *f = program_func(w->m->p, target);
	const struct pfile *file = program_fn_file(w->m->p, target);
	struct item in = { .fn = target };
	const struct var *v;

	if (walk->bounds[target] & (BOUND_STOP | BOUND_FRONT_DOOR))
		return false;
	if (is_recursion(it, target))
		return false;
	if (f->flags & FUNC_BROKEN || it->above.nr == DEPTH ||
	    arg >= f->nr_params) {
		lose(w, it->fn, event, f->flags & FUNC_BROKEN ?
		     "the function called was not understood" :
		     arg >= f->nr_params ? "an argument with no name" :
		     "it is handed on too far");
		return false;
	}
	v = &file->facts->vars[f->first_var + arg];
	if (!*facts_str(file->facts, v->name))
		return false;
	in.what = v->name;
	in.type = file->atoms[v->type];
	in.above = way_add(w, &it->above, it->fn, event);
	add_item(w, &in);
	return true;
}

/* Nothing below the call is known: it counts as the place, with a doubt when
 * the code is in the tree. */
static void check_call(struct follow *w, const struct item *it, uint32_t event,
		       size_t nr)
{
	if (nr > TARGETS)
		lose(w, it->fn, event, "a pointer with many targets");
	else if (!nr && program_unresolved(w->m->p, it->fn, event) !=
		 UNRESOLVED_EXTERN)
		lose(w, it->fn, event, "a call whose target is not known");
}

/* The value is argument @arg of the call @event. */
static void handed(struct follow *w, const struct item *it, uint32_t event,
		   unsigned int arg)
{
	const struct program *p = w->m->p;
	const struct pfile *file = program_fn_file(p, it->fn);
	const struct event *ev = &file->facts->events[event];
	const struct target *t;
	bool all = true;
	uint32_t store = 0;
	size_t nr;

	if (ev->kind == EV_CALL) {
		store = map_get(&w->m->stores, file->atoms[ev->name], 0);
		if (store && w->m->k->stores[store - 1].gfp_arg == (int)arg) {
			keep_known(w, it, event, &w->m->k->stores[store - 1]);
			return;
		}
		if (program_allocator(p, file->atoms[ev->name])) {
			add_act(w, way_add(w, &it->above, it->fn, event));
			return;
		}
	}
	t = program_targets(p, it->fn, event, &nr);
	check_call(w, it, event, nr);
	for (size_t i = 0; i < nr && nr <= TARGETS; i++)
		if (t[i].how != TARGET_ARGUMENT)
			all &= enter(w, it, event, arg, t[i].fn);
	if (!all || !nr || nr > TARGETS)
		add_act(w, way_add(w, &it->above, it->fn, event));
}

/* Can a mask be argument @arg of @ev? For expressions that facts do not
 * show. */
static bool takes_mask(const struct follow *w, const struct item *it,
		       uint32_t event, unsigned int arg)
{
	const struct program *p = w->m->p;
	const struct pfile *file = program_fn_file(p, it->fn);
	const struct event *ev = &file->facts->events[event];
	const struct know_allocator *a = NULL;
	const struct target *t;
	size_t nr;

	if (ev->kind == EV_CALL)
		a = program_allocator(p, file->atoms[ev->name]);
	if (a)
		return a->gfp_arg == (int)arg;
	t = program_targets(p, it->fn, event, &nr);
	for (size_t i = 0; i < nr; i++) {
		const struct func *f = program_func(p, t[i].fn);
		const struct pfile *to = program_fn_file(p, t[i].fn);

		if (arg < f->nr_params && it->type ==
		    to->atoms[to->facts->vars[f->first_var + arg].type])
			return true;
	}
	return false;
}

/* ---- events of a function ---- */

static bool has_part(const struct facts *f, const struct expr *e, str_t name)
{
	for (unsigned int i = 0; i < e->nr_parts; i++)
		if (f->words[e->parts + i] == name)
			return true;
	return false;
}

static enum mention mention(const struct facts *f, const struct item *it,
			    opt_t expr)
{
	while (expr) {
		const struct expr *e = &f->exprs[expr - 1];

		expr = 0;
		switch (e->kind) {
		case EXPR_OTHER:
			return MENTION_MAYBE;
		case EXPR_NAME:
			if (it->is_call || e->base != it->what || e->nr_parts)
				return MENTION_NONE;
			return e->ops & EXPR_ADDR ? MENTION_ADDRESS :
						    MENTION_YES;
		case EXPR_CALL:
			return it->is_call && e->base == it->what &&
			       !e->nr_parts ? MENTION_YES : MENTION_NONE;
		case EXPR_FLAGS:
			if (!it->is_call && has_part(f, e, it->what))
				return MENTION_YES;
			expr = e->sub;
			break;
		case EXPR_CAST:
			expr = e->sub;
			break;
		}
	}
	return MENTION_NONE;
}

/* The value is assigned to @target. */
static void assigned(struct follow *w, const struct item *it, uint32_t event,
		     opt_t target, bool sure)
{
	const struct program *p = w->m->p;
	const struct pfile *file = program_fn_file(p, it->fn);
	const struct expr *e;
	const struct var *v = NULL;
	struct item to = *it;

	if (!target)
		return;
	e = &file->facts->exprs[target - 1];
	if (e->kind == EXPR_NAME && !e->nr_parts && !e->ops)
		v = program_var(p, it->fn, e->base, NULL);
	if (!sure && (!v || file->atoms[v->type] != it->type))
		return;
	if (v && !(v->flags & VAR_STATIC)) {
		to.is_call = false;
		to.what = e->base;
		to.type = file->atoms[v->type];
		add_item(w, &to);
	} else if (e->nr_parts && e->kind != EXPR_FLAGS) {
		keep(w, it->fn, event, facts_str(file->facts,
		     file->facts->words[e->parts + e->nr_parts - 1]));
	} else {
		keep(w, it->fn, event, "an object");
	}
}

/* The function returns the value: go on where it was called. */
static void returned(struct follow *w, const struct item *it, uint32_t event)
{
	const struct func *f = program_func(w->m->p, it->fn);
	struct item to = { .is_call = true };
	const struct hop *hop;

	if (f->flags & (FUNC_BOOL | FUNC_POINTER | FUNC_VOID))
		return;
	if (!it->above.nr) {
		w->out->far = true;
		if (!w->out->stored)
			w->out->stored = arena_printf(&w->m->arena,
				"the callers of %s() get it, %s:%u",
				fn_name(w, it->fn),
				program_fn_file(w->m->p, it->fn)->path,
				event_of(w, it->fn, event)->line);
		return;
	}
	hop = &it->above.v[it->above.nr - 1];
	to.fn = hop->fn;
	to.what = hop->event;
	to.type = it->type;
	to.above = it->above;
	to.above.nr--;
	add_item(w, &to);
}

static enum mention look_at_call(struct follow *w, const struct item *it,
				 uint32_t event)
{
	const struct facts *facts = program_fn_file(w->m->p, it->fn)->facts;
	const struct event *ev = &facts->events[event];
	enum mention most = MENTION_NONE;

	if (it->is_call && event == it->what)
		assigned(w, it, event, ev->value, true);
	for (unsigned int i = 0; i < ev->nr_args; i++) {
		enum mention m = mention(facts, it, ev->args + i + 1);

		if (m == MENTION_MAYBE && !takes_mask(w, it, event, i))
			continue;
		if (m == MENTION_ADDRESS)
			lose(w, it->fn, event, "its address is handed on");
		else if (m != MENTION_NONE)
			handed(w, it, event, i);
		if (m > most)
			most = m;
	}
	return most;
}

static enum mention look_at_event(struct follow *w, const struct item *it,
				  uint32_t event)
{
	const struct pfile *file = program_fn_file(w->m->p, it->fn);
	const struct event *ev = &file->facts->events[event];
	enum mention m;

	if (ev->kind == EV_CALL || ev->kind == EV_ICALL)
		return look_at_call(w, it, event);
	if (ev->kind != EV_ASSIGN && ev->kind != EV_RETURN)
		return MENTION_NONE;
	m = mention(file->facts, it, ev->value);
	if (m == MENTION_NONE)
		return m;
	if (m == MENTION_ADDRESS)
		lose(w, it->fn, event, "its address is taken");
	else if (ev->kind == EV_ASSIGN)
		assigned(w, it, event, ev->target, m == MENTION_YES);
	else if (m == MENTION_YES || it->type == file->atoms[
		 program_func(w->m->p, it->fn)->ret_type])
		returned(w, it, event);
	return m;
}

/* Initialisers of objects in the function. */
static enum mention look_at_inits(struct follow *w, const struct item *it)
{
	const struct facts *f = program_fn_file(w->m->p, it->fn)->facts;
	opt_t func = program_fn(w->m->p, it->fn)->index + 1;
	enum mention most = MENTION_NONE;

	for (uint32_t i = 0; i < f->nr_inits; i++) {
		const struct init *in = &f->inits[i];

		if (in->func != func ||
		    mention(f, it, in->value + 1) < MENTION_YES)
			continue;
		most = MENTION_YES;
		keep(w, it->fn, program_func(w->m->p, it->fn)->first_event,
		     in->nr_path ? facts_str(f, f->words[in->path +
						in->nr_path - 1]) :
		     "an object");
	}
	return most;
}

/* A function that gets the value and has no use for it. Is there anything in
 * it that could allocate? */
static void unused(struct follow *w, const struct item *it)
{
	const struct func *f = program_func(w->m->p, it->fn);

	for (uint32_t i = 0; i < f->nr_events; i++) {
		uint8_t kind = event_of(w, it->fn, f->first_event + i)->kind;

		if (kind == EV_CALL || kind == EV_ICALL) {
			add_act(w, it->above);
			return;
		}
	}
}

/* Return: the value is used at all. */
static bool look(struct follow *w, const struct item *it)
{
	const struct func *f = program_func(w->m->p, it->fn);
	enum mention most = look_at_inits(w, it);

	for (uint32_t i = 0; i < f->nr_events; i++) {
		enum mention m = look_at_event(w, it, f->first_event + i);

		if (m > most)
			most = m;
	}
	return most >= MENTION_YES;
}

static void look_at_items(struct follow *w)
{
	for (uint32_t i = 0; i < w->nr; i++) {
		struct item it = w->items[i];

		if (!look(w, &it) && !it.is_call && it.above.nr)
			unused(w, &it);
	}
}

/* ---- macros ---- */

static str_t find_str(const struct pfile *f, atom_t name)
{
	for (str_t i = 1; i < f->facts->nr_strings; i++)
		if (f->atoms[i] == name)
			return i;
	return 0;
}

/* All functions of @file that use the macro called @name there. */
static void look_at_file(struct follow *w, uint32_t file, str_t name)
{
	const struct pfile *pf = program_file(w->m->p, file);
	struct item it = { .what = name, .type = w->m->gfp_t };

	for (uint32_t i = 0; i < pf->nr_fns; i++) {
		it.fn = pf->first_fn + i;
		look(w, &it);
	}
	for (uint32_t i = 0; i < pf->facts->nr_inits; i++)
		if (!pf->facts->inits[i].func &&
		    mention(pf->facts, &it, pf->facts->inits[i].value + 1) ==
		    MENTION_YES && !w->out->stored)
			w->out->stored = arena_printf(&w->m->arena,
				"an initialiser stores it, %s:%u", pf->path,
				pf->facts->inits[i].line);
}

/* The object macros of @file that are made of @name. */
static uint32_t find_macros(const struct follow *w, uint32_t file, str_t name,
			    atom_t *names, uint32_t nr)
{
	const struct pfile *pf = program_file(w->m->p, file);
	struct item it = { .what = name, .type = w->m->gfp_t };

	(void)w;
	for (uint32_t i = 0; i < pf->facts->nr_aliases; i++) {
		const struct alias *a = &pf->facts->aliases[i];
		uint32_t j;

		if (a->kind != ALIAS_MACRO || (a->to != name &&
		    mention(pf->facts, &it, a->value) != MENTION_YES))
			continue;
		for (j = 0; j < nr && names[j] != pf->atoms[a->name]; j++)
			;
		if (j == nr && nr < MACROS)
			names[nr++] = pf->atoms[a->name];
	}
	return nr;
}

/* The macro is used in its own file, or wherever its header may be seen. */
static void look_at_macro(struct follow *w, uint32_t file, str_t name)
{
	const struct pfile *own = program_file(w->m->p, file);
	uint32_t nr_files = program_nr_files(w->m->p);
	atom_t names[MACROS] = { own->atoms[name] };
	uint32_t nr = 1;

	for (uint32_t i = 0; i < nr; i++) {
		for (uint32_t j = own->header ? 0 : file;
		     j < (own->header ? nr_files : file + 1); j++) {
			str_t s = find_str(program_file(w->m->p, j), names[i]);

			if (!s)
				continue;
			look_at_file(w, j, s);
			nr = find_macros(w, j, s, names, nr);
		}
	}
	if (nr == MACROS)
		w->out->lost = "where the mask acts: too many macros are "
			       "made of it";
}

/* ---- sites ---- */

/* Where following starts. Return: false when there is nothing to follow. */
static bool start(struct follow *w, uint32_t file, const struct site *s)
{
	const struct facts *facts = program_file(w->m->p, file)->facts;
	struct item it = { 0 };
	const struct event *ev;

	if (s->how == SITE_MACRO && !s->func) {
		look_at_macro(w, file, s->callee);
		return true;
	}
	if (!s->func || !s->event)
		return false;
	it.fn = program_fn_at(w->m->p, file, s->func - 1);
	it.type = w->m->gfp_t;
	ev = &facts->events[s->event - 1];
	if (s->how == SITE_ARG)
		handed(w, &it, s->event - 1, s->arg);
	else if (ev->kind == EV_ASSIGN)
		assigned(w, &it, s->event - 1, ev->target, true);
	else if (s->how == SITE_INIT || s->how == SITE_FIELD)
		keep(w, it.fn, s->event - 1, facts_str(facts, s->callee));
	else
		return false;
	return true;
}

void mask_acts(struct masks *m, uint32_t file, const struct site *s,
	       struct mask_acts *out)
{
	struct follow *w = xcalloc(1, sizeof(*w));

	memset(out, 0, sizeof(*out));
	out->v = ARENA_ARRAY(&m->arena, struct way, ACTS);
	w->m = m;
	w->out = out;
	if (start(w, file, s))
		look_at_items(w);
	if (!out->nr && s->func && s->event)
		add_act(w, way_add(w, &(struct way){ 0 }, program_fn_at(m->p,
				   file, s->func - 1), s->event - 1));
	free(w);
}
