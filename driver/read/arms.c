// SPDX-License-Identifier: GPL-2.0-only
/*
 * What to do with #if groups whose condition depends on the configuration,
 * and which bracket belongs to which.
 *
 * Three kinds of groups: arms that are whole statements are a choice between
 * paths and keep their marks; arms that are whole list entries are all read;
 * of anything else (a part of an expression, another function header, arms
 * with different brackets) the first arm that is not empty is read, with a
 * note when there was more than one.
 */
#include "read/lex.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "read/words.h"

struct depth {
	int braces, others;
};

struct group {
	uint32_t at;		/* of its PP_IF */
	uint32_t arm_at;	/* of the mark that began the arm */
	uint32_t nr_arms, nr_full, keep;
	struct depth start, low, end;	/* end: of the arm to keep */
	bool clean, statements, entries;
};

struct groups {
	struct group *v;
	uint32_t nr, cap;
};

static bool is_mark(const struct token *t)
{
	return t->kind >= TOK_PP_IF && t->kind <= TOK_PP_ENDIF;
}

static bool is_else(const struct token *t)
{
	return t->kind == TOK_NAME && t->id == WORD_else;
}

/* Can a statement begin behind @t? */
static bool ends_statement(const struct token *t)
{
	switch (t->kind) {
	case ';': case '{': case '}': case ':':
		return true;
	default:
		return is_mark(t);
	}
}

/* Can @t not begin a statement, so that it continues one? */
static bool continues(const struct token *t)
{
	switch (t->kind) {
	case TOK_ANDAND: case TOK_OROR: case '|': case ',': case ')':
	case ']': case '?': case ':': case '=': case '+': case '.':
	case TOK_EQ: case TOK_NE: case '<': case '>': case TOK_ARROW:
	case '/': case '^': case '[': case '%':
		return true;
	default:
		return is_else(t);
	}
}

static struct depth depth_min(struct depth a, struct depth b)
{
	a.braces = b.braces < a.braces ? b.braces : a.braces;
	a.others = b.others < a.others ? b.others : a.others;
	return a;
}

static void group_begin(struct groups *s, const struct token *t, uint32_t i,
			struct depth now)
{
	const struct token *prev = i ? &t[i - 1] : NULL;
	struct group g = {
		.at = i, .arm_at = i, .start = now, .low = now, .end = now,
		.clean = true, .entries = true,
	};

	g.statements = !prev || ends_statement(prev) || prev->kind == ')' ||
		       is_else(prev);
	GROW(s->v, s->nr, s->cap);
	s->v[s->nr++] = g;
}

/* The arm that began at @g->arm_at ends before the mark at @i. */
static void arm_end(struct group *g, const struct token *t, uint32_t i,
		    struct depth now)
{
	const struct token *first = &t[g->arm_at + 1], *last = &t[i - 1];

	if (now.braces != g->start.braces || now.others != g->start.others ||
	    g->low.braces < g->start.braces || g->low.others < g->start.others)
		g->clean = false;
	if (g->arm_at + 1 < i) {
		if (!g->nr_full++) {
			g->keep = g->nr_arms;
			g->end = now;
		}
		if (continues(first) ||
		    !(ends_statement(last) ||
		      (last->kind == ')' && !g->start.braces)))
			g->statements = false;
		if (last->kind != ',')
			g->entries = false;
	}
	g->nr_arms++;
	g->arm_at = i;
}

static void group_end(struct source *src, struct groups *s, struct token *t,
		      uint32_t i, struct depth *now)
{
	struct group *g = &s->v[--s->nr];
	const struct token *next = &t[i + 1];
	unsigned int flags = 0;

	if (s->nr)
		g[-1].low = depth_min(g[-1].low, g->low);
	*now = g->end;
	if (is_else(next) || (next->kind == '{' && !g->start.braces))
		g->statements = false;
	if (g->clean && g->statements)
		flags = TOK_CHOICE;
	else if (g->clean && g->entries)
		flags = TOK_LIST;
	else if (g->nr_full > 1)
		source_note(src, NOTE_UNBALANCED_IF, t[g->at].line, "");
	t[g->at].flags |= flags;
	t[g->at].column = g->keep;
}

static void count_bracket(struct groups *s, unsigned int kind,
			  struct depth *now)
{
	switch (kind) {
	case '{':
		now->braces++;
		break;
	case '(': case '[':
		now->others++;
		break;
	case '}':
		now->braces--;
		break;
	case ')': case ']':
		now->others--;
		break;
	default:
		return;
	}
	if (s->nr)
		s->v[s->nr - 1].low = depth_min(s->v[s->nr - 1].low, *now);
}

/* Brackets and marks. */
static const bool is_telling[256] = {
	['('] = true, ['['] = true, ['{'] = true,
	[')'] = true, [']'] = true, ['}'] = true,
	[TOK_PP_IF] = true, [TOK_PP_ELSE] = true, [TOK_PP_ENDIF] = true,
};

/* Set on every PP_IF what becomes of its group. */
static void decide(struct source *src, struct tokens *tokens)
{
	struct token *t = tokens->v;
	struct groups s = { 0 };
	struct depth now = { 0 };
	struct group *g;

	for (uint32_t i = 0; i < tokens->nr; i++) {
		if (!is_telling[t[i].kind])
			continue;
		if (!is_mark(&t[i])) {
			count_bracket(&s, t[i].kind, &now);
			continue;
		}
		if (t[i].kind == TOK_PP_IF) {
			group_begin(&s, t, i, now);
			continue;
		}
		g = &s.v[s.nr - 1];
		arm_end(g, t, i, now);
		if (t[i].kind == TOK_PP_ENDIF) {
			group_end(src, &s, t, i, &now);
			continue;
		}
		if (s.nr > 1)
			g[-1].low = depth_min(g[-1].low, g->low);
		now = g->low = g->start;
	}
	free(s.v);
}

/* A group while its tokens are moved. */
struct moved {
	uint32_t mark;		/* where its latest mark went */
	uint32_t arm, keep;
	bool choice, list;
};

/* Past the arm at @i; its mask words are counted. Return: the next mark of
 * the same group. */
static uint32_t drop_arm(struct source *src, const struct tokens *tokens,
			 uint32_t i, const struct mask_table *masks)
{
	unsigned int nested = 0;

	for (; i < tokens->nr; i++) {
		const struct token *t = &tokens->v[i];
		const struct mask_word *w;

		if (t->kind == TOK_PP_IF)
			nested++;
		else if (is_mark(t) && !nested)
			break;
		else if (t->kind == TOK_PP_ENDIF)
			nested--;
		if (t->kind != TOK_NAME)
			continue;
		w = mask_of(masks, t->id);
		if (w && mask_restricts(w))
			src->roles[TOKEN_DROPPED]++;
	}
	return i;
}

static uint32_t keep_mark(struct token *t, uint32_t from, uint32_t to,
			  struct moved *g)
{
	t[to] = t[from];
	t[to].id = 0;
	if (to != g->mark)
		t[g->mark].id = to;
	g->mark = to;
	return to + 1;
}

static void take_out(struct source *src, struct tokens *tokens,
		     const struct mask_table *masks)
{
	struct token *t = tokens->v;
	struct moved *s = NULL, *g;
	uint32_t nr = 0, cap = 0, to = 0;

	for (uint32_t i = 0; i < tokens->nr; i++) {
		if (!is_mark(&t[i])) {
			t[to++] = t[i];
			continue;
		}
		if (t[i].kind == TOK_PP_IF) {
			GROW(s, nr, cap);
			s[nr++] = (struct moved){
				.mark = to, .keep = t[i].column,
				.choice = t[i].flags & TOK_CHOICE,
				.list = t[i].flags & TOK_LIST,
			};
		}
		g = &s[nr - 1];
		if (t[i].kind == TOK_PP_ELSE)
			g->arm++;
		if (g->choice)
			to = keep_mark(t, i, to, g);
		if (t[i].kind == TOK_PP_ENDIF)
			nr--;
		else if (!g->choice && !g->list && g->arm != g->keep)
			i = drop_arm(src, tokens, i + 1, masks) - 1;
	}
	tokens->nr = to;
	free(s);
}

void arms_settle(struct source *src, struct tokens *t,
		 const struct mask_table *masks)
{
	const struct token end = t->v[t->nr];

	if (src->has_marks) {
		decide(src, t);
		take_out(src, t, masks);
		t->v[t->nr] = end;
	}
	src->even = pair_brackets(t->v, 0, t->nr);
}
