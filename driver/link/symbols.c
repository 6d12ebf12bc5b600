// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names: which functions, macros, variables and prototypes a name means in a
 * file. Takes the facts of all files; makes one index for each kind of name.
 *
 * Includes are not followed: what a file sees is judged by where things lie
 * (same file, directory, component, public header). A function with several
 * definitions (stubs for what is configured out) keeps all of those that are
 * equally near, for at run time it is one of them. Of several machines one is
 * built: what the usual one defines is meant.
 */
#include "link/link.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/workers.h"

#define RANK_MACHINE	5	/* of a machine that is not the usual one */
#define RANK_FOREIGN	6	/* of another program, or machine */
#define RANK_OTHER_STATIC 7	/* of a file included by its neighbours */
#define MAX_HOPS 3

static void index_build(const struct program *p, struct index *x,
			const struct roll *r)
{
	uint32_t *order = xmalloc(((size_t)r->nr + 1) * sizeof(*order));
	uint32_t i, nr;

	nr = names_build(&x->names, p->nr_atoms, r->keys, r->nr, order);
	x->items = xmalloc(((size_t)nr + 1) * sizeof(*x->items));
	for (i = 0; i < nr; i++)
		x->items[i] = r->items[order[i]];
	free(order);
}

static void index_fns(struct program *p)
{
	atom_t *keys = xcalloc((size_t)p->nr_fns + 1, sizeof(*keys));
	uint32_t i;

	for (i = 0; i < p->nr_fns; i++)
		keys[i] = p->fns[i].name;
	p->name_fns = xcalloc((size_t)p->nr_fns + 1, sizeof(uint32_t));
	names_build(&p->fn_names, p->nr_atoms, keys, p->nr_fns, p->name_fns);
	free(keys);
}

/* The indexes, to be built side by side; those of functions and of members
 * come last. */
struct building {
	struct program *p;
	const struct rolls *rolls;
};

#define NR_INDEXES 4

static void build_some(void *ctx, unsigned int thread, size_t first, size_t end)
{
	struct building *b = ctx;
	struct program *p = b->p;
	struct index *to[NR_INDEXES] = {
		&p->macros, &p->typedefs, &p->globals, &p->protos
	};
	const struct roll *from[NR_INDEXES] = {
		&b->rolls->macros, &b->rolls->typedefs, &b->rolls->globals,
		&b->rolls->protos
	};

	(void)thread;
	for (; first < end; first++) {
		if (first < NR_INDEXES)
			index_build(p, to[first], from[first]);
		else if (first == NR_INDEXES)
			index_fns(p);
		else
			types_group(p, b->rolls);
	}
}

static void note_know(struct program *p, struct map *m, const char *name,
		      size_t i)
{
	atom_t a = atom_of(p->atoms, name);

	if (!map_has(m, a))
		map_set(m, a, (uint32_t)i + 1);
}

static bool is_known(const struct program *p, atom_t a)
{
	const struct know_api *api = program_api(p, a);

	return (api && !api->adds) || program_allocator(p, a);
}

void link_knowledge(struct program *p)
{
	const struct knowledge *k = p->know;
	atom_t a;
	size_t i;

	if (!k)
		return;
	p->async_next = ARENA_ARRAY(&p->arena, uint32_t, k->nr_asyncs + 1);
	for (i = 0; i < k->nr_apis; i++)
		note_know(p, &p->apis, k->apis[i].name, i);
	for (i = 0; i < k->nr_allocators; i++)
		note_know(p, &p->allocators, k->allocators[i].name, i);
	for (i = k->nr_asyncs; i-- > 0;) {
		a = atom_of(p->atoms, k->asyncs[i].name);
		p->async_next[i] = map_get(&p->asyncs, a, 0);
		map_set(&p->asyncs, a, (uint32_t)i + 1);
	}
}

/* Of which names the knowledge says all. */
static void mark_known(struct program *p)
{
	const struct knowledge *k = p->know;
	atom_t a;
	size_t i;

	p->known = ARENA_ARRAY(&p->arena, uint8_t, p->nr_atoms + 1);
	for (i = 0; k && i < k->nr_apis; i++) {
		a = atom_of(p->atoms, k->apis[i].name);
		p->known[a] = is_known(p, a);
	}
	for (i = 0; k && i < k->nr_allocators; i++)
		p->known[atom_of(p->atoms, k->allocators[i].name)] = 1;
	for (a = 0; k && a < p->nr_atoms; a++)
		if (names_has(&p->macros.names, a))
			p->known[a] = is_known(p, a);
}

void symbols_release(struct program *p)
{
	struct index *x[] = {
		&p->macros, &p->typedefs, &p->globals, &p->protos
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(x); i++) {
		names_release(&x[i]->names);
		free(x[i]->items);
	}
	names_release(&p->fn_names);
	free(p->name_fns);
}

void link_symbols(struct program *p, const struct rolls *rolls)
{
	struct building b = { p, rolls };

	workers_run(p->threads, NR_INDEXES + 2, 1, build_some, &b);
	link_knowledge(p);
	mark_known(p);
}

static bool is_foreign(const struct component *from,
		       const struct component *to)
{
	return from->kind == COMP_FOREIGN || to->kind == COMP_FOREIGN ||
	       (from->machine != MACHINE_ANY && to->machine != MACHINE_ANY);
}

unsigned int file_rank(const struct program *p, uint32_t from, uint32_t to)
{
	const struct pfile *x = &p->files[from], *y = &p->files[to];

	if (from == to)
		return 0;
	if (p->dirs[from] == p->dirs[to])
		return 1;
	if (x->component == y->component)
		return 2;
	if (is_foreign(&p->components[x->component],
		       &p->components[y->component]))
		return RANK_FOREIGN;
	if (p->components[y->component].machine == MACHINE_OTHER)
		return RANK_MACHINE;
	return !y->header || p->public[to] ? 3 : 4;
}

/* The rank of a definition, or UINT_MAX when @from cannot see it. */
static unsigned int seen_rank(const struct program *p, uint32_t from,
			      uint32_t to, bool local)
{
	unsigned int rank = file_rank(p, from, to);

	if (rank == RANK_FOREIGN)
		return UINT32_MAX;
	if (!rank || !local || p->files[to].header)
		return rank;
	return rank == 1 ? RANK_OTHER_STATIC : UINT32_MAX;
}

/* The definitions nearest to a file, and what they are. */
struct near {
	const struct program *p;
	uint32_t file;
	bool no_macro;
	unsigned int rank;	/* of what is kept */
	uint32_t *out;
	size_t nr, max;		/* nr may be more than max */
	atom_t todo[8];		/* names that aliases lead to */
	unsigned int nr_todo;
};

/* A find of @rank: false when something nearer is known already. */
static bool nearer(struct near *n, unsigned int rank)
{
	if (rank > n->rank)
		return false;
	if (rank < n->rank) {
		n->rank = rank;
		n->nr = 0;
		n->nr_todo = 0;
	}
	return true;
}

static void near_fns(struct near *n, atom_t name)
{
	const struct program *p = n->p;
	struct range r = names_ask(p, &p->fn_names, name);

	for (; r.i < r.end; r.i++) {
		uint32_t fn = p->name_fns[r.i];
		uint16_t flags = p->fn_flags[fn];
		bool local = flags & (FUNC_STATIC | FUNC_MACRO);

		if (n->no_macro && (flags & FUNC_MACRO))
			continue;
		if (!nearer(n, seen_rank(p, n->file, p->fns[fn].file, local)))
			continue;
		if (n->nr < n->max)
			n->out[n->nr] = fn;
		n->nr++;
	}
}

static void near_aliases(struct near *n, atom_t name)
{
	const struct program *p = n->p;
	struct range r = names_range(&p->macros.names, name);

	for (; r.i < r.end; r.i++) {
		struct item it = p->macros.items[r.i];
		atom_t to = it.to;
		unsigned int j, rank = seen_rank(p, n->file, it.file, true);

		if (!to || to == name || rank == UINT32_MAX)
			continue;
		/* An alias to nothing we know hides nothing. */
		depends(p, to);
		if (!names_has(&p->fn_names, to) &&
		    !names_has(&p->macros.names, to))
			continue;
		if (!nearer(n, rank))
			continue;
		for (j = 0; j < n->nr_todo && n->todo[j] != to; j++)
			;
		if (j == n->nr_todo && j < ARRAY_SIZE(n->todo))
			n->todo[n->nr_todo++] = to;
	}
}

static int cmp_u32(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static size_t sort_fns(uint32_t *v, size_t nr)
{
	size_t i, n = 0;

	if (nr > 1)
		qsort(v, nr, sizeof(*v), cmp_u32);
	for (i = 0; i < nr; i++)
		if (!n || v[n - 1] != v[i])
			v[n++] = v[i];
	return n;
}

/* Adds what the aliases in @from lead to; they may lead on. */
static void follow(struct near *n, struct near *from, struct near *next)
{
	unsigned int i;

	next->nr_todo = 0;
	for (i = 0; i < from->nr_todo; i++) {
		uint32_t found[MAX_DEFS];
		struct near m = { .p = n->p, .file = n->file,
				  .rank = UINT32_MAX - 1, .out = found,
				  .max = MAX_DEFS };
		size_t j;

		near_fns(&m, from->todo[i]);
		near_aliases(&m, from->todo[i]);
		for (j = 0; j < m.nr && j < m.max; j++) {
			if (n->nr < n->max)
				n->out[n->nr] = found[j];
			n->nr++;
		}
		if (m.nr > m.max)
			n->nr += m.nr - m.max;
		for (j = 0; j < m.nr_todo; j++)
			if (next->nr_todo < ARRAY_SIZE(next->todo))
				next->todo[next->nr_todo++] = m.todo[j];
	}
}

size_t lookup_name(const struct program *p, uint32_t file, atom_t name,
		   bool no_macro, uint32_t *out, size_t max)
{
	struct near n = { .p = p, .file = file, .no_macro = no_macro,
			  .rank = UINT32_MAX - 1, .out = out, .max = max };
	struct near hops[2];
	unsigned int hop;

	if (!name)
		return 0;
	near_fns(&n, name);
	near_aliases(&n, name);
	hops[0] = n;
	for (hop = 0; hop < MAX_HOPS && hops[hop & 1].nr_todo; hop++)
		follow(&n, &hops[hop & 1], &hops[(hop + 1) & 1]);
	if (n.nr > max)
		return n.nr;
	return sort_fns(out, n.nr);
}

size_t program_lookup(const struct program *p, uint32_t file, atom_t name,
		      uint32_t *out, size_t max)
{
	size_t n = lookup_name(p, file, name, false, out, max);

	return n < max ? n : max;
}

bool program_has_stub(const struct program *p, uint32_t fn)
{
	struct range r = names_range(&p->fn_names, p->fns[fn].name);

	if (p->fn_flags[fn] & FUNC_STATIC)
		return false;
	for (; r.i < r.end; r.i++) {
		uint32_t other = p->name_fns[r.i];

		if (p->fn_flags[other] & FUNC_STATIC &&
		    p->files[p->fns[other].file].header)
			return true;
	}
	return false;
}

const struct item *lookup_global(const struct program *p, uint32_t file,
				 atom_t name)
{
	const struct item *best = NULL;
	unsigned int best_rank = UINT32_MAX;
	struct range r = names_ask(p, &p->globals.names, name);

	for (; r.i < r.end; r.i++) {
		const struct item *g = &p->globals.items[r.i];
		unsigned int rank;

		rank = seen_rank(p, file, g->file, g->what & VAR_STATIC);
		if (rank >= best_rank)
			continue;
		best = g;
		best_rank = rank;
	}
	return best;
}

bool program_is_global(const struct program *p, uint32_t file, atom_t name)
{
	return lookup_global(p, file, name);
}

/* The entry of @m for @name or for what object macros make of it. */
static uint32_t know_find(const struct program *p, const struct map *m,
			  atom_t name)
{
	unsigned int hop;

	for (hop = 0; hop <= MAX_HOPS; hop++) {
		struct range r = names_ask(p, &p->macros.names, name);
		uint32_t found = name ? map_get(m, name, 0) : 0;
		atom_t next = 0;

		if (found || !name)
			return found;
		for (; r.i < r.end; r.i++) {
			atom_t to = p->macros.items[r.i].to;

			found = to ? map_get(m, to, 0) : 0;
			if (found)
				return found;
			if (!next && to != name)
				next = to;
		}
		name = next;
	}
	return 0;
}

const struct know_api *program_api(const struct program *p, atom_t name)
{
	uint32_t i = know_find(p, &p->apis, name);

	return i ? &p->know->apis[i - 1] : NULL;
}

/* Is @word one of those that @list joins by |? */
static bool is_listed(const char *list, const char *word)
{
	size_t len = strlen(word);

	for (const char *s = list; len && s; s = strchr(s, '|')) {
		s += *s == '|';
		if (!strncmp(s, word, len) && (!s[len] || s[len] == '|'))
			return true;
	}
	return false;
}

static bool has_flag(const struct facts *facts, const struct expr *e,
		     const char *list)
{
	if (e->kind == EXPR_NAME && !e->nr_parts)
		return is_listed(list, facts_str(facts, e->base));
	for (unsigned int i = 0; e->kind == EXPR_FLAGS && i < e->nr_parts; i++)
		if (is_listed(list, facts_str(facts,
					      facts->words[e->parts + i])))
			return true;
	return false;
}

static bool call_has_flag(const struct pfile *file, const struct event *ev,
			  const struct know_api *api, const char *list)
{
	return api->flags_arg >= 0 && api->flags_arg < ev->nr_args &&
	       has_flag(file->facts, &file->facts->exprs[ev->args +
							 api->flags_arg],
			list);
}

bool program_call_tries(const struct pfile *file, const struct event *ev,
			const struct know_api *api)
{
	return api->tries && call_has_flag(file, ev, api, api->tries);
}

/* Has the call NULL where it could put the object? */
static bool keeps_nothing(const struct pfile *file, const struct event *ev,
			  const struct know_api *api)
{
	return api->out_last && ev->nr_args &&
	       file->facts->exprs[ev->args + ev->nr_args - 1].classes ==
		       CLASS_ZERO;
}

const struct know_api *program_call_api(const struct program *p,
					const struct pfile *file,
					const struct event *ev)
{
	const struct know_api *api;

	if (ev->kind != EV_CALL)
		return NULL;
	api = program_api(p, file->atoms[ev->name]);
	if (!api || keeps_nothing(file, ev, api))
		return NULL;
	return !api->flag || call_has_flag(file, ev, api, api->flag) ? api :
								       NULL;
}

const struct know_allocator *program_allocator(const struct program *p,
					       atom_t name)
{
	uint32_t i = know_find(p, &p->allocators, name);

	return i ? &p->know->allocators[i - 1] : NULL;
}

uint32_t lookup_async(const struct program *p, atom_t name)
{
	return know_find(p, &p->asyncs, name);
}

uint16_t program_mask_alias(const struct program *p, atom_t name)
{
	unsigned int hop;

	for (hop = 0; hop <= MAX_HOPS && name; hop++) {
		struct range r = names_range(&p->macros.names, name);
		uint16_t mask = 0;
		atom_t next = 0;

		for (; r.i < r.end; r.i++) {
			struct item it = p->macros.items[r.i];
			const struct facts *f = p->files[it.file].facts;
			const struct alias *a = &f->aliases[it.index];
			uint16_t m = a->value ? f->exprs[a->value - 1].mask : 0;

			if (mask && m && m != mask)
				m |= MASK_CHOICE;
			mask |= m;
			if (!next)
				next = it.to;
		}
		if (mask)
			return mask;
		name = next == name ? 0 : next;
	}
	return 0;
}

static bool same_names(const struct program *p, uint32_t fa,
		       const struct alias *a, uint32_t fb,
		       const struct alias *b)
{
	const struct facts *f = p->files[fa].facts, *g = p->files[fb].facts;
	const struct expr *x, *y;

	if (file_atom(p, fa, a->to) != file_atom(p, fb, b->to) ||
	    !a->value != !b->value)
		return false;
	if (!a->value)
		return true;
	x = &f->exprs[a->value - 1];
	y = &g->exprs[b->value - 1];
	if (x->nr_parts != y->nr_parts)
		return false;
	for (unsigned int i = 0; i < x->nr_parts; i++)
		if (file_atom(p, fa, f->words[x->parts + i]) !=
		    file_atom(p, fb, g->words[y->parts + i]))
			return false;
	return true;
}

/* The object macro @name, as something made of other names: the only such
 * definition, or the first of several that are alike. */
static const struct alias *made_of_names(const struct program *p, atom_t name,
					 uint32_t *file, bool *differs)
{
	struct range r = names_range(&p->macros.names, name);
	const struct alias *found = NULL;

	for (; r.i < r.end; r.i++) {
		struct item it = p->macros.items[r.i];
		const struct facts *f = p->files[it.file].facts;
		const struct alias *a = &f->aliases[it.index];
		const struct expr *e = a->value ? &f->exprs[a->value - 1] :
						  NULL;

		if (!a->to && (!e || e->kind != EXPR_FLAGS || e->sub))
			continue;
		*differs |= found && !same_names(p, *file, found, it.file, a);
		found = a;
		*file = it.file;
	}
	return found;
}

static size_t add_flag(atom_t *out, size_t nr, size_t max, atom_t name)
{
	for (size_t i = 0; i < nr; i++)
		if (out[i] == name)
			return nr;
	if (nr < max)
		out[nr] = name;
	return nr + 1;
}

size_t program_flags(const struct program *p, atom_t name, atom_t *out,
		     size_t max)
{
	atom_t todo[32] = { name };
	size_t nr = 0, nr_todo = 1;
	bool differs = false;

	for (size_t i = 0; i < nr_todo; i++) {
		uint32_t file = 0;
		const struct alias *a = made_of_names(p, todo[i], &file,
						      &differs);
		const struct facts *f = p->files[file].facts;
		const struct expr *e;

		if (!a) {
			nr = add_flag(out, nr, max, todo[i]);
		} else if (a->to) {
			nr_todo = add_flag(todo, nr_todo, ARRAY_SIZE(todo),
					   file_atom(p, file, a->to));
		} else {
			e = &f->exprs[a->value - 1];
			for (unsigned int j = 0; j < e->nr_parts; j++)
				nr_todo = add_flag(todo, nr_todo,
					ARRAY_SIZE(todo), file_atom(p, file,
					f->words[e->parts + j]));
		}
		if (nr_todo > ARRAY_SIZE(todo) || nr > max || differs)
			return 0;
	}
	return nr;
}
