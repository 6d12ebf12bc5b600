/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The program: the facts of all files tied together. Symbols, types, the call
 * graph with resolved function pointers, strongly connected components.
 *
 * Read-only once program_link() has returned; all of it may then be used from
 * any thread. Order of files, functions and targets is that of (path, line),
 * whatever order facts came in.
 */
#ifndef LINK_PROGRAM_H
#define LINK_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/atom.h"
#include "link/knowledge.h"
#include "read/facts.h"

#define FN_NONE UINT32_MAX
#define FILE_ID 20

struct pfile {
	const char *path;
	const struct facts *facts;	/* borrowed */
	atom_t *atoms;			/* of each str_t of facts */
	uint32_t first_fn, nr_fns;	/* in program.fns */
	uint32_t component;		/* in program.components */
	bool header;
};

struct fn {
	uint32_t file;			/* in program.files */
	uint32_t index;			/* in facts.funcs */
	atom_t name;
	uint32_t scc;			/* bottom-up number */
	uint16_t entries;	/* set of 1 << enum entry_kind */
	bool addr_taken;		/* somebody has a pointer to it */
	bool called;			/* a call or pointer leads to it */
	bool escapes;			/* handed to a function that the tree
					 * does not have: it may run at any
					 * time, called or not */
};

enum target_how {
	TARGET_DIRECT,
	TARGET_POINTER,		/* through a typed ops member or variable */
	TARGET_BY_NAME,		/* pointer: member name only, type unknown */
	TARGET_ARGUMENT,	/* function passed as argument: callee may
				 * call it; not when all that it does is to
				 * store it away */
};

struct target {
	uint32_t fn;
	uint8_t how;
};

enum unresolved_why {
	RESOLVED,
	UNRESOLVED_EXTERN,	/* no definition in the tree */
	UNRESOLVED_POINTER,	/* indirect call, no target known */
	UNRESOLVED_MANY,	/* more targets than the bound; none is kept */
};

/* A call site of a function, seen from the callee. */
struct caller {
	uint32_t fn;
	uint32_t event : 29;	/* in facts.events of fn's file */
	uint32_t how : 3;	/* enum target_how */
};

struct component {
	const char *path;
	uint8_t kind;		/* enum component_kind */
	uint8_t machine;	/* enum component_machine */
};

/* One kernel is built for one machine: code of one never calls another's, and
 * what all machines define is meant as the usual one has it. */
enum component_machine {
	MACHINE_ANY,		/* part of every kernel */
	MACHINE_USUAL,
	MACHINE_OTHER,
};

struct program;

struct program_opts {
	unsigned int threads;
};

/**
 * program_link() - tie the files together.
 * @files: path and facts of each, in any order; borrowed, must outlive the
 *	program. program_free() does not free them.
 */
struct program_input {
	const char *path;
	const struct facts *facts;
	const uint8_t *id;	/* FILE_ID bytes: files of equal ids have equal
				 * facts; NULL: not known */
};
struct program *program_link(const struct program_input *files, size_t nr,
			     const struct knowledge *k,
			     const struct program_opts *opts);
void program_free(struct program *p);

/**
 * program_rest() - the facts of all files are done with for now: for between
 * two passes over the tree. What lies in the cache's files, and be it the
 * program itself, needs no memory then and comes back when it is used.
 * Context: any thread; costs 20 ms.
 */
void program_rest(const struct program *p);

/* Everything below is borrowed from the program. */
struct atoms *program_atoms(const struct program *p);
uint32_t program_nr_fns(const struct program *p);
const struct fn *program_fn(const struct program *p, uint32_t fn);
const struct func *program_func(const struct program *p, uint32_t fn);
/** program_fn_at() - the function whose facts are funcs[@index] of @file. */
uint32_t program_fn_at(const struct program *p, uint32_t file, uint32_t index);
uint32_t program_nr_files(const struct program *p);
const struct pfile *program_file(const struct program *p, uint32_t file);
const struct pfile *program_fn_file(const struct program *p, uint32_t fn);
uint32_t program_nr_components(const struct program *p);
const struct component *program_component(const struct program *p, uint32_t c);

/**
 * program_targets() - what the call @event of @fn may run; sorted by fn.
 *
 * Functions that a call starts in a context of their own (know_async, work
 * items, timers) are none of its targets: they have entries. A call that can
 * only run such functions has no target and is RESOLVED.
 */
const struct target *program_targets(const struct program *p, uint32_t fn,
				     uint32_t event, size_t *nr);
enum unresolved_why program_unresolved(const struct program *p, uint32_t fn,
				       uint32_t event);
const struct caller *program_callers(const struct program *p, uint32_t fn,
				     size_t *nr);

/**
 * program_lookup() - the functions that @name means in @file: static ones of
 * the file first, then global ones nearest by component, aliases (object
 * macros) followed. Return: number written to @out (at most @max).
 */
size_t program_lookup(const struct program *p, uint32_t file, atom_t name,
		      uint32_t *out, size_t max);

/** program_has_stub() - does a header define a static function of @fn's name in
 * the place of @fn (#ifdef .. #else)? Calls in that header are taken to be of
 * the stub, and miss among the callers of @fn. */
bool program_has_stub(const struct program *p, uint32_t fn);

/** program_api() - knowledge of the function @name, aliases followed. */
const struct know_api *program_api(const struct program *p, atom_t name);

/** program_call_api() - that of the function that @ev of @file calls, if this
 * call does what it says (know_api.flag); NULL. */
const struct know_api *program_call_api(const struct program *p,
					const struct pfile *file,
					const struct event *ev);

/** program_call_tries() - is the call @ev to @api one that hardly ever waits
 * (know_api.tries)? */
bool program_call_tries(const struct pfile *file, const struct event *ev,
			const struct know_api *api);
const struct know_allocator *program_allocator(const struct program *p,
					       atom_t name);

/** program_is_size() - is @e of @fn a member that is never negative (see
 * know_size)? */
bool program_is_size(const struct program *p, uint32_t fn,
		     const struct expr *e);

/**
 * program_expr_type() - tag of the struct that @e evaluates to (or points
 * to) after its first @nr_parts members; 0: unknown.
 * With nr_parts == e->nr_parts - 1 this is the owner of the last member.
 */
atom_t program_expr_type(const struct program *p, uint32_t fn,
			 const struct expr *e, unsigned int nr_parts);

/** program_var() - parameter or local @name of @fn, else NULL. @param: out,
 * its number or -1; may be NULL. */
const struct var *program_var(const struct program *p, uint32_t fn,
			      str_t name, int *param);
bool program_is_global(const struct program *p, uint32_t file, atom_t name);

/** program_embeds() - does struct @outer embed (by value) struct @inner,
 * directly or through others? True when equal. */
bool program_embeds(const struct program *p, atom_t outer, atom_t inner);

/** program_member_count() - number of members of struct @type, those of
 * unnamed inner structs included; 0: unknown. */
uint32_t program_member_count(const struct program *p, atom_t type);

/** program_member_type() - the tag of member @name of struct @owner, 0. */
atom_t program_member_type(const struct program *p, atom_t owner, atom_t name);

/** program_member_points() - is member @name of struct @owner a pointer? */
bool program_member_points(const struct program *p, atom_t owner, atom_t name);

/** program_holder() - the struct that has the member @member, by value, of the
 * type that has no name but this tag, @type; 0: there is none, or another. */
atom_t program_holder(const struct program *p, atom_t type, atom_t *member);

/** program_outer() - the one struct that has a member of struct @inner, by
 * value; 0: there is none, or there are more. Looks at all structs. */
atom_t program_outer(const struct program *p, atom_t inner);

/** program_ops() - functions stored in member @member of struct @type, sorted
 * by fn. */
const uint32_t *program_ops(const struct program *p, atom_t type,
			    atom_t member, size_t *nr);

/**
 * program_scc_order() - all functions bottom-up: callees before callers, the
 * members of one component adjacent, ordered by number. program_scc() gives
 * the first index and the size of a component.
 *
 * TARGET_ARGUMENT edges and calls that the knowledge describes (program_api(),
 * program_allocator()) do not count here: they may lead to a later component.
 */
const uint32_t *program_scc_order(const struct program *p, size_t *nr);
uint32_t program_nr_sccs(const struct program *p);
uint32_t program_scc(const struct program *p, uint32_t scc, uint32_t *size);

/** program_mask_alias() - the mask that the object macro @name stands for
 * (0: none): enum mask_bits. */
uint16_t program_mask_alias(const struct program *p, atom_t name);

/**
 * program_flags() - the flags that the constant @name is made of, object
 * macros followed; @name itself when nothing is known of it.
 * @out: room for @max
 * Return: their number; 0: too many, or definitions that differ.
 */
size_t program_flags(const struct program *p, atom_t name, atom_t *out,
		     size_t max);

/* Counters for coverage. */
struct program_stats {
	uint64_t functions, calls, calls_indirect, calls_unresolved;
	uint32_t nr_sccs, largest_scc;
};
void program_stats(const struct program *p, struct program_stats *s);

/** program_dump() - the call graph as text: per function what it is, its calls
 * and their targets (`*` through a pointer, `?` by member name, `&` argument).
 */
void program_dump(const struct program *p, struct strbuf *out);

#endif
