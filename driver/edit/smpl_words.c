// SPDX-License-Identifier: GPL-2.0-only
/*
 * The body of a rule goes in; out comes what a match must have: an expression
 * over the words that stand in the rule and are no metavariables.
 *
 * Alternatives are or-ed, what follows one another is and-ed. Lines that are
 * added, `when`, what stands in <... ...> and what may be left out (?) ask for
 * nothing. Words that isomorphisms put in or take away ask for nothing.
 */
#include "edit/smpl.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define MAX_VARS	128
#define MAX_DEPTH	64

/* A metavariable, and what stands for it. */
struct var {
	const char *name;
	size_t len;
	uint32_t node;
	bool elsewhere;		/* a position that another rule found */
};

enum frame_kind { FRAME_ALT, FRAME_NEST, FRAME_MAYBE };

struct frame {
	uint8_t kind;
	bool has_alt;
	uint32_t seq, alt;
};

struct words {
	struct smpl *s;
	struct var vars[MAX_VARS];
	size_t nr_vars;
	struct frame frames[MAX_DEPTH];
	size_t depth;
	bool odd;		/* not understood: nothing may be asked for */
	/* is it a function, and something else besides? */
	int brackets;
	bool after_paren, keyword, in_function, had_function, had_end;
};

static bool is_word(int c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static size_t word_len(const char *p)
{
	size_t n = 0;

	while (is_word(p[n]))
		n++;
	return n;
}

static bool is_one_of(const char *p, size_t len, const char *list)
{
	for (; *list; list += word_len(list), list += *list == ' ')
		if (word_len(list) == len && !strncmp(list, p, len))
			return true;
	return false;
}

/* ---- metavariables ---- */

/* Kinds whose names stand for themselves: `symbol x`, `iterator name x`. */
static bool is_literal_kind(const char *p, size_t len)
{
	const char *next = p + len + strspn(p + len, " \t\n");

	return is_one_of(p, len, "symbol typedef") ||
	       (is_one_of(p, len, "declarer iterator attribute") &&
		word_len(next) == 4 && !strncmp(next, "name", 4));
}

/* { A, B } or A, after `=`: one of these words. */
static uint32_t value_set(struct words *w, const char *p, const char *end)
{
	uint32_t node = NODE_NO;

	while (p < end) {
		size_t n = word_len(p);

		if (n && !isdigit((unsigned char)*p))
			node = smpl_node_or(w->s, node,
					    smpl_node_word(w->s, p, n));
		else if (n)
			return NODE_YES;
		else if (!strchr(" \t\n,{}", *p))
			return NODE_YES;
		p += n ? n : 1;
	}
	return node == NODE_NO ? NODE_YES : node;
}

static uint32_t defined_as(struct words *w, const char *p, size_t len,
			   const struct smpl_define *defs, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (defs[i].value && strlen(defs[i].name) == len &&
		    !strncmp(defs[i].name, p, len) &&
		    word_len(defs[i].value) == strlen(defs[i].value))
			return smpl_node_word(w->s, defs[i].value,
					      strlen(defs[i].value));
	return NODE_YES;
}

/* Where a declarator ends: at a comma outside of all brackets. */
static const char *declarator_end(const char *p, const char *end)
{
	int depth = 0;

	for (; p < end; p++) {
		if (strchr("({[", *p))
			depth++;
		else if (strchr(")}]", *p))
			depth--;
		else if (*p == ',' && depth <= 0)
			break;
	}
	return p;
}

/* `[RULE.]NAME [constraint]`; the words before the name belong to its kind. */
static void declarator(struct words *w, const char *kind, size_t kind_len,
		       const char *p, const char *end,
		       const struct smpl_define *defs, size_t nr_defs,
		       bool *inherits)
{
	struct var *v = &w->vars[w->nr_vars];
	const char *name = NULL, *owner = NULL;
	size_t len = 0, owner_len = 0, n;

	for (; p < end && !strchr("=!:<>{~@", *p); p += n ? n : 1) {
		n = *p == '[' ? strcspn(p, "]") : 0;
		if (n)	/* the length of a list, in front of its name */
			continue;
		n = word_len(p);
		if (!n && *p == '.') {
			owner = name;
			owner_len = len;
		}
		if (n) {
			name = p;
			len = n;
		}
	}
	if (!name || is_literal_kind(kind, kind_len))
		return;
	if (w->nr_vars == MAX_VARS) {
		w->odd = true;
		return;
	}
	*v = (struct var){ .name = name, .len = len, .node = NODE_YES };
	w->nr_vars++;
	if (owner && is_one_of(owner, owner_len, "virtual")) {
		v->node = defined_as(w, name, len, defs, nr_defs);
	} else if (owner) {
		*inherits = true;
		v->elsewhere = is_one_of(kind, kind_len, "position");
	} else if (p < end && *p == '=' && p[1] != '~') {
		v->node = value_set(w, p + 1, end);
	}
}

/* Kinds whose values Coccinelle needs to know no type of. */
static bool is_untyped_kind(const char *p, size_t len, const char *end)
{
	const char *next = p + len + strspn(p + len, " \t\n");

	if (memchr(p, '*', (size_t)(end - p)))
		return false;
	if (is_one_of(p, len, "expression"))
		return !is_one_of(next, word_len(next), "enum struct union");
	return is_one_of(p, len, "identifier fresh statement position type "
				 "symbol typedef parameter declarer iterator");
}

static void declarations(struct words *w, const char *p,
			 const struct smpl_define *defs, size_t nr_defs,
			 bool *inherits)
{
	while (*p) {
		const char *end = p + strcspn(p, ";"), *kind;
		size_t kind_len;

		p += strspn(p, " \t\n");
		kind = p;
		kind_len = word_len(p);
		if (p < end && !is_untyped_kind(p, kind_len, end))
			w->s->types = true;
		while (p < end) {
			const char *d = declarator_end(p, end);

			declarator(w, kind, kind_len, p, d, defs, nr_defs,
				   inherits);
			p = d + 1;
		}
		p = end + (*end == ';');
		p += strspn(p, " \t\n");
	}
}

/* ---- the body ---- */

static void ask(struct words *w, uint32_t node)
{
	struct frame *f = &w->frames[w->depth];

	f->seq = smpl_node_and(w->s, f->seq, node);
}

static void open_frame(struct words *w, enum frame_kind kind)
{
	if (w->depth + 1 == MAX_DEPTH) {
		w->odd = true;
		return;
	}
	w->frames[++w->depth] = (struct frame){ .kind = kind };
}

static void next_alternative(struct words *w)
{
	struct frame *f = &w->frames[w->depth];

	if (!w->depth || f->kind != FRAME_ALT) {
		w->odd = true;
		return;
	}
	f->alt = f->has_alt ? smpl_node_or(w->s, f->alt, f->seq) : f->seq;
	f->has_alt = true;
	f->seq = NODE_YES;
}

static void close_frame(struct words *w, enum frame_kind kind)
{
	struct frame *f = &w->frames[w->depth];
	uint32_t node;

	if (!w->depth || f->kind != kind) {
		w->odd = true;
		return;
	}
	node = f->has_alt ? smpl_node_or(w->s, f->alt, f->seq) : f->seq;
	w->depth--;
	if (kind != FRAME_MAYBE)
		ask(w, node);
}

/* Is this a function with something beside it? Then it is no longer true that
 * all of a match is in one function. */
static void follow_brackets(struct words *w, const char *p)
{
	bool outside = w->brackets == 0;

	if (outside && w->had_function && !isspace((unsigned char)*p))
		w->s->whole = true;
	if (strchr("({[", *p)) {
		if (*p == '{' && outside && w->after_paren && !w->keyword) {
			if (w->had_end)
				w->s->whole = true;
			w->in_function = true;
		}
		w->brackets++;
	} else if (strchr(")}]", *p)) {
		w->brackets--;
		if (*p == '}' && !w->brackets) {
			w->had_function |= w->in_function;
			w->in_function = false;
			w->had_end = true;
		}
	}
	if (*p == ';' && outside)
		w->had_end = true;
	if (!isspace((unsigned char)*p))
		w->after_paren = *p == ')' && w->brackets == 0;
}

static void take_word(struct words *w, const char *p, size_t len)
{
	if (w->brackets == 0)
		w->keyword = is_one_of(p, len, "if while for switch do else");
	if (w->brackets == 0 && w->had_function)
		w->s->whole = true;
	w->after_paren = false;
	for (size_t i = 0; i < w->nr_vars; i++)
		if (w->vars[i].len == len && !strncmp(w->vars[i].name, p, len)) {
			ask(w, w->vars[i].node);
			return;
		}
	if (isdigit((unsigned char)*p) ||
	    is_one_of(p, len, "NULL likely unlikely sizeof if else while for "
			      "do switch case default return break continue "
			      "goto struct union enum static extern inline "
			      "const volatile register auto signed unsigned "
			      "void char short int long float double bool "
			      "size_t ssize_t ptrdiff_t true false "
			      "snd_magic_kcalloc typeof __typeof__"))
		return;
	ask(w, smpl_node_word(w->s, p, len));
}

/* `@p` behind a term. */
static const char *take_position(struct words *w, const char *p)
{
	size_t len = word_len(p);

	for (size_t i = 0; i < w->nr_vars; i++)
		if (w->vars[i].elsewhere && w->vars[i].len == len &&
		    !strncmp(w->vars[i].name, p, len))
			ask(w, NODE_NO);
	return p + len;
}

static const char *take_dots(struct words *w, const char *p)
{
	if (str_starts(p, "<+...")) {
		open_frame(w, FRAME_NEST);
		return p + 5;
	}
	if (str_starts(p, "<...")) {
		open_frame(w, FRAME_MAYBE);
		return p + 4;
	}
	if (str_starts(p, "...+>")) {
		close_frame(w, FRAME_NEST);
		return p + 5;
	}
	if (str_starts(p, "...>")) {
		close_frame(w, FRAME_MAYBE);
		return p + 4;
	}
	return NULL;
}

static const char *take_escape(struct words *w, const char *p)
{
	if (p[1] == '(')
		open_frame(w, FRAME_ALT);
	else if (p[1] == '|')
		next_alternative(w);
	else if (p[1] == ')')
		close_frame(w, FRAME_ALT);
	else if (p[1] != '&')
		return p + 1;
	return p + 2;
}

/* A `when` reaches to the end of its line; if it does not, we are lost. */
static void skip_when(struct words *w, const char *p, const char *end)
{
	int depth = 0;

	for (; p < end; p++)
		depth += (*p == '(') - (*p == ')');
	if (depth)
		w->odd = true;
}

static void take_line(struct words *w, const char *p, const char *end)
{
	const char *next;
	size_t n;

	while (p < end && !w->odd) {
		n = word_len(p);
		if (n == 4 && !strncmp(p, "when", 4)) {
			skip_when(w, p, end);
			return;
		}
		next = take_dots(w, p);
		if (next) {
			p = next;
		} else if (n) {
			take_word(w, p, n);
			p += n;
		} else if (*p == '@') {
			p = take_position(w, p + 1);
		} else if (*p == '\\') {
			p = take_escape(w, p);
		} else {
			follow_brackets(w, p++);
		}
	}
}

static void take_body(struct words *w, const char *p)
{
	for (; *p && !w->odd; p += strcspn(p, "\n"), p += *p == '\n') {
		const char *end = p + strcspn(p, "\n");

		switch (*p) {
		case '(':
			open_frame(w, FRAME_ALT);
			take_line(w, p + 1, end);
			continue;
		case '|':
			next_alternative(w);
			take_line(w, p + 1, end);
			continue;
		case ')':
			close_frame(w, FRAME_ALT);
			take_line(w, p + 1, end);
			continue;
		case '+':	/* added */
			continue;
		case '?':	/* may be missing */
			w->odd = true;
			continue;
		case '&':
		case '-':
		case '*':
		case '!':
			p++;
			break;
		}
		if (p < end && p[strspn(p, " \t")] == '#')
			w->odd = true;
		else
			take_line(w, p, end);
	}
}

uint32_t smpl_words(struct smpl *s, const char *decls, const char *body,
		    const struct smpl_define *defs, size_t nr_defs,
		    bool *inherits)
{
	struct words *w = xcalloc(1, sizeof(*w));
	uint32_t node;

	w->s = s;
	*inherits = false;
	declarations(w, decls, defs, nr_defs, inherits);
	take_body(w, body);
	node = w->odd || w->depth ? NODE_YES : w->frames[0].seq;
	free(w);
	return node;
}
