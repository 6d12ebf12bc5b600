/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is known of the kernel's interfaces: the JSON files of cocci/kernel and
 * of the user's --rules directories, as tables.
 *
 * The tables say general facts (what mutex_lock() does, which callbacks
 * reclaim calls); no entry says what the verdict of a site is. Names are plain
 * strings here; link/ and judge/ look them up by name once and work with
 * atoms afterwards.
 */
#ifndef LINK_KNOWLEDGE_H
#define LINK_KNOWLEDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "read/facts.h"

/* What a call of a function does to a resource. */
enum api_op {
	API_NONE,
	API_LOCK,	/* takes it, waits as long as it must */
	API_LOCK_TRY,	/* takes it or not: see `success` */
	API_LOCK_WAIT,	/* waits, may fail (interruptible): see `success` */
	API_UNLOCK,
	API_SCOPE_SAVE,
	API_SCOPE_RESTORE,
	API_WAIT,	/* waits until nobody holds it; whoever held it has
				 * handed it over (buffer under IO) */
	API_DOWNGRADE,	/* from write to read, stays held */
};

enum lock_mode { MODE_WRITE, MODE_READ };

/* A function that acts on a lock, a scope or a pseudo-lock. */
struct know_api {
	const char *name;
	uint8_t op;		/* enum api_op */
	uint8_t mode;		/* enum lock_mode */
	uint8_t success;	/* enum value_class set: result when taken */
	uint8_t restriction;	/* scopes: RESTRICT_* ; NOIO implies NOFS */
	bool noreclaim;		/* scopes: memalloc_noreclaim_save */
	bool adds;		/* besides what its code does, which is to be
				 * looked at as if it were not listed */
	int8_t lock_arg;	/* argument that is the lock (or the cookie of
				 * a restore), -1: none */
	int8_t flags_arg;	/* scopes: argument that says which (PF_* words),
				 * -1: `restriction` says it; else see flag */
	const char *flag;	/* words joined by |: one of them stands in
				 * flags_arg, or the call does not do it */
	const char *tries;	/* likewise: with one the call hardly ever
				 * waits */
	const char *resource;	/* pseudo-lock's name when lock_arg is -1 */
	bool out_last;		/* the last argument says where the object goes:
				 * with NULL there the call keeps nothing */
	int8_t token_arg;	/* argument that is a token (know_token), which
				 * holds what is taken, or NULL; -1 */
	bool own;		/* lets go of much else: it is this where the
				 * calling function took it */
	const char *release;	/* know_api that undoes it; NULL: does not take
				 * or open anything */
	const char *source;
};

/* What guard(name) calls; ends with the api's own counterpart. */
struct know_guard {
	const char *name;	/* "mutex", "rwsem_read_try" */
	const char *acquire;	/* a know_api: "mutex_lock" */
	const char *release;
	const char *source;
};

/* A pseudo-lock: a resource that no lock variable stands for. */
struct know_resource {
	const char *name;	/* "folio lock", "frozen queue" */
	const char *phrase;	/* "a folio lock"; NULL: the name */
	bool fs, io;		/* reclaim of FS / IO can wait for it */
	bool instance;		/* reclaim uses trylock or other instances */
	bool doubtful;		/* its apis may take nothing, as arguments or
				 * flags of the object tell them */
	bool coarse;		/* one name for locks of many objects, or for
				 * what all may hold together: that it is held
				 * proves little by itself */
	bool counted;		/* taking it waits for nobody who holds it;
				 * only calls that wait do */
	bool transaction;	/* begun and open, not taken and held */
	const char *why;
	const char *source;
};

/* A function that allocates. */
struct know_allocator {
	const char *name;
	int8_t gfp_arg;		/* -1: no gfp argument */
	uint16_t implicit;	/* enum mask_bits when gfp_arg is -1 or the
				 * call has no such argument */
	bool vmalloc;		/* of the vmalloc family */
	bool fresh;		/* an object with locks of its own, which
				 * nobody else has yet */
	bool doubtful;		/* may allocate nothing, as objects that are
				 * not seen decide */
	const char *op_type, *op_member;	/* not NULL: it is this op of
				 * the caller's component that allocates;
				 * implicit is for those that have none */
	const char *source;
};

/* A callback or function that reclaim runs. */
struct know_reclaim {
	const char *type, *member;	/* ops member; NULL for a function */
	const char *function;
	bool fs, io;		/* reached by allocations with FS / IO */
	bool any;		/* .. and by those with neither: the mask does
				 * not keep reclaim out of it */
	bool kswapd_only;	/* never by the allocating task itself */
	bool seldom;		/* only for objects in a state that reclaim
				 * hardly ever meets */
	bool super;		/* by the super block's shrinker, which leaves
				 * those alone that are not active or whose
				 * s_umount is held for writing */
	bool per_object;	/* gets the dying object as its parameter
				 * `object_arg` */
	int8_t object_arg;
	const char *only_with;	/* in components that call this function only;
				 * NULL: in all */
	const char *chain;	/* how reclaim gets there, for evidence:
				 * "shrink_slab -> super_cache_scan -> .." */
	const char *source;
};

enum entry_kind {
	ENTRY_WORK = 1, ENTRY_THREAD, ENTRY_TIMER, ENTRY_RCU, ENTRY_IRQ,
	ENTRY_INIT, ENTRY_SYSCALL, ENTRY_OTHER,
};

/* A function or macro that makes its argument run in a context of its own. */
struct know_async {
	const char *name;	/* INIT_WORK, kthread_run, call_rcu */
	int8_t func_arg;	/* -1: any argument that is a function */
	int8_t item_arg;	/* the work item that will run it; -1: none */
	uint8_t kind;		/* enum entry_kind */
	const char *source;
};

/* What puts a work item into a queue, or waits for one or for a whole queue. */
struct know_work {
	const char *name;	/* queue_work, flush_work, flush_workqueue */
	bool waits;		/* until what was queued has run */
	int8_t item_arg;	/* the work item, -1: all of the queue */
	int8_t queue_arg;	/* the workqueue, -1: not said */
	const char *source;
};

/* A member whose functions the core runs later, in a context of their own. */
struct know_callback {
	const char *type, *member;	/* "work_struct", "func" */
	uint8_t kind;			/* enum entry_kind */
	const char *source;
};

enum boundary_kind {
	BOUND_STOP = 1,		/* context does not go into it */
	BOUND_FRONT_DOOR = 2,	/* acts on another object's file system */
	BOUND_RECLAIM = 4,	/* reclaim closure does not go into it */
};

/*
 * Where walks end: function name (may end in '*') or file prefix. With a
 * caller: only on the way from that function, and not for components that
 * call the function `unless_calls`.
 */
struct know_boundary {
	const char *function;	/* NULL: a file rule */
	const char *path;	/* file or directory prefix, NULL: anywhere */
	const char *caller;	/* NULL: whoever calls */
	const char *unless_calls;	/* NULL: for all components */
	uint8_t kind;		/* set of enum boundary_kind */
	const char *source;
};

enum component_kind {
	COMP_LEAF = 1,		/* one file system or driver: a colour */
	COMP_LIBRARY,		/* shared code below leaves (fs/jbd2) */
	COMP_GENERIC,		/* VFS, mm, block, .. */
	COMP_STACKING,		/* leaf that calls others through front doors */
	COMP_FOREIGN,		/* another program: only itself sees it */
};

/* How the tree is cut into components; longest prefix wins. */
struct know_component {
	const char *path;	/* "fs", "fs/jbd2", "fs/quota" */
	uint8_t kind;		/* of each directory directly below when
				 * `each` is set, else of the path itself */
	bool each;		/* "fs" itself, too, may have an entry */
	bool machine;		/* it is built for one machine, to which alone
				 * it belongs */
	bool usual;		/* .. the one that the tree is read for */
	const char *source;
};

/* A type whose objects reclaim handles only when nobody holds them. */
struct know_instance {
	const char *type;	/* "inode": and every struct embedding it */
	bool leads;		/* other objects that its members point to
				 * are in use, though it is not itself */
	const char *tried;	/* its lock without which its shrinker leaves
				 * all alone; NULL */
	const char *why;
	const char *source;
};

/* A number that is never negative though its type could be. */
struct know_size {
	const char *type, *member;
	const char *source;
};

/* A function whose result tells that the last reference is gone, or that runs
 * its argument then. */
struct know_last {
	const char *function;
	const char *why;
	const char *source;
};

/* A function that gives a resource or token through an object. */
struct know_token {
	const char *type;	/* struct: a non-NULL pointer to it proves */
	uint8_t restriction;	/* .. a scope that is open (RESTRICT_*) */
	const char *resource;	/* .. or a pseudo-lock that is held */
	const char *why;
	const char *source;
};

/* A per-subsystem rule. */
struct know_subsystem {
	const char *path;	/* prefix */
	bool nolockdep;		/* wants __GFP_NOLOCKDEP for instance locks */
	bool save_after_lock;	/* opens scopes after the acquire */
	const char *why;
	const char *source;
};

/* A fact that depends on the version of the tree. */
struct know_version {
	const char *name;	/* "vmalloc-honours-mask" */
	const char *since, *until;	/* "5.17"; NULL: open; until excl. */
	const char *why;
	const char *source;
};

/* Effects of a function stated by hand, because its code hides them. */
struct know_effect {
	const char *function;
	uint8_t opens, closes;	/* RESTRICT_* */
	bool keeps;		/* has no net effect at all */
	uint8_t success;	/* enum value_class set: opens when in it */
	const char *why;
	const char *source;
};

/* Objects that store a mask which acts at their uses. */
struct know_store {
	const char *function;	/* mapping_set_gfp_mask; NULL: a field */
	const char *type, *member;
	int8_t gfp_arg;
	bool local;		/* acts in the code of who stores it, and in
				 * shared code on the way there, only */
	const char *what;	/* "page cache mapping" */
	const char *source;
};

/* What is so whenever a callback or function runs, whoever calls it. */
struct know_context {
	const char *type, *member;	/* ops member; NULL for a function */
	const char *function;
	const char *resource;	/* pseudo-lock that counts as held, NULL */
	bool worker;		/* reclaim waits for its progress .. */
	bool fs, io;		/* .. when it may enter a FS / start IO */
	uint8_t restriction;	/* RESTRICT_*: scope open on every call */
	bool guarded;		/* worker: its callers keep reclaim out of it
				 * where that matters, so that a full mask in
				 * it is no finding */
	bool apart;		/* the super block's shrinker cannot run on it
				 * meanwhile */
	const char *why;
	const char *source;
};

#define KNOWLEDGE_TABLES(X)						\
	X(struct mask_word, masks)					\
	X(struct know_api, apis)					\
	X(struct know_guard, guards)					\
	X(struct know_resource, resources)				\
	X(struct know_allocator, allocators)				\
	X(struct know_reclaim, reclaim)					\
	X(struct know_async, asyncs)					\
	X(struct know_work, works)					\
	X(struct know_callback, callbacks)				\
	X(struct know_boundary, boundaries)				\
	X(struct know_component, components)				\
	X(struct know_instance, instances)				\
	X(struct know_last, lasts)					\
	X(struct know_size, sizes)					\
	X(struct know_token, tokens)					\
	X(struct know_subsystem, subsystems)				\
	X(struct know_version, versions)				\
	X(struct know_effect, effects)					\
	X(struct know_store, stores)					\
	X(struct know_context, contexts)

struct knowledge {
	struct arena arena;
#define X(type, name) type *name; size_t nr_##name;
	KNOWLEDGE_TABLES(X)
#undef X
	char digest[65];	/* SHA-256 over the files read, in order */
};

/**
 * knowledge_load() - read every *.json of @dirs (sorted by name, later ones
 * add to or replace earlier entries of the same key).
 *
 * An entry with an unknown key, a wrong type or no "source" is an error that
 * names file and entry. Return: 0, ERR_NOT_FOUND, ERR_FORMAT.
 */
int knowledge_load(struct knowledge *k, const char *const *dirs,
		   size_t nr_dirs, struct err *err);
void knowledge_release(struct knowledge *k);

/**
 * knowledge_fact() - does the version fact @name hold for @kernel ("6.1.192")?
 *
 * Unknown fact: BUG. Unknown version (""): false.
 */
bool knowledge_fact(const struct knowledge *k, const char *name,
		    const char *kernel);

/** knowledge_subsystem() - the entry with the longest prefix of @path, NULL. */
const struct know_subsystem *knowledge_subsystem(const struct knowledge *k,
						 const char *path);

/** knowledge_version_cmp() - -1, 0 or 1; "6.1" equals "6.1.0" and "6.1-rc3". */
int knowledge_version_cmp(const char *a, const char *b);
/** knowledge_version_ok() - is @s a version as facts give them ("5.17")? */
bool knowledge_version_ok(const char *s);

struct strbuf;

/**
 * knowledge_lint() - what is wrong with entries that are well-formed: a lock
 * that nothing lets go, fields that contradict each other, a reference to an
 * entry that is not there.
 * @out: one line "table: key: what" for each, appended
 *
 * Return: number of lines.
 */
size_t knowledge_lint(const struct knowledge *k, struct strbuf *out);

#endif
