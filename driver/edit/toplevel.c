// SPDX-License-Identifier: GPL-2.0-only
/*
 * Brackets are counted from one semicolon or end of a function to the next,
 * over comments and strings. A directive inside is followed: each arm of it
 * must leave as many brackets open as the others do.
 *
 * Not tried: to tell what a piece is. A macro without a semicolon is one piece
 * with what follows it.
 */
#include "edit/toplevel.h"

#include <ctype.h>
#include <string.h>

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
	const char *p, *end;
	struct piece *piece;
	struct depth depth;
	struct arms arms[MAX_ARMS];
	size_t nr_arms;
	bool content;		/* something besides comments */
	bool function;		/* the brace that is open is a body's */
	bool ended;		/* if nothing else is on the line */
	bool lost;
	char last;		/* what was before, blanks and comments aside */
};

static bool same_depth(struct depth a, struct depth b)
{
	return a.brace == b.brace && a.paren == b.paren;
}

static bool has(const struct scan *s, const char *word)
{
	size_t n = strlen(word);

	return (size_t)(s->end - s->p) >= n && !strncmp(s->p, word, n);
}

/* Behind what begins and ends so, or the end. */
static void skip_to(struct scan *s, const char *closing)
{
	s->p += 2;
	while (s->p < s->end && !has(s, closing))
		s->p++;
	s->p += has(s, closing) ? strlen(closing) : 0;
}

static void skip_line(struct scan *s)
{
	while (s->p < s->end && *s->p != '\n')
		s->p++;
}

static void skip_string(struct scan *s)
{
	char quote = *s->p++;

	for (; s->p < s->end && *s->p != quote && *s->p != '\n'; s->p++)
		if (*s->p == '\\' && s->p + 1 < s->end)
			s->p++;
	s->p += s->p < s->end && *s->p == quote;
}

/* To the start of the next line that does not belong to it. */
static void skip_directive(struct scan *s)
{
	while (s->p < s->end && *s->p != '\n') {
		if (has(s, "/*"))
			skip_to(s, "*/");
		else if (*s->p == '\\' && s->p + 1 < s->end)
			s->p += 2;
		else
			s->p++;
	}
	s->p += s->p < s->end;
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

/* A directive with something before it. */
static void inner_directive(struct scan *s, const char *name)
{
	if (!strncmp(name, "if", 2))
		open_arm(s);
	else if (!strncmp(name, "el", 2))
		close_arm(s, false);
	else if (!strncmp(name, "endif", 5))
		close_arm(s, true);
	else
		s->piece->keep = true;
	skip_directive(s);
}

/* At the start of a line. Return: whether the piece ends in front of it, or
 * is it. */
static bool take_directive(struct scan *s, bool *ends)
{
	const char *line = s->p, *p = line;
	char name[8] = "";
	size_t n = 0;

	while (p < s->end && (*p == ' ' || *p == '\t'))
		p++;
	if (p == s->end || *p != '#')
		return false;
	for (p++; p < s->end && (*p == ' ' || *p == '\t'); p++)
		;
	for (; p < s->end && islower((unsigned char)*p) && n < 7; p++)
		name[n++] = *p;
	*ends = !s->content;
	if (s->content) {
		inner_directive(s, name);
	} else if (line == s->piece->start) {
		s->piece->directive = true;
		skip_directive(s);
	}
	return true;
}

static void take_word(struct scan *s)
{
	const char *start = s->p;

	while (s->p < s->end &&
	       (isalnum((unsigned char)*s->p) || *s->p == '_'))
		s->p++;
	if (s->p - start == 7 && !strncmp(start, "typedef", 7))
		s->piece->keep = true;
	s->last = 'a';
	s->content = true;
	s->ended = false;
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

static void take_other(struct scan *s)
{
	char c = *s->p;

	if (c == '"' || c == '\'') {
		skip_string(s);
	} else {
		s->p++;
		if (isspace((unsigned char)c))
			return;
	}
	s->ended = false;
	take_bracket(s, c);
	s->last = c;
	s->content = true;
}

/* Return: false when the piece has ended. */
static bool step(struct scan *s)
{
	bool ends = false;

	if (s->p == s->piece->start || s->p[-1] == '\n') {
		if (s->ended && !s->nr_arms)
			return false;
		if (take_directive(s, &ends))
			return !ends;
	}
	if (has(s, "/*"))
		skip_to(s, "*/");
	else if (has(s, "//"))
		skip_line(s);
	else if (isalnum((unsigned char)*s->p) || *s->p == '_')
		take_word(s);
	else
		take_other(s);
	return true;
}

bool toplevel_next(const char *p, const char *end, struct piece *piece)
{
	struct scan s = { .p = p, .end = end, .piece = piece };

	if (p == end)
		return false;
	*piece = (struct piece){ .start = p, .end = end };
	while (s.p < s.end && !s.lost && step(&s))
		;
	if (s.lost || (s.p == end && s.content && !s.ended) || s.nr_arms) {
		piece->keep = true;
		return true;
	}
	piece->end = s.p;
	return true;
}
