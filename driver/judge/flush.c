// SPDX-License-Identifier: GPL-2.0-only
/*
 * Flushes (see flush.h).
 */
#include "judge/flush.h"

#include <stdlib.h>

#include "base/mem.h"

enum { NAME_MEANS = 64 };	/* functions of one name that link keeps */

/* What stands for the item or queue @arg of the call @ev; 0: not known. */
static ref_t ref_of_argument(const struct flushes *fl, uint32_t fn,
			     const struct event *ev, int arg)
{
	const struct facts *facts = program_fn_file(fl->p, fn)->facts;
	const struct ref *r;
	ref_t ref;

	if (arg < 0 || arg >= ev->nr_args)
		return 0;
	ref = ref_of_lock(fl->refs, fn, &facts->exprs[ev->args + arg]);
	ref = ref ? ref_unbound(fl->refs, ref) : 0;
	if (!ref || !ref_is_shared(fl->refs, ref))
		return 0;
	r = ref_get(fl->refs, ref);
	return r->kind == REF_GLOBAL || (r->a && r->b) ? ref : 0;
}

/* Put @what into the list of @key in @m, once. */
static void add(struct flushes *fl, struct map *m, ref_t key, uint32_t what)
{
	uint32_t *slot = map_at(m, key, NULL);

	for (uint32_t i = *slot; i; i = fl->links[i].next)
		if (fl->links[i].what == what)
			return;
	GROW(fl->links, fl->nr, fl->cap);
	fl->links[fl->nr] = (struct flush_link){ what, *slot };
	*slot = fl->nr++;
}

static void add_item(struct flushes *fl, uint32_t file, ref_t item,
		     atom_t name)
{
	uint32_t fns[NAME_MEANS];
	size_t nr = program_lookup(fl->p, file, name, fns, NAME_MEANS);

	for (size_t i = 0; item && i < nr; i++)
		add(fl, &fl->items, item, fns[i]);
}

static const struct know_async *async_of(const struct flushes *fl, atom_t name)
{
	uint32_t i = map_get(&fl->names, name, 0);

	return i && i <= fl->k->nr_asyncs ? &fl->k->asyncs[i - 1] : NULL;
}

static const struct know_work *work_of(const struct flushes *fl, atom_t name)
{
	uint32_t i = map_get(&fl->names, name, 0);

	return i > fl->k->nr_asyncs ? &fl->k->works[i - fl->k->nr_asyncs - 1] :
				      NULL;
}

/* INIT_WORK(&x->work, f) */
static void read_init(struct flushes *fl, uint32_t fn, const struct event *ev,
		      const struct know_async *a)
{
	uint32_t file = program_fn(fl->p, fn)->file;
	const struct pfile *pf = program_file(fl->p, file);
	const struct expr *f;

	if (a->func_arg < 0 || a->func_arg >= ev->nr_args)
		return;
	f = &pf->facts->exprs[ev->args + a->func_arg];
	if (f->kind == EXPR_NAME && !f->nr_parts)
		add_item(fl, file, ref_of_argument(fl, fn, ev, a->item_arg),
			 pf->atoms[f->base]);
}

/* queue_work(x->queue, &x->work) */
static void read_queue(struct flushes *fl, uint32_t fn, const struct event *ev,
		       const struct know_work *w)
{
	ref_t item = ref_of_argument(fl, fn, ev, w->item_arg);
	ref_t queue = ref_of_argument(fl, fn, ev, w->queue_arg);

	if (!w->waits && item && queue)
		add(fl, &fl->queues, queue, item);
}

static void read_function(struct flushes *fl, uint32_t fn)
{
	const struct func *f = program_func(fl->p, fn);
	const struct pfile *pf = program_fn_file(fl->p, fn);

	for (uint32_t i = 0; i < f->nr_events; i++) {
		const struct event *ev =
			&pf->facts->events[f->first_event + i];
		atom_t name;

		if (ev->kind != EV_CALL || ev->nr_args < 2)
			continue;
		name = pf->atoms[ev->name];
		if (!map_has(&fl->names, name))
			continue;
		if (async_of(fl, name))
			read_init(fl, fn, ev, async_of(fl, name));
		else
			read_queue(fl, fn, ev, work_of(fl, name));
	}
}

/* DECLARE_WORK(work, f) */
static void read_macro(struct flushes *fl, uint32_t file,
		       const struct topmacro *m)
{
	const struct pfile *pf = program_file(fl->p, file);
	const struct know_async *a = async_of(fl, pf->atoms[m->name]);
	const str_t *args = &pf->facts->words[m->args];

	if (!a || a->func_arg < 0 || a->item_arg >= m->nr_args ||
	    a->func_arg >= m->nr_args)
		return;
	add_item(fl, file, ref_of_global(fl->refs, file,
					 pf->atoms[args[a->item_arg]]),
		 pf->atoms[args[a->func_arg]]);
}

void flushes_make(struct flushes *fl, struct refs *refs)
{
	const struct program *p = refs->p;
	const struct knowledge *k = refs->k;
	struct atoms *atoms = program_atoms(p);

	*fl = (struct flushes){ .p = p, .k = k, .refs = refs };
	map_init(&fl->names);
	map_init(&fl->items);
	map_init(&fl->queues);
	GROW(fl->links, fl->nr, fl->cap);
	fl->links[fl->nr++] = (struct flush_link){ 0, 0 };
	for (size_t i = 0; i < k->nr_asyncs; i++)
		if (k->asyncs[i].item_arg >= 0)
			map_set(&fl->names, atom_of(atoms, k->asyncs[i].name),
				i + 1);
	for (size_t i = 0; i < k->nr_works; i++)
		map_set(&fl->names, atom_of(atoms, k->works[i].name),
			k->nr_asyncs + i + 1);
	for (uint32_t fn = 0; fn < program_nr_fns(p); fn++)
		read_function(fl, fn);
	for (uint32_t file = 0; file < program_nr_files(p); file++) {
		const struct facts *facts = program_file(p, file)->facts;

		for (uint32_t i = 0; i < facts->nr_topmacros; i++)
			read_macro(fl, file, &facts->topmacros[i]);
	}
}

void flushes_release(struct flushes *fl)
{
	map_release(&fl->names);
	map_release(&fl->items);
	map_release(&fl->queues);
	free(fl->links);
}

struct flush_iter flush_start(const struct flushes *fl, uint32_t fn,
			      const struct event *ev)
{
	const struct know_work *w = NULL;
	struct flush_iter it = { 0, 0 };
	ref_t ref;

	if (ev->kind == EV_CALL)
		w = work_of(fl, program_fn_file(fl->p, fn)->atoms[ev->name]);
	if (!w || !w->waits)
		return it;
	ref = ref_of_argument(fl, fn, ev, w->item_arg >= 0 ? w->item_arg :
			      w->queue_arg);
	if (ref && w->item_arg >= 0)
		it.fn = map_get(&fl->items, ref, 0);
	else if (ref)
		it.item = map_get(&fl->queues, ref, 0);
	return it;
}

bool flush_next(const struct flushes *fl, struct flush_iter *it, uint32_t *fn)
{
	while (!it->fn && it->item) {
		it->fn = map_get(&fl->items, fl->links[it->item].what, 0);
		it->item = fl->links[it->item].next;
	}
	if (!it->fn)
		return false;
	*fn = fl->links[it->fn].what;
	it->fn = fl->links[it->fn].next;
	return true;
}
