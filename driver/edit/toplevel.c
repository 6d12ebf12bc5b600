// SPDX-License-Identifier: GPL-2.0-only
/*
 * Brackets are counted from one semicolon or end of a function to the next. A
 * directive inside is followed: each arm of it
 * must leave as many brackets open as the others do.
 *
 * Not tried: to tell what a piece is. A macro without a semicolon is one piece
 * with what follows it.
 */
#include "edit/toplevel.h"

#define MAX_ARMS	16

struct depth {
	int brace, paren;
};

/* An #if inside of the piece. */
struct arms {
	struct depth before, after;
	bool has_after;
};

struct scan {
	const struct text *t;
	uint32_t i;		/* token */
	uint32_t line;		/* the last that is part of the piece, from 1 */
	struct piece *piece;
	struct depth depth;
	struct arms arms[MAX_ARMS];
	size_t nr_arms;
	bool content;		/* something besides comments */
	bool function;		/* the brace that is open is a body's */
	bool ended;		/* if nothing else is on the line */
	bool lost;
	char last;		/* the token before, comments aside */
};

static bool same_depth(struct depth a, struct depth b)
{
	return a.brace == b.brace && a.paren == b.paren;
}

static void open_arm(struct scan *s)
{
	if (s->nr_arms == MAX_ARMS)
		s->lost = true;
	else
		s->arms[s->nr_arms++] = (struct arms){ .before = s->depth };
}

/* At #else and #elif, and at #endif (@last). */
static void close_arm(struct scan *s, bool last)
{
	struct arms *a = &s->arms[s->nr_arms ? s->nr_arms - 1 : 0];

	if (!s->nr_arms ||
	    (a->has_after && !same_depth(a->after, s->depth)) ||
	    (!a->has_after && last && !same_depth(a->before, s->depth))) {
		s->lost = true;
		return;
	}
	a->after = s->depth;
	a->has_after = true;
	if (last)
		s->nr_arms--;
	else
		s->depth = a->before;
}

static void advance(struct scan *s)
{
	const struct token *k = &s->t->v[s->i++];
	const char *p = s->t->buf + k->off;

	s->line = k->line;
	for (uint32_t n = 0; n < k->len; n++)
		s->line += p[n] == '\n';
}

/* Does a directive begin at token @i? Not after a line that goes on. */
static bool is_directive(const struct text *t, uint32_t i)
{
	const struct token *k = &t->v[i];
	const char *p = t->buf + k->off;

	if (!k->directive || *p != '#')
		return false;
	while (p > t->buf && (p[-1] == ' ' || p[-1] == '\t'))
		p--;
	return p == t->buf || (p[-1] == '\n' &&
			       (p - 1 == t->buf || p[-2] != '\\'));
}

static void skip_directive(struct scan *s)
{
	do
		advance(s);
	while (s->i < s->t->nr && s->t->v[s->i].directive &&
	       !is_directive(s->t, s->i));
}

/* A directive with something before it. */
static void inner_directive(struct scan *s)
{
	const struct text *t = s->t;
	uint32_t name = s->i + 1 < t->nr ? s->i + 1 : TOK_NONE;

	if (text_is(t, name, "if") || text_is(t, name, "ifdef") ||
	    text_is(t, name, "ifndef"))
		open_arm(s);
	else if (text_is(t, name, "else") || text_is(t, name, "elif"))
		close_arm(s, false);
	else if (text_is(t, name, "endif"))
		close_arm(s, true);
	else
		s->piece->keep = true;
	skip_directive(s);
}

static void take_bracket(struct scan *s, char c)
{
	bool top = !s->depth.brace && !s->depth.paren;

	switch (c) {
	case '{':
		if (top) {
			s->function = s->last == ')';
			s->lost |= !s->content;
		}
		s->depth.brace++;
		break;
	case '}':
		s->depth.brace--;
		s->ended = s->function && !s->depth.brace && !s->depth.paren;
		break;
	case '(':
		s->depth.paren++;
		break;
	case ')':
		s->depth.paren--;
		break;
	case ';':
		s->ended = top;
		break;
	}
	s->lost |= s->depth.brace < 0 || s->depth.paren < 0;
}

static void take_token(struct scan *s)
{
	const struct token *k = &s->t->v[s->i];
	char c = s->t->buf[k->off];

	s->ended = false;
	if (k->kind == TOK_PUNCT && k->len == 1)
		take_bracket(s, c);
	s->piece->keep |= text_is(s->t, s->i, "typedef");
	s->last = c;
	s->content = true;
	advance(s);
}

/* Return: false when the piece has ended. */
static bool step(struct scan *s, uint32_t first)
{
	const struct token *k = &s->t->v[s->i];

	if (s->ended && !s->nr_arms && k->line > s->line)
		return false;
	if (is_directive(s->t, s->i)) {
		if (!s->content && s->i == first) {
			s->piece->directive = true;
			skip_directive(s);
		}
		if (!s->content)
			return false;
		inner_directive(s);
	} else if (k->kind == TOK_COMMENT) {
		advance(s);
	} else {
		take_token(s);
	}
	return true;
}

bool toplevel_next(const struct text *t, uint32_t *at, struct piece *piece)
{
	struct scan s = { .t = t, .i = *at, .piece = piece };

	if (*at == t->nr)
		return false;
	*piece = (struct piece){ .first = t->v[*at].line - 1 };
	while (s.i < t->nr && !s.lost && step(&s, *at))
		;
	if (s.lost || (s.i == t->nr && s.content && !s.ended) || s.nr_arms) {
		piece->keep = true;
		while (s.i < t->nr)
			advance(&s);
	}
	piece->end = s.line;
	*at = s.i;
	return true;
}
