// SPDX-License-Identifier: GPL-2.0-only
/*
 * Links a tree by help of an older program of most of its files. What was
 * found in a file still holds when the file is the same and every name that it
 * was found by means the same as then (dirty.c); all else is looked at again.
 * From there on the steps are those of every program: the graph of pointers,
 * callers and components are made anew.
 *
 * Strings keep their atoms, the others get new ones. Files and functions get
 * new numbers, and what is taken over is made to follow. Should something not
 * be where it must be, the tree is linked from the beginning.
 */
#include "link/delta.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/workers.h"

/* When more than one file in so many has changed it does not pay. */
#define TOO_MANY 6

#define CHANGED_REST 128	/* changed files between two rests */

/* ---- files and functions ---- */

/* Both lists are sorted by path. Return: how many files differ. */
static size_t match_files(struct delta *d)
{
	const struct program *p = d->p, *old = d->old;
	size_t changed = 0;
	uint32_t i = 0, j = 0;

	while (i < old->nr_files || j < p->nr_files) {
		int c = i == old->nr_files ? 1 : j == p->nr_files ? -1 :
			strcmp(old->files[i].path, p->files[j].path);

		changed += c != 0;
		if (c < 0) {
			d->file_to[i++] = FN_NONE;
		} else if (c > 0) {
			d->file_from[j++] = FN_NONE;
		} else {
			d->same[j] = !memcmp(old->ids[i], p->ids[j], FILE_ID);
			changed += !d->same[j];
			d->file_to[i] = j;
			d->file_from[j++] = i++;
		}
	}
	return changed;
}

static uint32_t nr_events(const struct program *p, uint32_t file)
{
	return p->first_event[file + 1] - p->first_event[file];
}

/* Where the atoms of each file are: where they were, or in a store of ours. */
static bool place_atoms(struct delta *d)
{
	struct program *p = d->p;
	size_t nr = 0;
	uint32_t i;

	for (i = 0; i < p->nr_files; i++)
		if (!d->same[i])
			nr += p->files[i].facts->nr_strings + 1;
	p->atom_store = xcalloc(nr + 1, sizeof(atom_t));
	nr = 0;
	for (i = 0; i < p->nr_files; i++) {
		struct pfile *f = &p->files[i];
		const struct pfile *was;

		if (!d->same[i]) {
			f->atoms = p->atom_store + nr;
			nr += f->facts->nr_strings + 1;
			continue;
		}
		was = &d->old->files[d->file_from[i]];
		f->atoms = was->atoms;
		if (was->nr_fns != f->nr_fns ||
		    nr_events(d->old, d->file_from[i]) !=
		    f->facts->nr_events)
			return false;
	}
	return true;
}

static void take_fns(struct delta *d, uint32_t file)
{
	const struct program *old = d->old;
	struct program *p = d->p;
	uint32_t was = d->file_from[file], i;
	uint32_t from = old->files[was].first_fn, to = p->files[file].first_fn;
	uint32_t shift = p->first_event[file] - old->first_event[was];

	for (i = 0; i < p->files[file].nr_fns; i++, from++, to++) {
		const struct fn *fn = &old->fns[from];

		p->fns[to] = (struct fn){ .file = file, .index = fn->index,
					  .name = fn->name };
		p->fn_of[p->files[file].first_fn + fn->index] = to;
		p->fn_flags[to] = old->fn_flags[from];
		p->fn_returns[to] = old->fn_returns[from];
		p->fn_params[to] = old->fn_params[from];
		p->fn_sigs[to] = old->fn_sigs[from];
		p->pastes[to] = old->pastes[from];
		p->fn_events[to] = (struct range){
			old->fn_events[from].i + shift,
			old->fn_events[from].end + shift };
		p->singles[to] = (struct target){ to, TARGET_DIRECT };
	}
	p->dirs[file] = old->dirs[was];
}

/* ---- lists ---- */

/* What the records of one index were, at their places in a list. @part: the
 * count of the file's first record among those of that kind. */
static void take_index(const struct delta *d, const struct index *x,
		       struct roll *to, size_t part, const struct rolls *rolls)
{
	const struct names *n = &x->names;

	for (atom_t a = names_next(n, 1); a < n->nr_atoms;
	     a = names_next(n, a + 1)) {
		struct range r = names_range(n, a);

		for (; r.i < r.end; r.i++) {
			struct item it = x->items[r.i];
			const uint32_t *first;

			it.file = d->file_to[it.file];
			if (it.file == FN_NONE || !d->same[it.file])
				continue;
			first = (const void *)((const char *)
				&rolls->first[it.file] + part);
			roll_put(to, *first + it.index, a, it);
		}
	}
}

/* Members do not know which one of their file they are: their order is kept,
 * which is all that matters. */
static void take_members(const struct delta *d, struct rolls *rolls)
{
	const struct program *old = d->old;
	uint32_t *nr = xcalloc((size_t)d->p->nr_files + 1, sizeof(*nr)), i;

	for (i = 0; i < old->nr_members; i++) {
		struct mem m = old->members[i];
		uint32_t at;

		m.file = d->file_to[m.file];
		if (m.file == FN_NONE || !d->same[m.file])
			continue;
		at = rolls->first[m.file].members + nr[m.file]++;
		rolls->owners[at] = m.owner;
		rolls->members[at] = m;
	}
	free(nr);
}

static void clear_keys(struct roll *r)
{
	memset(r->keys, 0, ((size_t)r->nr + 1) * sizeof(*r->keys));
}

static void clear_lists(struct rolls *rolls)
{
	clear_keys(&rolls->macros);
	clear_keys(&rolls->typedefs);
	clear_keys(&rolls->globals);
	clear_keys(&rolls->protos);
	memset(rolls->owners, 0,
	       ((size_t)rolls->nr_members + 1) * sizeof(*rolls->owners));
}

struct taking {
	struct delta *d;
	struct rolls *rolls;
	_Atomic uint32_t nr_changed;	/* files so far */
};

#define NR_LISTS 5

static void take_list(void *ctx, unsigned int thread, size_t first, size_t end)
{
	const struct taking *t = ctx;
	const struct program *old = t->d->old;
	struct rolls *r = t->rolls;
	size_t aliases = offsetof(struct firsts, aliases);

	(void)thread;
	for (; first < end; first++) {
		switch (first) {
		case 0:
			take_members(t->d, r);
			break;
		case 1:
			take_index(t->d, &old->globals, &r->globals,
				   offsetof(struct firsts, globals), r);
			break;
		case 2:
			take_index(t->d, &old->protos, &r->protos,
				   offsetof(struct firsts, protos), r);
			break;
		case 3:
			take_index(t->d, &old->macros, &r->macros, aliases, r);
			break;
		default:
			take_index(t->d, &old->typedefs, &r->typedefs, aliases,
				   r);
		}
	}
}

static void take_some(void *ctx, unsigned int thread, size_t first, size_t end)
{
	struct taking *t = ctx;

	(void)thread;
	for (; first < end; first++) {
		if (t->d->same[first]) {
			take_fns(t->d, (uint32_t)first);
			continue;
		}
		link_file(t->d->p, t->rolls, (uint32_t)first);
		/* What lies around files far apart adds up. */
		if (++t->nr_changed % CHANGED_REST == 0)
			program_rest(t->d->p);
	}
}

static void take_files(struct delta *d, struct rolls *rolls)
{
	struct program *p = d->p;
	struct taking t = { .d = d, .rolls = rolls };

	link_files_room(p);
	rolls_init(rolls, p);
	clear_lists(rolls);
	workers_run(p->threads, NR_LISTS, 1, take_list, &t);
	workers_run(p->threads, p->nr_files, CHUNK_FILES, take_some, &t);
	program_rest(p);
}

/* ---- all of it ---- */

static void delta_init(struct delta *d, struct program *p,
		       const struct program *old)
{
	memset(d, 0, sizeof(*d));
	d->p = p;
	d->old = old;
	d->file_to = xcalloc((size_t)old->nr_files + 1, sizeof(uint32_t));
	d->file_from = xcalloc((size_t)p->nr_files + 1, sizeof(uint32_t));
	d->fn_to = xcalloc((size_t)old->nr_fns + 1, sizeof(uint32_t));
	d->same = xcalloc((size_t)p->nr_files + 1, 1);
	d->members = xcalloc((1u << MEMBER_BITS) / 64, sizeof(uint64_t));
}

static void delta_release(struct delta *d)
{
	free(d->file_to);
	free(d->file_from);
	free(d->fn_to);
	free(d->same);
	free(d->dirty);
	free(d->members);
}

bool link_delta(struct program *p, struct program *old,
		const struct image_bytes *bytes, size_t *changed)
{
	struct rolls rolls;
	struct delta d;
	bool done = false;

	delta_init(&d, p, old);
	*changed = match_files(&d);
	if (*changed > p->nr_files / TOO_MANY || !place_atoms(&d))
		goto out_release;
	p->atoms = old->atoms;
	old->atoms = NULL;
	link_sizes(p);
	take_files(&d, &rolls);
	link_names(p, &rolls);
	d.dirty = xcalloc((size_t)atoms_count(p->atoms) + 1, 1);
	delta_dirty(&d);
	delta_scan(&d, bytes);
	done = !d.lost;
	if (done) {
		link_rest_image(bytes);
		p->image = *bytes;
		link_rest(p);
	}
out_release:
	delta_release(&d);
	return done;
}
