/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Statements as far as placing a scope needs them: where one starts and ends,
 * what kind it is, what its condition says of a call's result.
 */
#ifndef EDIT_STMT_H
#define EDIT_STMT_H

#include <stdbool.h>
#include <stdint.h>

#include "edit/text.h"
#include "read/facts.h"

enum stmt_kind {
	STMT_EXPR,		/* f(..); x = f(..); */
	STMT_DECL,		/* T x = f(..); */
	STMT_IF,		/* if (.. f(..) ..) */
	STMT_RETURN,
	STMT_OTHER,		/* a loop, a switch, or not understood */
};

struct stmt {
	uint8_t kind;		/* enum stmt_kind */
	uint32_t first, last;	/* tokens; of an if: `if` and its `)` */
	/* where the result goes: `x` of x = f(..), TOK_NONE */
	uint32_t lhs_first, lhs_last;
};

/** stmt_at() - the statement that token @call is in. False: none. */
bool stmt_at(const struct text *t, uint32_t call, struct stmt *s);

/** stmt_is_decl() - is the statement that starts at @first a declaration?
 * @name: out, the name that a single plain declarator declares, TOK_NONE;
 * may be NULL. @last: out, its `;` */
bool stmt_is_decl(const struct text *t, uint32_t first, uint32_t *name,
		  uint32_t *last);

/**
 * stmt_cond() - for which results of the call does the condition hold?
 * @first, @last: the condition's tokens, without the parentheses of the if
 * @s: the statement of the call; its lhs stands for the result, too
 * @call: the call's name token
 *
 * Return: a set of enum value_class, or -1 when it depends on more.
 */
int stmt_cond(const struct text *t, uint32_t first, uint32_t last,
	      const struct stmt *s, uint32_t call);

/** stmt_leaves() - does the statement that starts at @first end in a return,
 * goto, break or continue? */
bool stmt_leaves(const struct text *t, uint32_t first);

/** stmt_is_plain() - can the value in tokens @first..@last be computed after
 * a scope has ended, because nothing is called for it? */
bool stmt_is_plain(const struct text *t, uint32_t first, uint32_t last);

#endif
