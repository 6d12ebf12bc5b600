// SPDX-License-Identifier: GPL-2.0-only
/*
 * What was found in the files of an older program and still holds: which
 * files these are, and their records and slots with the numbers that functions
 * and files have now. The other files are scanned.
 */
#include "link/delta.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/workers.h"
#include "link/image.h"

/* ---- numbers ---- */

/* The function that @fn, whose file has changed, is now. */
static uint32_t find_fn(const struct delta *d, uint32_t fn)
{
	const struct program *old = d->old, *p = d->p;
	atom_t name = old->fns[fn].name;
	uint32_t file = d->file_to[old->fns[fn].file], nth = 0;
	struct range r = names_range(&old->fn_names, name);

	if (file == FN_NONE || d->dirty[name] & DIRTY_NAME)
		return FN_NONE;
	for (; r.i < r.end && old->name_fns[r.i] != fn; r.i++)
		nth += old->fns[old->name_fns[r.i]].file == old->fns[fn].file;
	r = names_range(&p->fn_names, name);
	for (; r.i < r.end; r.i++)
		if (p->fns[p->name_fns[r.i]].file == file && !nth--)
			return p->name_fns[r.i];
	return FN_NONE;
}

static void some_fns(void *ctx, unsigned int thread, size_t first, size_t end)
{
	struct delta *d = ctx;
	const struct program *old = d->old;

	(void)thread;
	for (; first < end; first++) {
		uint32_t i = (uint32_t)first;
		uint32_t file = d->file_to[old->fns[i].file];

		if (file != FN_NONE && d->same[file])
			d->fn_to[i] = i - old->files[old->fns[i].file].first_fn
				      + d->p->files[file].first_fn;
		else
			d->fn_to[i] = find_fn(d, i);
	}
}

static uint32_t fn_now(struct delta *d, uint32_t fn)
{
	if (d->fn_to[fn] == FN_NONE)
		d->lost = true;
	return d->fn_to[fn];
}

static void ref_now(struct delta *d, struct ref *r)
{
	switch (r->kind) {
	case REF_FN:
	case REF_VAR:
	case REF_RETURN:
	case REF_PASTE:
		r->a = fn_now(d, r->a);
		break;
	case REF_GLOBAL:
		if (r->a == FN_NONE)
			break;
		r->a = d->file_to[r->a];
		if (r->a == FN_NONE)
			d->lost = true;
		break;
	}
}

/* The records between @e and @end. */
static void haul_now(struct delta *d, struct ends e, struct ends end)
{
	struct haul *h = &d->p->haul;

	for (; e.flows < end.flows; e.flows++) {
		ref_now(d, &h->flows[e.flows].from);
		ref_now(d, &h->flows[e.flows].to);
	}
	for (; e.icalls < end.icalls; e.icalls++) {
		h->icalls[e.icalls].fn = fn_now(d, h->icalls[e.icalls].fn);
		ref_now(d, &h->icalls[e.icalls].ref);
	}
	for (; e.passes < end.passes; e.passes++)
		ref_now(d, &h->passes[e.passes].from);
	for (; e.handed < end.handed; e.handed++) {
		h->handed[e.handed].fn = fn_now(d, h->handed[e.handed].fn);
		h->handed[e.handed].to = fn_now(d, h->handed[e.handed].to);
	}
	for (; e.marks < end.marks; e.marks++)
		h->marks[e.marks].fn = fn_now(d, h->marks[e.marks].fn);
}

/* ---- slots ---- */

/* Lists that scanning made stay the first ones, under the same numbers. Those
 * of files that are scanned again are of no use any more. */
static void take_list(const struct delta *d, struct list *l)
{
	const struct target *from = d->old->targets + l->first;
	struct target *to = d->p->targets + l->first;
	bool sorted = true;

	for (uint32_t i = 0; i < l->nr; i++) {
		to[i] = from[i];
		to[i].fn = d->fn_to[from[i].fn];
		sorted &= !i || to[i - 1].fn < to[i].fn;
	}
	if (!sorted)
		targets_sort(to, l->nr);
	if (l->nr && to[l->nr - 1].fn == FN_NONE)
		l->nr = 0;
}

static void take_targets(struct delta *d)
{
	const struct program *old = d->old;
	struct program *p = d->p;
	uint32_t nr = old->nr_scan_lists, i;

	p->nr_lists = nr;
	GROW_BY(p->lists, 0, p->cap_lists, (size_t)nr + 1);
	if (nr)
		p->nr_targets = old->lists[nr - 1].first +
				old->lists[nr - 1].nr;
	GROW_BY(p->targets, 0, p->cap_targets, (size_t)p->nr_targets + 1);
	/* what lists of no use any more leave between the others is saved, too */
	memset(p->targets, 0, p->nr_targets * sizeof(*p->targets));
	for (i = 0; i < nr; i++) {
		p->lists[i] = old->lists[i];
		take_list(d, &p->lists[i]);
	}
}

/* Calls through pointers, and calls that functions were handed to, have lists
 * that were made after scanning, and will be again. */
static uint32_t slot_now(struct delta *d, uint32_t slot)
{
	uint32_t i = slot - SLOT_FIRST, list = i - d->old->nr_fns;

	if (slot < SLOT_FIRST)
		return slot;
	if (i < d->old->nr_fns)
		return SLOT_FIRST + fn_now(d, i);
	if (list >= d->old->nr_scan_lists)
		return SLOT_NONE;
	if (!d->p->lists[list].nr)
		d->lost = true;
	return SLOT_FIRST + d->p->nr_fns + list;
}

static void take_slots(struct delta *d, uint32_t file)
{
	const struct program *old = d->old;
	struct program *p = d->p;
	uint32_t was = d->file_from[file];
	uint32_t from = old->first_event[was], to = p->first_event[file];

	for (; from < old->first_event[was + 1]; from++, to++) {
		p->slots[to] = slot_now(d, old->slots[from]);
		p->calls[to] = old->calls[from];
	}
}

struct keeping {
	struct delta *d;
	uint8_t *kept;			/* by new file */
};

static void some_slots(void *ctx, unsigned int thread, size_t first, size_t end)
{
	const struct keeping *k = ctx;

	(void)thread;
	for (; first < end; first++)
		if (k->kept[first])
			take_slots(k->d, (uint32_t)first);
}

/* The slots of calls that functions were handed to, as they were before.
 * @kept: by new file */
static void undo_handed(struct delta *d, const uint8_t *kept)
{
	const struct program *old = d->old;
	struct program *p = d->p;
	uint32_t was = 0;
	size_t i;

	for (i = 0; i < old->nr_was; i++) {
		uint32_t at = old->was[i].at, file;

		while (was < old->nr_files && at >= old->first_event[was + 1])
			was++;
		file = was < old->nr_files ? d->file_to[was] : FN_NONE;
		if (file == FN_NONE || !kept[file])
			continue;
		if (at < old->first_event[was])
			d->lost = true;
		else
			p->slots[at - old->first_event[was] +
				 p->first_event[file]] =
				slot_now(d, old->was[i].slot);
	}
}

/* ---- what is kept, and what is looked at again ---- */

static struct ends begin_of(const struct program *p, uint32_t file)
{
	const struct ends none = { 0 };

	return file ? p->ends[file - 1] : none;
}

static bool is_dirty_dep(const struct delta *d, uint32_t dep)
{
	if (dep & DEP_MEMBERS)
		return d->dirty[dep & ~DEP_MEMBERS] & DIRTY_MEMBERS;
	if (dep & DEP_MEMBER)
		return delta_member(d, dep);
	return d->dirty[dep] & DIRTY_NAME;
}

static bool is_dirty(const struct delta *d, uint32_t file)
{
	const struct program *old = d->old;
	uint32_t was = d->file_from[file], i;
	const struct pfile *f = &d->p->files[file];

	for (i = 0; i < f->facts->nr_strings; i++)
		if (d->dirty[f->atoms[i]] & DIRTY_NAME)
			return true;
	for (i = begin_of(old, was).deps; i < old->ends[was].deps; i++)
		if (is_dirty_dep(d, old->haul.deps[i]))
			return true;
	return false;
}

static void some_kept(void *ctx, unsigned int thread, size_t first, size_t end)
{
	const struct keeping *k = ctx;

	(void)thread;
	for (; first < end; first++)
		k->kept[first] = k->d->same[first] &&
				 !is_dirty(k->d, (uint32_t)first);
}

/* Files to be scanned. */
static uint32_t *choose(struct keeping *k, size_t *nr)
{
	uint32_t nr_files = k->d->p->nr_files, i;
	uint32_t *todo = xcalloc((size_t)nr_files + 1, sizeof(*todo));

	workers_run(k->d->p->threads, nr_files, CHUNK_FILES, some_kept, k);
	*nr = 0;
	for (i = 0; i < nr_files; i++)
		if (!k->kept[i])
			todo[(*nr)++] = i;
	return todo;
}

/* Appends what was found in file @i and those after it that were kept and
 * stood one after the other. Return: the file after these. */
static uint32_t keep_run(struct delta *d, const uint8_t *kept, uint32_t i)
{
	struct program *p = d->p;
	const struct program *old = d->old;
	uint32_t was = d->file_from[i], next = i;
	struct ends first = begin_of(old, was), e = haul_ends(&p->haul);

	for (; next < p->nr_files && kept[next] &&
	       d->file_from[next] == was + (next - i); next++) {
		const struct ends *end = &old->ends[d->file_from[next]];

#define X(type, name) p->ends[next].name = e.name + end->name - first.name;
		HAUL_ARRAYS(X)
#undef X
	}
	haul_take(&p->haul, &old->haul, first, old->ends[was + next - i - 1]);
	return next;
}

static void some_numbers(void *ctx, unsigned int thread, size_t first,
			 size_t end)
{
	const struct keeping *k = ctx;

	(void)thread;
	for (; first < end; first++)
		if (k->kept[first])
			haul_now(k->d, begin_of(k->d->p, (uint32_t)first),
				 k->d->p->ends[first]);
}

static void gather(struct keeping *k, const struct finds *f)
{
	struct program *p = k->d->p;
	size_t found = 0;
	uint32_t i = 0;

	p->ends = xcalloc((size_t)p->nr_files + 1, sizeof(*p->ends));
	while (i < p->nr_files) {
		if (k->kept[i]) {
			i = keep_run(k->d, k->kept, i);
			continue;
		}
		finds_take(p, f, found++);
		p->ends[i++] = haul_ends(&p->haul);
	}
	workers_run(p->threads, p->nr_files, CHUNK_FILES, some_numbers, k);
}

void delta_scan(struct delta *d, const struct image_bytes *bytes)
{
	struct program *p = d->p;
	struct keeping k = { d, xcalloc((size_t)p->nr_files + 1, 1) };
	struct finds f;
	size_t nr;
	uint32_t *todo = choose(&k, &nr);

	workers_run(p->threads, d->old->nr_fns, CHUNK_FNS, some_fns, d);
	take_targets(d);
	workers_run(p->threads, p->nr_files, CHUNK_FILES, some_slots, &k);
	undo_handed(d, k.kept);
	link_rest_image(bytes);
	finds_scan(p, &f, todo, nr);
	program_rest(p);
	gather(&k, &f);
	p->nr_scan_lists = p->nr_lists;
	finds_release(&f);
	free(todo);
	free(k.kept);
}
