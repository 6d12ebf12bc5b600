/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of link/ share: the insides of struct program and the steps
 * that build it, in the order in which program_link() takes them.
 *
 * Everything is an array indexed by small integers: files and functions by
 * number, names by atom, events by the file's first event plus their own
 * index. Nothing here is visible outside link/.
 */
#ifndef LINK_LINK_H
#define LINK_LINK_H

#include "base/arena.h"
#include "base/map.h"
#include "base/pages.h"
#include "link/image.h"
#include "link/program.h"

#define MAX_DEFS	64	/* definitions of one name that are kept */
#define MAX_TARGETS	16384	/* functions behind one pointer */
#define MAX_BY_NAME	40	/* likewise, only the member's name known */
#define CHUNK_FILES	64
#define DONE_FILES	2048	/* whose pages are given back at once */
#define CHUNK_FNS	1024
#define CHUNK_EVENTS	65536

/* A record of some file's facts, and what is asked of it most, so that facts
 * all over the tree need not be touched for it. */
struct item {
	uint32_t file, index;
	atom_t to;		/* alias: what it leads to; variable: its type;
				 * prototype: the type it returns */
	uint32_t what;		/* alias: enum alias_kind; variable: var_flag */
};

/* Groups of records by name; see names.c. */
struct names {
	uint32_t nr_atoms;
	uint32_t nr;		/* groups */
	uint64_t *bits;		/* by atom: it has a group */
	uint32_t *ranks;	/* by word of bits: groups before it */
	uint32_t *head;		/* by group: first record; nr + 1 */
};

/* Records by name, in path order. */
struct index {
	struct names names;
	struct item *items;
};

/* A range of records. */
struct range {
	uint32_t i, end;
};

/* A struct member; sorted by (owner, name, file, index, type). */
struct mem {
	atom_t owner, name, type;
	uint32_t file;
	uint16_t index;
	uint8_t flags;		/* enum member_flag */
	uint8_t pointers;
};

/* What the slot of an event holds. */
enum {
	SLOT_NONE,		/* no call, or no definition */
	SLOT_POINTER,		/* UNRESOLVED_POINTER */
	SLOT_MANY,		/* UNRESOLVED_MANY */
	SLOT_ASYNC,		/* runs functions that have entries */
	SLOT_FIRST,		/* + fn: that one; + nr_fns + list: several */
};

/* What is known of an event without a look at its facts. */
enum call_flag {
	CALL_DIRECT = 1,	/* EV_CALL */
	CALL_INDIRECT = 2,	/* EV_ICALL */
	CALL_KNOWN = 4,		/* direct, and the knowledge says what the
				 * callee does */
};

struct list {
	uint32_t first;			/* in program.targets */
	uint32_t nr : 29, why : 3;	/* why: enum unresolved_why */
};

/* Where a function pointer can be. */
enum ref_kind {
	REF_NONE,
	REF_FN,			/* the function a itself */
	REF_VAR,		/* parameter or local b of function a */
	REF_RETURN,		/* what function a returns */
	REF_GLOBAL,		/* variable b (atom) of file a, FN_NONE: any */
	REF_MEMBER,		/* member b of struct a (atoms; a is 0 when it
				 * is stored into an unknown struct) */
	REF_NAME,		/* member b of any struct */
	REF_PASTE,		/* callee of event b of macro a */
	REF_ENTRY,		/* started in a context of its own: kind a */
	REF_ASYNC,		/* stands for all functions so started */
	NR_REF_KINDS,
};

struct ref {
	uint32_t kind, a, b;
};

/* Functions found in `from` are found in `to` as well. */
struct flow {
	struct ref from, to;
};

/* Function @to is argument @arg of the call @event of @fn. */
struct handed {
	uint32_t fn, event, to, arg;
};

/* A call through a pointer, and the pointers that it passes on. */
struct icall {
	uint32_t fn, event;
	struct ref ref;
	uint32_t first_pass, nr_pass;	/* in passes */
};

/* A function pointer passed as argument @arg of an indirect call. */
struct pass {
	struct ref from;
	uint32_t arg;
};

/* The address of a function is used; with a @kind, it is an entry, too. */
struct mark {
	uint32_t fn, kind;	/* enum entry_kind, 0: none */
};

/*
 * What the finds of a file depend on: an atom that is none of its own strings,
 * a struct whose members were asked for by position (its atom | DEP_MEMBERS),
 * a member that was asked for by name (a hash of both | DEP_MEMBER).
 */
#define DEP_MEMBERS	(UINT32_C(1) << 31)
#define DEP_MEMBER	(UINT32_C(1) << 30)

static inline uint32_t dep_member(atom_t owner, atom_t name)
{
	uint64_t h = (owner * UINT64_C(0x9e3779b97f4a7c15)) ^
		     (name * UINT64_C(0xd6e8feb86659fd93));

	return (uint32_t)(h >> 32 ^ h) >> 2 | DEP_MEMBER;
}

#define HAUL_ARRAYS(X)							\
	X(struct flow, flows)						\
	X(struct icall, icalls)						\
	X(struct pass, passes)						\
	X(struct handed, handed)					\
	X(struct mark, marks)						\
	X(uint32_t, deps)

/* What is found in some files. */
struct haul {
	struct list *lists;	/* joined with the program's at once */
	size_t nr_lists, cap_lists;
	struct target *targets;
	size_t nr_targets, cap_targets;
#define X(type, name) type *name; size_t nr_##name, cap_##name;
	HAUL_ARRAYS(X)
#undef X
};

/* Where the records of a file end in a haul; they begin where those of the
 * file before it end. */
struct ends {
#define X(type, name) uint32_t name;
	HAUL_ARRAYS(X)
#undef X
};

/* Notes what the finds of a file depend on. */
struct deps {
	struct haul *h;
	uint32_t *seen;		/* by atom: equals @now */
	uint32_t nr;		/* atoms that it has room for */
	uint32_t now;		/* counts files */
	uint32_t recent[1024];	/* what was noted of members */
};

/* A slot as it was before functions were handed to its call. */
struct was {
	uint32_t at, slot;
};

struct node {
	struct ref ref;
	uint32_t *fns;		/* sorted */
	uint32_t nr, cap;
	uint32_t edges;		/* first of its edges + 1 */
	uint32_t same_name;	/* REF_MEMBER: next node + 1 of that name */
	uint32_t slot;		/* of its functions, once asked for */
	bool async;		/* holds functions that have entries, too */
	bool kept;		/* .. and these do not leave it otherwise */
	bool queued;
};

struct edge_to {
	uint32_t node, next;	/* next: index + 1 */
};

/* Functions by the struct member that holds them: what stays of the graph of
 * places. */
struct ops {
	uint64_t *keys;		/* map_pair(type, member), sorted */
	uint32_t *head;		/* of each: first of its functions; nr + 1 */
	uint32_t *fns;
	uint32_t nr;
};

/* The graph of places that hold function pointers. */
struct flows {
	struct node *nodes;
	uint32_t nr_nodes, cap_nodes;
	struct edge_to *edges;
	uint32_t nr_edges, cap_edges;
	struct map by_key[NR_REF_KINDS];	/* (a, b) -> node + 1 */
	struct map seen;	/* edges: (from, to) */
	struct map by_name;	/* member atom -> first node + 1 */
	uint32_t *queue;
	uint32_t nr_queue, cap_queue;
};

struct program {
	struct arena arena;
	struct deps *deps;	/* NULL: nobody wants to know */
	struct atoms *atoms;
	const struct knowledge *know;
	unsigned int threads;
	uint32_t nr_atoms;	/* those that indexes know */
	bool loaded;		/* out of an image, which owns the arrays */
	struct image_bytes image;	/* data NULL: nothing lies in one */

	struct pfile *files;
	uint32_t nr_files;
	uint8_t (*ids)[FILE_ID];	/* see struct program_input */
	bool has_ids;		/* each file has one */
	size_t nr_strings;	/* of all files, and one more for each */
	size_t nr_events;
	uint32_t *dirs;		/* of each file: atom of its directory */
	uint8_t *public;	/* of each file: a header everybody sees */
	uint32_t *first_event;	/* of each file, in slots; nr_files + 1 */
	atom_t *atom_store;

	struct component *components;
	uint32_t nr_components, cap_components;

	struct fn *fns;
	uint32_t nr_fns;
	uint16_t *fn_flags;	/* of each function: enum func_flag */
	uint16_t *fn_params;	/* of each function: their number */
	atom_t *fn_returns;	/* of each function: its type, "" unknown */
	uint64_t *fn_sigs;	/* of each macro: macro_sig(); else 0 */
	struct range *fn_events; /* of each function: in slots and calls */
	uint32_t *fn_of;	/* file's first_fn + index in facts -> fn */
	struct names fn_names;
	uint32_t *name_fns;	/* functions by name */

	struct index macros, typedefs, globals, protos;
	struct names owners;
	struct mem *members;	/* by owner */
	uint32_t nr_members;
	struct names embedders;	/* structs that embed others by value .. */
	atom_t *embedded;	/* .. and the tags of those, by embedder */

	struct map apis, allocators, asyncs;	/* by atom: index + 1 */
	uint32_t *async_next;
	uint8_t *known;		/* by atom: an api that says all, or an
				 * allocator */
	uint8_t *pastes;	/* by function: a macro that makes names */
	uint8_t *taken;		/* by function: its address is used */
	uint8_t *fnptr_name;	/* by atom: a member so named is a pointer to a
				 * function */
	atom_t current, task_struct;

	struct flows flows;	/* while it is linked */
	struct ops ops;
	struct haul haul;	/* of all files, in order */
	struct ends *ends;	/* .. of each */
	struct was *was;
	size_t nr_was, cap_was;
	uint32_t nr_scan_lists;	/* lists that scanning made: the first */
	uint32_t *slots;	/* by event */
	uint8_t *calls;		/* by event: enum call_flag */
	struct list *lists;
	uint32_t nr_lists, cap_lists;
	struct target *targets, *singles;
	uint32_t nr_targets, cap_targets;

	struct caller *callers;
	uint32_t *callers_head;	/* nr_fns + 1 */
	uint32_t *scc_order, *scc_first;
	struct program_stats stats;
};

static inline const struct facts *fn_facts(const struct program *p, uint32_t fn)
{
	return p->files[p->fns[fn].file].facts;
}

static inline const struct func *fn_func(const struct program *p, uint32_t fn)
{
	return &fn_facts(p, fn)->funcs[p->fns[fn].index];
}

/* What a slot holds: none when it is no call or one without targets. */
static inline const struct target *slot_targets(const struct program *p,
						uint32_t slot, size_t *nr)
{
	const struct list *l;

	*nr = 0;
	if (slot < SLOT_FIRST)
		return NULL;
	slot -= SLOT_FIRST;
	if (slot < p->nr_fns) {
		*nr = 1;
		return &p->singles[slot];
	}
	l = &p->lists[slot - p->nr_fns];
	*nr = l->nr;
	return p->targets + l->first;
}

static inline atom_t file_atom(const struct program *p, uint32_t file, str_t s)
{
	return p->files[file].atoms[s];
}

static inline bool names_has(const struct names *n, atom_t a)
{
	return a < n->nr_atoms && (n->bits[a / 64] >> a % 64 & 1);
}

/** names_next() - the first atom from @a on that has a group; nr_atoms. */
static inline atom_t names_next(const struct names *n, atom_t a)
{
	while (a < n->nr_atoms) {
		uint64_t rest = n->bits[a / 64] >> a % 64;

		if (rest)
			return a + (atom_t)__builtin_ctzll(rest);
		a = (a / 64 + 1) * 64;
	}
	return n->nr_atoms;
}

/* Number of the group of @a, which has one. */
static inline uint32_t names_group(const struct names *n, atom_t a)
{
	uint64_t before = n->bits[a / 64] & ((1ull << a % 64) - 1);

	return n->ranks[a / 64] + (uint32_t)__builtin_popcountll(before);
}

/* haul.c */
void haul_flow(struct haul *h, struct ref from, struct ref to);
void haul_mark(struct haul *h, uint32_t fn, uint32_t kind);
/** haul_list() - a slot for direct calls of @fns. */
uint32_t haul_list(struct haul *h, const struct program *p,
		   const uint32_t *fns, size_t nr);
struct ends haul_ends(const struct haul *h);
/** haul_take() - append the records of @from between @first and @end. */
void haul_take(struct haul *to, const struct haul *from, struct ends first,
	       struct ends end);
void haul_release(struct haul *h);

/** deps_file() - what is noted from now on belongs to @pf. */
void deps_file(struct deps *d, const struct pfile *pf);
/** deps_add() - note a name, or one | DEP_MEMBERS. */
void deps_add(struct deps *d, uint32_t dep);

static inline void depends(const struct program *p, uint32_t dep)
{
	if (p->deps)
		deps_add(p->deps, dep);
}

/** names_range() - the records called @a; empty when there are none. */
static inline struct range names_range(const struct names *n, atom_t a)
{
	uint32_t group;

	if (!names_has(n, a))
		return (struct range){ 0, 0 };
	group = names_group(n, a);
	return (struct range){ n->head[group], n->head[group + 1] };
}

/**
 * names_build() - group the records whose names are @keys.
 * @order: out: their numbers, group by group, each in the order of @keys
 * Return: how many have a name (an atom but 0).
 */
uint32_t names_build(struct names *n, uint32_t nr_atoms, const atom_t *keys,
		     uint32_t nr, uint32_t *order);
void names_release(struct names *n);

/** names_ask() - names_range(), noted. */
static inline struct range names_ask(const struct program *p,
				     const struct names *n, atom_t a)
{
	depends(p, a);
	return names_range(n, a);
}

/* Records on their way into an index: names and where the records are. */
struct roll {
	atom_t *keys;
	struct item *items;
	uint32_t nr;
};

/* Records of the files before one. */
struct firsts {
	uint32_t aliases, globals, protos, members;
};

struct rolls {
	struct firsts *first;		/* by file */
	struct roll macros, typedefs;	/* both have all aliases; the name of
					 * the other kind is 0 */
	struct roll globals, protos;
	atom_t *owners;			/* of each member */
	struct mem *members;
	uint32_t nr_members;
};

/* image.c */
/** image_load() - a program as it was saved, whose files have no facts and
 * which knows nothing; NULL: @data is damaged. */
struct program *image_load(const void *data, size_t len);

/**
 * link_delta() - link @p, whose files are known, by help of @old, which was
 * made of most of them.
 * @old: from image_load() of @bytes, which must outlive @p; its atoms become
 *	those of @p
 * @changed: as program_load() has it
 *
 * Return: false when too much differs: @p is half done then.
 */
bool link_delta(struct program *p, struct program *old,
		const struct image_bytes *bytes, size_t *changed);

/* program.c */
/** program_new() - no more than its files. */
struct program *program_new(const struct program_input *files, size_t nr,
			    const struct knowledge *k,
			    const struct program_opts *opts);

/** link_inputs() - the files, sorted, and how much they have of what. */
void link_inputs(struct program *p, const struct program_input *in, size_t nr);

/** link_knowledge_names() - names of the knowledge become atoms, before
 * anything is indexed by atom. */
void link_knowledge_names(struct program *p);

/** link_sizes() - room for what has an entry for each file or event. */
void link_sizes(struct program *p);

/** link_names() - indexes of all that has a name; frees @rolls. */
void link_names(struct program *p, struct rolls *rolls);

/** link_rest() - what follows from the calls: the rest of linking. */
void link_rest(struct program *p);

/* files.c: atoms, functions and lists of all that has a name. */
void link_files(struct program *p, struct rolls *rolls);
void link_files_room(struct program *p);
/** link_file() - all of that for one file, when there is room. */
void link_file(struct program *p, struct rolls *rolls, uint32_t file);
void rolls_init(struct rolls *r, const struct program *p);
void roll_put(struct roll *r, uint32_t at, atom_t key, struct item item);
void rolls_release(struct rolls *r);

/* rest.c */
/** link_advise() - the facts of these files will be used, or are done with
 * for now. */
void link_advise(const struct program *p, size_t first, size_t end,
		 enum pages_advice advice);

/** link_done() - a chunk of files that ends with @end is done with in this
 * pass. Others of those near it need not be: their pages come back. */
void link_done(const struct program *p, size_t end);
/** link_rest_image() - these bytes are done with for now. */
void link_rest_image(const struct image_bytes *bytes);

/* component.c: program.components and the component of each file. */
void link_components(struct program *p);

/* symbols.c: names of all kinds. */
void link_symbols(struct program *p, const struct rolls *rolls);
void symbols_release(struct program *p);

/** link_knowledge() - the entries of the knowledge by name. */
void link_knowledge(struct program *p);

/**
 * file_rank() - how near @to is to @from: 0 the same file, 1 directory,
 * 2 component, 3 elsewhere and visible, 4 a private header of others.
 */
unsigned int file_rank(const struct program *p, uint32_t from, uint32_t to);

/**
 * lookup_name() - program_lookup(), with @no_macro to pass over the function
 * macros of that very name (a macro's body does not expand itself).
 * Return: number found, which may be more than @max; @out gets @max of them.
 */
size_t lookup_name(const struct program *p, uint32_t file, atom_t name,
		   bool no_macro, uint32_t *out, size_t max);

/** lookup_global() - the variable @name as @file sees it, in program.globals;
 * NULL: none. */
const struct item *lookup_global(const struct program *p, uint32_t file,
				 atom_t name);

/** lookup_async() - index + 1 of the first know_async for @name, else 0. */
uint32_t lookup_async(const struct program *p, atom_t name);

/* types.c */
void link_types(struct program *p);
/** types_group() - the members by struct; a part of link_symbols(), whose
 * other parts may run at the same time. */
void types_group(struct program *p, const struct rolls *rolls);

/** type_tag() - the struct tag behind @type, typedefs followed. */
atom_t type_tag(const struct program *p, uint32_t file, atom_t type,
		bool is_struct);

/** type_is_function() - is @type a typedef of a function or of a pointer to
 * one? */
bool type_is_function(const struct program *p, uint32_t file, atom_t type);

const struct mem *member_find(const struct program *p, uint32_t file,
			      atom_t owner, atom_t name);
/** member_at() - the member at position @index of @owner. */
const struct mem *member_at(const struct program *p, uint32_t file,
			    atom_t owner, unsigned int index);
bool member_is_function(const struct program *p, const struct mem *m);

/** var_at() - the variable @name of @fn as seen at @line. */
const struct var *var_at(const struct program *p, uint32_t fn, str_t name,
			 uint32_t line, uint32_t *index);

/* What was found out of a name in a file; 0: nothing yet. */
struct memo {
	uint32_t slot;		/* + 1: of scan_lookup() */
	uint32_t async;		/* + 1: of lookup_async() */
	uint32_t entry;		/* of the function that has it as variable */
	uint32_t var;		/* which one; VAR_SEVERAL */
	uint8_t pointer;	/* VAR_*: can it hold a function? */
	bool taken;		/* functions so called are marked */
};

#define VAR_SEVERAL	UINT32_MAX
enum { VAR_UNASKED, VAR_POINTER, VAR_DATA };

/* What is scanned, and where the finds go. */
struct scan {
	const struct program *p;
	struct haul *h;
	const struct facts *f;
	uint32_t file, fn;	/* fn: FN_NONE at file level */
	uint32_t line;		/* of the event */
	uint32_t entry;		/* counts calls of scan_enter() */
	str_t own;		/* the macro whose body it is, else 0 */
	struct memo *memo;	/* by str_t */
	size_t cap_memo;
};

#define MAX_REFS (MAX_DEFS + 8)

/* values.c: where function pointers are and go. */
/** scan_enter() - go on in function @fn of the file, or at file level. */
void scan_enter(struct scan *s, uint32_t fn);

/** scan_var() - var_at() for the function and line that are scanned. */
const struct var *scan_var(struct scan *s, str_t name, uint32_t *index);

/** scan_async() - lookup_async() of a name in the file. */
uint32_t scan_async(struct scan *s, str_t name);

/** scan_lookup() - a slot of @h for the functions called @name. */
uint32_t scan_lookup(struct scan *s, str_t name);

/** scan_targets() - the functions in a slot of scan_lookup(). */
const struct target *scan_targets(const struct scan *s, uint32_t slot,
				  size_t *nr);

/** scan_refs() - what functions the value @e may point to, or where they
 * come from. @out: MAX_REFS. Return: number. */
size_t scan_refs(struct scan *s, const struct expr *e, struct ref *out);

/** scan_place() - the place that the lvalue or callee @e names. */
struct ref scan_place(struct scan *s, const struct expr *e);
void scan_inits(struct scan *s);

/* paste.c: macros that make the name of their callee. */
/** makes_callee() - does the macro @func call a name that it makes? */
bool makes_callee(const struct facts *f, const struct func *func);
bool is_paste(const char *name);
/** macro_sig() - sig.c: equal when what a call of @func means is equal. */
uint64_t macro_sig(const struct pfile *pf, const struct func *func);
/** scan_pastes() - what the macro @fn calls when @use calls it. */
void scan_pastes(struct scan *s, uint32_t fn, const struct event *use);

/* calls.c: the calls of all functions. Fills slots; what has to do with
 * pointers is left in program.haul. */
void link_calls(struct program *p);

/* What is found in the files of a list, in one haul per CHUNK_FILES. */
struct finds {
	struct haul *hauls;
	size_t nr_hauls;
	const uint32_t *files;
	size_t nr;
	struct ends *ends;	/* of each, in its chunk's haul */
	uint32_t **seen, *now;	/* of each thread's struct deps */
};

/** finds_scan() - look at the @nr files; their slots are filled. */
void finds_scan(struct program *p, struct finds *f, const uint32_t *files,
		size_t nr);
/** finds_take() - append what was found in file number @i of the list to
 * program.haul. */
void finds_take(struct program *p, const struct finds *f, size_t i);
void finds_release(struct finds *f);

/** targets_sort() - sort by function, drop doubles. Return: number left. */
size_t targets_sort(struct target *t, size_t nr);

/* flow.c: the graph of function pointers, solved; slots of indirect calls. */
void link_flows(struct program *p);

/* entries.c: file-level macros of the file that is scanned. */
void scan_topmacros(struct scan *s);

/* handed.c: functions in arguments become targets of the call. */
void link_handed(struct program *p);

/** list_add() - a slot for these sorted targets. */
uint32_t list_add(struct program *p, const struct target *t, size_t nr,
		  enum unresolved_why why);
uint32_t flow_find(const struct flows *g, struct ref ref);
void flows_release(struct flows *g);

/* ops.c: what is asked of the graph later; the graph itself is dropped. */
void link_ops(struct program *p);
void ops_release(struct ops *o);

/* entries.c: entries of functions. */
void link_entries(struct program *p);
/** async_member() - entry kind of the functions kept in @owner.@name, 0. */
unsigned int async_member(const struct program *p, atom_t owner, atom_t name);

/* scc.c: callers, and strongly connected components. */
void link_callers(struct program *p);
void link_sccs(struct program *p);

#endif
