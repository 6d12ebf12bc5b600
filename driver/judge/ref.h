/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * References: names for what can be held. A lock class, a pseudo-lock, a
 * scope; seen from inside a function also "the lock that parameter 2 points
 * to". Equal things have equal numbers.
 *
 * A lock class is (struct type, member): all objects of a type share it, as
 * in lockdep. A lock inside a thin wrapper struct (a struct of few members
 * around one lock) is named by where the wrapper stands, unless only a pointer
 * to it stands there: others point to the same one.
 */
#ifndef JUDGE_REF_H
#define JUDGE_REF_H

#include "base/map.h"
#include "link/program.h"

typedef uint32_t ref_t;		/* 0: none, not known */

enum ref_kind {
	REF_NONE,
	REF_CLASS,	/* a: struct tag or function, b: member */
	REF_GLOBAL,	/* a: variable, b: file + 1 when static */
	REF_LOCAL,	/* a: variable of the function; never leaves it */
	REF_PARAM,	/* arg: parameter that points to the lock; with b: to
			 * the object whose member b is the lock (a: its struct
			 * tag, 0 unknown) */
	REF_RESOURCE,	/* a: index in knowledge.resources */
	REF_SCOPE,	/* restriction; see cookie */
};

enum cookie {		/* where the value of a save is kept */
	COOKIE_ANY,	/* unknown or nowhere: flags set by hand */
	COOKIE_LOCAL,	/* a: local variable */
	COOKIE_PARAM,	/* arg: parameter */
	COOKIE_FIELD,	/* a: struct tag, b: member */
};

/* The restriction of a scope that keeps out of reclaim altogether
 * (memalloc_noreclaim_save(), PF_MEMALLOC): stronger than all others. */
enum { SCOPE_NORECLAIM = RESTRICT_NOIO + 1 };

struct ref {
	uint8_t kind;		/* enum ref_kind */
	uint8_t restriction;	/* REF_SCOPE: RESTRICT_* or the above */
	uint8_t cookie;		/* REF_SCOPE: enum cookie */
	uint8_t arg;
	bool instance;		/* see ref_is_instance(); follows from the rest */
	uint32_t a, b;
};

struct refs {
	const struct program *p;
	const struct knowledge *k;
	struct ref *v;		/* v[0] is unused */
	uint32_t nr, cap;
	struct map index;	/* hash of a ref -> first, chained by next */
	uint32_t *next;
	struct map statics;	/* (file, atom) of static globals */
	atom_t dep_map, current;
};

void refs_init(struct refs *t, const struct program *p,
	       const struct knowledge *k);
void refs_release(struct refs *t);

ref_t ref_intern(struct refs *t, const struct ref *r);
const struct ref *ref_get(const struct refs *t, ref_t r);
bool ref_is_scope(const struct refs *t, ref_t r);

/** ref_resource() - the ref of the pseudo-lock @name of the knowledge; 0. */
ref_t ref_resource(struct refs *t, const char *name);

/** ref_api_restriction() - of the scope that @api opens or closes. */
static inline unsigned int ref_api_restriction(const struct know_api *api)
{
	return api->noreclaim ? SCOPE_NORECLAIM : api->restriction;
}

/** ref_scope_any() - the scope whose cookie is not known. */
ref_t ref_scope_any(struct refs *t, unsigned int restriction);

/** ref_of_global() - the variable @name as @file means it. */
ref_t ref_of_global(struct refs *t, uint32_t file, atom_t name);

/** ref_of_lock() - what the lock argument @e means in @fn. */
ref_t ref_of_lock(struct refs *t, uint32_t fn, const struct expr *e);

/** ref_of_cookie() - the scope that the cookie @e stands for (NULL: none). */
ref_t ref_of_cookie(struct refs *t, uint32_t fn, const struct expr *e,
		    unsigned int restriction);

/**
 * ref_at_call() - the callee's @r seen by the caller @fn at call @ev: bind
 * parameters to arguments. 0: cannot be named.
 */
ref_t ref_at_call(struct refs *t, uint32_t fn, const struct event *ev,
		  ref_t r);

/** ref_exported() - @r as callers of the function see it; 0: it stays. */
ref_t ref_exported(struct refs *t, ref_t r);

/** ref_unbound() - the class of a REF_PARAM when nothing is known of the
 * argument; 0: none. Other refs: themselves. */
ref_t ref_unbound(struct refs *t, ref_t r);

/** ref_is_shared() - has @r a meaning outside of its function? */
bool ref_is_shared(const struct refs *t, ref_t r);

/** ref_is_doubtful() - is @r a pseudo-lock that a call may not take after all
 * (knowledge: doubtful)? */
bool ref_is_doubtful(const struct refs *t, ref_t r);

/** ref_is_for_io() - is @r a pseudo-lock for which block I/O waits, whoever
 * starts it (knowledge: io)? Not one of which reclaim that enters a file system
 * says more (fs). */
bool ref_is_for_io(const struct refs *t, ref_t r);

/** ref_is_instance() - is @r a lock of an object that reclaim handles only
 * when nobody holds it (knowledge: instances)? */
bool ref_is_instance(const struct refs *t, ref_t r);

/** ref_is_part() - is @r the lock of a struct that is only ever a part of an
 * object that dies in reclaim (knowledge: instances that are not tried)? */
bool ref_is_part(const struct refs *t, ref_t r);

/** ref_is_tried() - is @r the lock without which the shrinker of its object
 * goes away (knowledge: instances, tried)? */
bool ref_is_tried(const struct refs *t, ref_t r);

/** ref_name() - "dqio_sem of struct quota_info" appended to @out. */
void ref_name(const struct refs *t, ref_t r, struct strbuf *out);

#endif
