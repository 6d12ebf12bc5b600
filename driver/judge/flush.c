// SPDX-License-Identifier: GPL-2.0-only
/*
 * Flushes (see flush.h).
 */
#include "judge/flush.h"

#include <stdlib.h>

#include "base/mem.h"

enum {
	ITEM_FUNCTIONS = 8,	/* that one name may mean */
	OF_FILE = 1u << 31,	/* half of a key: a file, not a struct */
};

/* What stands for the item or queue @e seen in @fn (FN_NONE: outside of
 * functions) of @file; 0: it cannot be told. */
static uint64_t key_of(const struct program *p, uint32_t file, uint32_t fn,
		       const struct expr *e)
{
	const struct pfile *pf = program_file(p, file);
	atom_t owner;

	if (e->ops & EXPR_INDEXED)
		return 0;
	if (!e->nr_parts)
		return e->kind == EXPR_NAME &&
		       program_is_global(p, file, pf->atoms[e->base]) ?
		       map_pair(OF_FILE | file, pf->atoms[e->base]) : 0;
	owner = program_expr_type(p, fn, e, e->nr_parts - 1);
	if (!owner)
		return 0;
	return map_pair(owner, pf->atoms[pf->facts->words[e->parts +
							   e->nr_parts - 1]]);
}

/* Put @what into the list of @key in @m, once. */
static void add(struct flushes *fl, struct map *m, uint64_t key, uint64_t what)
{
	uint32_t *slot = map_at(m, key, NULL);

	for (uint32_t i = *slot; i; i = fl->links[i].next)
		if (fl->links[i].what == what)
			return;
	GROW(fl->links, fl->nr, fl->cap);
	fl->links[fl->nr] = (struct flush_link){ what, *slot };
	*slot = fl->nr++;
}

static void add_item(struct flushes *fl, uint32_t file, uint64_t key,
		     atom_t name)
{
	uint32_t fns[ITEM_FUNCTIONS];
	size_t nr = program_lookup(fl->p, file, name, fns, ITEM_FUNCTIONS);

	for (size_t i = 0; key && i < nr; i++)
		add(fl, &fl->items, key, fns[i]);
}

static const struct know_async *async_of(const struct flushes *fl,
					 const struct map *asyncs, atom_t name)
{
	uint32_t i = map_get(asyncs, name, 0);

	return i ? &fl->k->asyncs[i - 1] : NULL;
}

static const struct know_work *work_of(const struct flushes *fl, atom_t name)
{
	uint32_t i = map_get(&fl->works, name, 0);

	return i ? &fl->k->works[i - 1] : NULL;
}

static uint64_t key_of_argument(const struct flushes *fl, uint32_t fn,
				const struct event *ev, int arg)
{
	uint32_t file = program_fn(fl->p, fn)->file;

	if (arg < 0 || arg >= ev->nr_args)
		return 0;
	return key_of(fl->p, file, fn, &program_file(fl->p, file)->
		      facts->exprs[ev->args + arg]);
}

/* INIT_WORK(&x->work, f), queue_work(x->queue, &x->work) */
static void read_event(struct flushes *fl, const struct map *asyncs,
		       uint32_t fn, const struct event *ev)
{
	uint32_t file = program_fn(fl->p, fn)->file;
	const struct pfile *pf = program_file(fl->p, file);
	const struct know_async *a;
	const struct know_work *w;
	uint64_t item, queue;
	const struct expr *f;

	if (ev->kind != EV_CALL || ev->nr_args < 2)
		return;
	a = async_of(fl, asyncs, pf->atoms[ev->name]);
	if (a && a->func_arg >= 0 && a->func_arg < ev->nr_args) {
		f = &pf->facts->exprs[ev->args + a->func_arg];
		if (f->kind == EXPR_NAME && !f->nr_parts)
			add_item(fl, file, key_of_argument(fl, fn, ev,
							   a->item_arg),
				 pf->atoms[f->base]);
		return;
	}
	w = work_of(fl, pf->atoms[ev->name]);
	if (!w || w->waits)
		return;
	item = key_of_argument(fl, fn, ev, w->item_arg);
	queue = key_of_argument(fl, fn, ev, w->queue_arg);
	if (item && queue)
		add(fl, &fl->queues, queue, item);
}

/* DECLARE_WORK(work, f) */
static void read_macro(struct flushes *fl, const struct map *asyncs,
		       uint32_t file, const struct topmacro *m)
{
	const struct pfile *pf = program_file(fl->p, file);
	const struct know_async *a = async_of(fl, asyncs, pf->atoms[m->name]);
	const str_t *args = &pf->facts->words[m->args];

	if (!a || a->item_arg < 0 || a->func_arg < 0 ||
	    a->item_arg >= m->nr_args || a->func_arg >= m->nr_args)
		return;
	add_item(fl, file, map_pair(OF_FILE | file,
				    pf->atoms[args[a->item_arg]]),
		 pf->atoms[args[a->func_arg]]);
}

void flushes_make(struct flushes *fl, const struct program *p,
		  const struct knowledge *k)
{
	struct atoms *atoms = program_atoms(p);
	struct map asyncs;

	*fl = (struct flushes){ .p = p, .k = k };
	map_init(&fl->works);
	map_init(&fl->items);
	map_init(&fl->queues);
	map_init(&asyncs);
	GROW(fl->links, fl->nr, fl->cap);
	fl->links[fl->nr++] = (struct flush_link){ 0, 0 };
	for (size_t i = 0; i < k->nr_asyncs; i++)
		if (k->asyncs[i].item_arg >= 0)
			map_set(&asyncs, atom_of(atoms, k->asyncs[i].name),
				i + 1);
	for (size_t i = 0; i < k->nr_works; i++)
		map_set(&fl->works, atom_of(atoms, k->works[i].name), i + 1);
	for (uint32_t fn = 0; fn < program_nr_fns(p); fn++) {
		const struct func *f = program_func(p, fn);
		const struct facts *facts = program_fn_file(p, fn)->facts;

		for (uint32_t i = 0; i < f->nr_events; i++)
			read_event(fl, &asyncs, fn,
				   &facts->events[f->first_event + i]);
	}
	for (uint32_t file = 0; file < program_nr_files(p); file++) {
		const struct facts *facts = program_file(p, file)->facts;

		for (uint32_t i = 0; i < facts->nr_topmacros; i++)
			read_macro(fl, &asyncs, file, &facts->topmacros[i]);
	}
	map_release(&asyncs);
}

void flushes_release(struct flushes *fl)
{
	map_release(&fl->works);
	map_release(&fl->items);
	map_release(&fl->queues);
	free(fl->links);
}

static unsigned int list_item(const struct flushes *fl, uint64_t item,
			      uint32_t *out, unsigned int nr, unsigned int max)
{
	for (uint32_t i = map_get(&fl->items, item, 0); i && nr < max;
	     i = fl->links[i].next)
		out[nr++] = (uint32_t)fl->links[i].what;
	return nr;
}

unsigned int flushes_at(const struct flushes *fl, uint32_t fn,
			const struct event *ev, uint32_t *out,
			unsigned int max)
{
	const struct know_work *w = NULL;
	unsigned int nr = 0;
	uint64_t key;

	if (ev->kind == EV_CALL)
		w = work_of(fl, program_fn_file(fl->p, fn)->atoms[ev->name]);
	if (!w || !w->waits)
		return 0;
	key = key_of_argument(fl, fn, ev, w->item_arg >= 0 ? w->item_arg :
			      w->queue_arg);
	if (!key)
		return 0;
	if (w->item_arg >= 0)
		return list_item(fl, key, out, nr, max);
	for (uint32_t i = map_get(&fl->queues, key, 0); i;
	     i = fl->links[i].next)
		nr = list_item(fl, fl->links[i].what, out, nr, max);
	return nr;
}
