// SPDX-License-Identifier: GPL-2.0-only
/*
 * From tokens to statements, by their ends and first words. This is no parser:
 * what it cannot tell it calls STMT_OTHER, and what it tells wrongly shows
 * later, when the changed file is read again and its scopes do not balance.
 */
#include "edit/stmt.h"

#include <string.h>

#include "base/mem.h"

static bool is_any(const struct text *t, uint32_t i, const char *const *words)
{
	for (; *words; words++)
		if (text_is(t, i, *words))
			return true;
	return false;
}

static bool ends_statement(const struct text *t, uint32_t i)
{
	static const char *const ends[] = {
		";", "{", "}", "else", "do", NULL,
	};

	return i == TOK_NONE || is_any(t, i, ends);
}

/* Does the colon at @i end a label or a case, not belong to a `?`? */
static bool is_label_end(const struct text *t, uint32_t i)
{
	if (!text_is(t, i, ":"))
		return false;
	for (i = text_prev(t, i); !ends_statement(t, i); i = text_prev(t, i)) {
		if (text_is(t, i, "?"))
			return false;
		if (text_is(t, i, "case"))
			return true;
		if (text_is(t, i, ")") || text_is(t, i, "]"))
			i = text_open(t, i);
		if (i == TOK_NONE)
			break;
	}
	return true;
}

static uint32_t first_of(const struct text *t, uint32_t i)
{
	for (;;) {
		uint32_t p = text_prev(t, i), open;

		if (ends_statement(t, p) || is_label_end(t, p))
			return i;
		if (text_is(t, p, ")") || text_is(t, p, "]")) {
			open = text_open(t, p);
			if (open == TOK_NONE)
				return TOK_NONE;
			/* `if (..) x`, `for_each_y(..) x`, but not `(T)x` */
			if (text_is(t, p, ")") &&
			    text_is_word(t, text_prev(t, open)) &&
			    (text_is_word(t, i) || text_is(t, i, "*")))
				return i;
			p = open;
		}
		i = p;
	}
}

static uint32_t semicolon(const struct text *t, uint32_t i)
{
	while (i != TOK_NONE && i < t->nr && !text_is(t, i, ";")) {
		if (text_is(t, i, "(") || text_is(t, i, "[") ||
		    text_is(t, i, "{"))
			i = text_close(t, i);
		else if (text_is(t, i, ")") || text_is(t, i, "}"))
			return TOK_NONE;
		if (i != TOK_NONE)
			i = text_next(t, i);
	}
	return i < t->nr ? i : TOK_NONE;
}

/* `T *x =`, `struct T x[3];`: words and stars, two words at least. */
bool stmt_is_decl(const struct text *t, uint32_t first, uint32_t *name,
		  uint32_t *last)
{
	static const char *const no_type[] = {
		"return", "goto", "else", "case", "if", "while", "for", "do",
		"switch", "break", "continue", "default", NULL,
	};
	uint32_t i = first, words = 0, end = TOK_NONE, comma;
	bool plain = true;

	if (is_any(t, first, no_type))
		return false;
	for (; text_is_word(t, i) || text_is(t, i, "*"); i = text_next(t, i)) {
		if (!text_is_word(t, i))
			continue;
		words++;
		end = i;
		if (words > 1 && t->v[i].len > 2 &&
		    !memcmp(t->buf + t->v[i].off, "__", 2))
			plain = false;
	}
	*last = semicolon(t, i);
	if (words < 2 || *last == TOK_NONE ||
	    !(text_is(t, i, "=") || text_is(t, i, ";") ||
	      text_is(t, i, "[") || text_is(t, i, ",")))
		return false;
	for (comma = i; comma < *last; comma = text_next(t, comma)) {
		if (text_is(t, comma, ","))
			plain = false;
		if (text_is(t, comma, "(") || text_is(t, comma, "{") ||
		    text_is(t, comma, "["))
			comma = text_close(t, comma);
	}
	if (name)
		*name = plain ? end : TOK_NONE;
	return true;
}

/* The `=` that gives the statement's lhs its value, TOK_NONE. */
static uint32_t assignment(const struct text *t, uint32_t first, uint32_t end)
{
	uint32_t i;

	for (i = first; i < end; i = text_next(t, i)) {
		if (text_is(t, i, "="))
			return i;
		if (text_is(t, i, "("))
			i = text_close(t, i);
		if (i == TOK_NONE)
			break;
	}
	return TOK_NONE;
}

static void set_lhs(const struct text *t, struct stmt *s, uint32_t call)
{
	uint32_t eq = assignment(t, s->first, call), name, last;

	s->lhs_first = s->lhs_last = TOK_NONE;
	if (s->kind == STMT_IF) {
		/* if ((x = f(..))) */
		eq = text_prev(t, call);
		if (!text_is(t, eq, "="))
			return;
		s->lhs_last = text_prev(t, eq);
		s->lhs_first = s->lhs_last;
		while (!text_is(t, text_prev(t, s->lhs_first), "(") &&
		       text_prev(t, s->lhs_first) > s->first)
			s->lhs_first = text_prev(t, s->lhs_first);
		return;
	}
	if (eq == TOK_NONE)
		return;
	s->lhs_first = s->first;
	s->lhs_last = text_prev(t, eq);
	if (stmt_is_decl(t, s->first, &name, &last)) {
		s->kind = STMT_DECL;
		s->lhs_first = s->lhs_last;
	}
}

bool stmt_at(const struct text *t, uint32_t call, struct stmt *s)
{
	static const char *const others[] = {
		"while", "for", "switch", "do", "case", "goto", NULL,
	};
	uint32_t open;

	memset(s, 0, sizeof(*s));
	s->first = first_of(t, call);
	if (s->first == TOK_NONE)
		return false;
	if (text_is(t, s->first, "if")) {
		s->kind = STMT_IF;
		open = text_next(t, s->first);
		s->last = text_close(t, open);
	} else {
		s->last = semicolon(t, s->first);
		s->kind = text_is(t, s->first, "return") ? STMT_RETURN :
			  is_any(t, s->first, others) ? STMT_OTHER : STMT_EXPR;
	}
	if (s->last == TOK_NONE || s->last < call)
		return false;
	set_lhs(t, s, call);
	return true;
}

static bool same_tokens(const struct text *t, uint32_t a, uint32_t a_last,
			uint32_t b, uint32_t b_last)
{
	while (a <= a_last && b <= b_last) {
		if (!text_same(t, a, t, b))
			return false;
		a = text_next(t, a);
		b = text_next(t, b);
	}
	return a > a_last && b > b_last;
}

/* Do the tokens stand for the call's result: itself, x, or x = f(..)? */
static bool is_result(const struct text *t, uint32_t first, uint32_t last,
		      const struct stmt *s, uint32_t call)
{
	uint32_t end = text_close(t, text_next(t, call));

	while (text_is(t, first, "(") && text_close(t, first) == last) {
		first = text_next(t, first);
		last = text_prev(t, last);
	}
	if (first == call && last == end)
		return true;
	if (s->lhs_first == TOK_NONE)
		return false;
	if (first == s->lhs_first && last == end &&
	    text_next(t, text_next(t, s->lhs_last)) == call)
		return true;
	return same_tokens(t, first, last, s->lhs_first, s->lhs_last);
}

/* Take `!`, (..) and likely(..) off; true: an odd number of `!`. */
static bool strip(const struct text *t, uint32_t *first, uint32_t *last)
{
	bool not = false;

	for (;;) {
		uint32_t i = *first, next = text_next(t, i);
		uint32_t after = text_next(t, next);

		if (text_is(t, i, "(") && text_close(t, i) == *last) {
			*first = next;
			*last = text_prev(t, *last);
		} else if ((text_is(t, i, "likely") ||
			    text_is(t, i, "unlikely")) &&
			   text_is(t, next, "(") &&
			   text_close(t, next) == *last) {
			*first = after;
			*last = text_prev(t, *last);
		} else if (text_is(t, i, "!") &&
			   ((text_is(t, next, "(") &&
			     text_close(t, next) == *last) ||
			    next == *last || text_is(t, next, "!") ||
			    (text_is(t, after, "(") &&
			     text_close(t, after) == *last))) {
			not = !not;
			*first = next;
		} else {
			return not;
		}
	}
}

static int compared(const struct text *t, uint32_t first, uint32_t last,
		    const struct stmt *s, uint32_t call)
{
	static const struct {
		const char *op;
		int classes;
	} ops[] = {
		{ "==", CLASS_ZERO }, { "!=", CLASS_POS | CLASS_ERR },
		{ "<", CLASS_ERR }, { ">", CLASS_POS },
		{ "<=", CLASS_ZERO | CLASS_ERR },
		{ ">=", CLASS_ZERO | CLASS_POS },
	};
	uint32_t op = text_prev(t, last);
	size_t i;

	if (!text_is(t, last, "0") && !text_is(t, last, "NULL"))
		return -1;
	for (i = 0; i < ARRAY_SIZE(ops); i++)
		if (text_is(t, op, ops[i].op) && op > first &&
		    is_result(t, first, text_prev(t, op), s, call))
			return ops[i].classes;
	return -1;
}

int stmt_cond(const struct text *t, uint32_t first, uint32_t last,
	      const struct stmt *s, uint32_t call)
{
	bool not = strip(t, &first, &last);
	uint32_t next = text_next(t, first);
	int classes = -1;

	if (is_result(t, first, last, s, call))
		classes = CLASS_POS | CLASS_ERR;
	else if (text_is(t, next, "(") && text_close(t, next) == last &&
		 is_result(t, text_next(t, next), text_prev(t, last), s, call))
		classes = text_is(t, first, "IS_ERR") ? CLASS_ERR :
			  text_is(t, first, "IS_ERR_OR_NULL") ?
				CLASS_ERR | CLASS_ZERO : -1;
	else
		classes = compared(t, first, last, s, call);
	if (classes >= 0 && not)
		classes = CLASS_ANY & ~classes;
	return classes;
}

bool stmt_leaves(const struct text *t, uint32_t first)
{
	static const char *const jumps[] = {
		"return", "goto", "break", "continue", NULL,
	};
	uint32_t end, i;

	if (!text_is(t, first, "{"))
		return is_any(t, first, jumps);
	end = text_close(t, first);
	i = end == TOK_NONE ? end : text_prev(t, end);
	if (!text_is(t, i, ";"))
		return false;
	return is_any(t, first_of(t, i), jumps);
}

bool stmt_is_plain(const struct text *t, uint32_t first, uint32_t last)
{
	static const char *const harmless[] = {
		"ERR_PTR", "PTR_ERR", "ERR_CAST", "PTR_ERR_OR_ZERO", "IS_ERR",
		"IS_ERR_OR_NULL", "likely", "unlikely", "sizeof",
		"cpu_to_le16", "cpu_to_le32", "cpu_to_le64", "le16_to_cpu",
		"le32_to_cpu", "le64_to_cpu", "container_of", NULL,
	};
	uint32_t i;

	for (i = first; i <= last; i++)
		if (text_is(t, i, "(") && i > first &&
		    text_is_word(t, text_prev(t, i)) &&
		    !is_any(t, text_prev(t, i), harmless))
			return false;
	return true;
}
