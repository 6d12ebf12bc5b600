/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The facts of one file: all that link and judge know of it. No source is
 * looked at again after read/ has made them.
 *
 * Facts are flat arrays of fixed-size records that refer to each other by
 * index, so that they can be written to the cache as they are and used from
 * there without decoding. Strings are indexes into the file's own string
 * table (type str_t); string 0 is "". Facts know the file's content only, not
 * its path: two paths with the same blob share them.
 *
 * "Index + 1, 0: none" is written as type opt_t.
 */
#ifndef READ_FACTS_H
#define READ_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

typedef uint32_t str_t;		/* index into facts.strings */
typedef uint32_t opt_t;		/* index + 1 into the named array, 0: none */

/*
 * Classes of a value, as a set: zero (0, NULL, false), positive (a positive
 * number, a valid pointer, true), error (negative, ERR_PTR).
 */
enum value_class {
	CLASS_ZERO = 1,
	CLASS_POS = 2,
	CLASS_ERR = 4,
	CLASS_ANY = 7,
};

/*
 * What an expression says about a gfp mask (or task flags, see FLAG_PF_*),
 * computed from the mask words of the knowledge (struct mask_word).
 */
enum mask_bits {
	MASK_PRESENT = 1 << 0,	/* holds at least one mask word */
	MASK_FS = 1 << 1,	/* a word that sets __GFP_FS is or-ed in */
	MASK_IO = 1 << 2,	/* likewise __GFP_IO */
	MASK_RECLAIM = 1 << 3,	/* likewise __GFP_DIRECT_RECLAIM */
	MASK_CLR_FS = 1 << 4,	/* & ~__GFP_FS */
	MASK_CLR_IO = 1 << 5,	/* & ~__GFP_IO */
	MASK_CLR_RECLAIM = 1 << 6,
	MASK_NOLOCKDEP = 1 << 7,
	MASK_VARIABLE = 1 << 8,	/* part of it is not a mask word (`gfp | X`) */
	MASK_CHOICE = 1 << 9,	/* c ? A : B; the bits are those of both */
	MASK_PF_NOFS = 1 << 10,	/* PF_MEMALLOC_NOFS and kin in task flags */
	MASK_PF_NOIO = 1 << 11,
	MASK_PF_NORECLAIM = 1 << 12,
};

/* A word that has a meaning in masks; made from knowledge, not built in. */
struct mask_word {
	const char *name;	/* "GFP_NOFS" */
	uint16_t sets;		/* MASK_FS | MASK_IO | .. | MASK_PF_* */
	uint8_t restricts;	/* RESTRICT_* when the word alone is a site */
	uint8_t is_bit;		/* one flag (__GFP_FS), not a whole mask */
};

enum restriction {
	RESTRICT_NONE = 0,
	RESTRICT_NOFS = 1,
	RESTRICT_NOIO = 2,
};

enum expr_kind {
	EXPR_OTHER,	/* not represented: arithmetic, ternaries, .. */
	EXPR_NAME,	/* identifier `base` and the members after it */
	EXPR_CALL,	/* result of the call that is event `base`, + members */
	EXPR_CAST,	/* value of known type: (T *)x, container_of(x, T, m):
			 * `base` is T's tag or typedef, `sub` is x, + members */
	EXPR_NUM,	/* integer constant, value in `base` (low 32 bits) */
	EXPR_STRING,
	EXPR_FLAGS,	/* A | B | ..: `parts` are the identifiers; `sub` is a
			 * non-identifier operand if there is one */
};

enum expr_op {		/* prefix operators and shape, as bits */
	EXPR_ADDR = 1,		/* &x */
	EXPR_DEREF = 2,		/* *x */
	EXPR_NOT = 4,		/* !x */
	EXPR_NEG = 8,		/* -x or ~x */
	EXPR_INDEXED = 16,	/* an [..] stands somewhere in the chain */
};

struct expr {
	uint32_t kind : 4;	/* enum expr_kind */
	uint32_t classes : 4;	/* enum value_class: what it can evaluate to */
	uint32_t ops : 8;	/* enum expr_op */
	uint32_t mask : 16;	/* enum mask_bits */
	uint32_t nr_parts : 8;	/* members (or flag names) */
	uint32_t parts : 24;	/* first of nr_parts in facts.words (str_t) */
	uint32_t base;
	opt_t sub;		/* facts.exprs */
};

enum event_kind {
	EV_CALL,	/* direct call of `name` (may be a macro) */
	EV_ICALL,	/* call through `target`; `name`: its last member or
			 * the variable */
	EV_ASSIGN,	/* target = value; see assign_op */
	EV_RETURN,	/* `value`: none for `return;` and the implicit end */
	EV_GUARD,	/* guard(name)(args): held to the end of its block */
	EV_UNGUARD,	/* the end of that block; same name and args */
	EV_MASK,	/* a mask that no other event takes (a site's place) */
	EV_USE,		/* `target`: a parameter and a member that it is
			 * dereferenced for, where no other event shows so;
			 * once a function at most */
};

enum assign_op { ASSIGN_SET, ASSIGN_OR, ASSIGN_AND, ASSIGN_OTHER };

enum event_flag {
	EVENT_IMPLICIT = 1,	/* RETURN at the closing brace */
	EVENT_INIT = 2,		/* ASSIGN from a declaration's initialiser */
	EVENT_FREE = 4,		/* ASSIGN to a variable with __free(name) */
	EVENT_TENTATIVE = 8,	/* inside ?: , && or || of an expression that
				 * is not a condition: may or may not run */
};

struct event {
	uint32_t kind : 4;	/* enum event_kind */
	uint32_t op : 4;	/* enum assign_op */
	uint32_t nr_args : 8;
	uint32_t column : 16;	/* 1-based; 0xffff: further right */
	uint32_t line : 26;	/* 1-based, of the callee's name or `return` */
	uint32_t flags : 6;	/* enum event_flag */
	str_t name;
	opt_t target;		/* facts.exprs */
	opt_t value;		/* facts.exprs; CALL, ICALL: the lvalue that
				 * takes the result */
	uint32_t args;		/* first of nr_args in facts.exprs */
};

/* Blocks are numbered from 0 (entry) within their function. */
struct block {
	uint32_t first_event;	/* in facts.events */
	uint32_t nr_events;
};

enum cond_kind {
	COND_CLASS,	/* true: subject's value is one of `classes` */
	COND_BITS,	/* true: subject & operand is not 0 */
	COND_EQUAL,	/* true: subject == operand (a constant's name or NUM) */
	COND_MORE,	/* true: subject, a variable, > operand, a member */
};

struct cond {
	uint8_t kind, classes;
	uint16_t pad;
	uint32_t subject;	/* facts.exprs */
	opt_t operand;		/* facts.exprs */
};

struct edge {
	uint32_t from, to;	/* blocks of the function */
	uint32_t taken : 1;	/* 1: when cond is true; 0: when it is false */
	uint32_t cond : 31;	/* opt_t in facts.conds */
};

enum var_flag {
	VAR_PARAM = 1, VAR_STATIC = 2, VAR_FNPTR = 4, VAR_ARRAY = 8,
	VAR_STRUCT = 16,	/* type was written `struct T`, `union T` */
	VAR_EXTERN = 32,
	VAR_COOKIE = 64,	/* takes the result of a call that has no
				 * arguments, such as the flags of a save */
};

struct var {
	str_t name;		/* "" for an unnamed parameter */
	str_t type;		/* tag, typedef or basic type; "" unknown */
	uint8_t pointers;	/* number of stars */
	uint8_t flags;		/* enum var_flag */
	uint16_t pad;
	uint32_t line;
};

enum func_flag {
	FUNC_STATIC = 1,
	FUNC_INLINE = 2,
	FUNC_MACRO = 4,		/* #define f(a) body */
	FUNC_VOID = 8,		/* returns nothing */
	FUNC_POINTER = 16,	/* returns a pointer */
	FUNC_BROKEN = 32,	/* not understood: a note says why */
	FUNC_GENERATED = 64,	/* name made by a macro (SYSCALL_DEFINE..) */
	FUNC_BOOL = 128,
	FUNC_INIT = 256,	/* marked __init or __exit */
};

struct func {
	str_t name;
	str_t ret_type;
	str_t maker;		/* SYSCALL_DEFINE3 and kin, "" */
	uint32_t line, end_line;
	uint16_t column;
	uint16_t flags;		/* enum func_flag */
	uint32_t first_var, nr_vars;	/* parameters first */
	uint32_t nr_params;
	uint32_t first_block, nr_blocks;
	uint32_t first_edge, nr_edges;
	uint32_t first_event, nr_events;
};

enum member_flag { MEMBER_FNPTR = 1, MEMBER_ARRAY = 2, MEMBER_EMBEDDED = 4 };

/* A member of a struct or union; those of unnamed inner ones are hoisted. */
struct member {
	str_t owner;		/* tag; "<anon>LINE:COL" when it has none */
	str_t name;
	str_t type;
	uint8_t pointers;
	uint8_t flags;		/* enum member_flag */
	uint16_t index;		/* position in owner, from 0 */
};

/* `.a.b = value` in the initialiser of a variable or compound literal. */
struct init {
	str_t type;		/* of the whole object: tag or typedef */
	str_t var;		/* its name, "" for a literal */
	uint32_t path;		/* first of nr_path members in facts.words */
	uint16_t nr_path;	/* 0: positional or a scalar variable */
	uint16_t index;		/* position, when nr_path is 0 */
	uint32_t value;		/* facts.exprs */
	opt_t func;		/* facts.funcs: where; 0: file level */
	uint32_t line;
};

/* typedef NAME to TYPE; #define NAME identifier. */
enum alias_kind { ALIAS_TYPEDEF, ALIAS_MACRO, ALIAS_FNTYPE };
struct alias {
	str_t name, to;
	uint8_t kind, pointers;
	uint16_t pad;
	opt_t value;		/* facts.exprs: of an object macro with a mask */
	uint32_t line;
};

struct global {
	str_t name, type;
	uint8_t pointers, flags;	/* enum var_flag */
	uint16_t pad;
	uint32_t line;
};

struct proto {
	str_t name, ret_type;
	uint8_t pointers;
	uint8_t pad[3];
	uint32_t line;
};

/* A macro used at file level: module_init(f), EXPORT_SYMBOL(f), .. */
struct topmacro {
	str_t name;
	uint32_t args;		/* identifiers among its arguments, in */
	uint32_t nr_args;	/* facts.words */
	uint32_t line;
};

enum site_how {
	SITE_ARG,		/* argument of the call `event` */
	SITE_ASSIGN,		/* x = mask, x |= .., x &= ~__GFP_FS */
	SITE_FIELD,		/* the same, and x is a member of an object */
	SITE_INIT,		/* initialiser of a variable or of a field */
	SITE_RETURN,
	SITE_MACRO,		/* body of an object macro */
	SITE_OTHER,		/* anything else in code */
};

enum site_form {
	FORM_WORD,		/* a word that restricts: GFP_NOFS */
	FORM_CLEAR,		/* & ~__GFP_FS, &= ~(__GFP_FS | __GFP_IO) */
	FORM_ASSEMBLED,		/* flags or-ed by hand, __GFP_FS not in them */
	FORM_NOOP,		/* a restricting word or-ed to an unrestricted
				 * mask: GFP_KERNEL | GFP_NOFS */
};

/* A place where a mask loses __GFP_FS or __GFP_IO. */
struct site {
	uint8_t how;		/* enum site_how */
	uint8_t form;		/* enum site_form */
	uint8_t restriction;	/* enum restriction */
	uint8_t arg;		/* SITE_ARG: number of the argument, from 0 */
	uint32_t line;		/* 1-based, of the restricting token */
	uint16_t column;
	uint16_t mask;		/* enum mask_bits of the whole expression */
	uint32_t offset;	/* byte offset of that token in the file */
	uint32_t len;		/* bytes of the token (or ~(..) group) */
	str_t text;		/* the mask expression, spaces normalised */
	str_t callee;		/* who takes the mask: function called, or
				 * variable, field, macro that is set */
	opt_t func;		/* facts.funcs; 0: file level */
	opt_t event;		/* facts.events: the event that takes it */
};

/* Why a mask token is no site (coverage; see enum names in report). */
enum token_role {
	TOKEN_SITE,		/* part of a site */
	TOKEN_TEST,		/* compared or tested, nothing is restricted */
	TOKEN_DEFINITION,	/* the word's own #define or enum */
	TOKEN_TABLE,		/* name table: { GFP_NOFS, "GFP_NOFS" } */
	TOKEN_DROPPED,		/* in an #if arm that is not read */
	TOKEN_DIRECTIVE,	/* in #if, #error, .. */
	TOKEN_GRANT,		/* __GFP_FS or __GFP_IO is set, not cleared */
	TOKEN_UNREAD,		/* in sizeof, asm, an array's size, or in code
				 * that was not understood: a note says where */
	TOKEN_NR_ROLES
};

enum note_kind {
	NOTE_UNBALANCED_IF,	/* #if arms with different brackets */
	NOTE_BROKEN_FUNC,	/* function not understood, resynchronised */
	NOTE_LIMIT,		/* nesting or another bound was hit */
	NOTE_UNTERMINATED,	/* comment, string or #if without its end */
	NOTE_BINARY,		/* NUL bytes: not read */
	NOTE_ODD,		/* anything else that was skipped */
	NOTE_NR_KINDS
};

struct note {
	uint8_t kind;		/* enum note_kind */
	uint8_t pad[3];
	uint32_t line;
	opt_t func;
	str_t text;		/* what was met, "" */
};

#define FACTS_ARRAYS(X)							\
	X(uint32_t, words)						\
	X(struct expr, exprs)						\
	X(struct event, events)						\
	X(struct block, blocks)						\
	X(struct cond, conds)						\
	X(struct edge, edges)						\
	X(struct var, vars)						\
	X(struct func, funcs)						\
	X(struct member, members)					\
	X(struct init, inits)						\
	X(struct alias, aliases)					\
	X(struct global, globals)					\
	X(struct proto, protos)						\
	X(struct topmacro, topmacros)					\
	X(struct site, sites)						\
	X(struct note, notes)

struct facts {
#define X(type, name) const type *name; uint32_t nr_##name;
	FACTS_ARRAYS(X)
#undef X
	const char *text;		/* all strings, each NUL terminated */
	uint32_t text_len;
	const uint32_t *strings;	/* offset of each in text */
	uint32_t nr_strings;
	uint32_t nr_lines;
	uint32_t roles[TOKEN_NR_ROLES];	/* restricting tokens by role */
	const void *mapping;	/* of a file that all of it lies in, see */
	const void *mapped;	/* base/pages.h, and its bytes there; NULL: it */
	size_t mapped_len;	/* is in memory */
};

static inline const char *facts_str(const struct facts *f, str_t s)
{
	return f->text + f->strings[s];
}

/**
 * facts_save() - append the serialised form of @f to @out (8-byte aligned
 * records, little endian hosts only; see facts_load()).
 */
void facts_save(const struct facts *f, struct strbuf *out);

/** facts_size() - the bytes that facts_save() appends for @f. */
size_t facts_size(const struct facts *f);

/**
 * facts_load() - use the @len bytes at @data as facts without copying.
 * @data: 8-byte aligned; must live as long as @f
 *
 * Every index is checked, so that damaged bytes cannot lead out of the
 * arrays. Return: 0 or ERR_FORMAT.
 */
int facts_load(struct facts *f, const void *data, size_t len,
	       struct err *err);

/** facts_dump() - the facts as diffable text, for tests and `dump`. */
void facts_dump(const struct facts *f, struct strbuf *out);

/** facts_version() - changes whenever the reader or the format changes; part
 * of the cache key. */
const char *facts_version(void);

#endif
