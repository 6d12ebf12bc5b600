// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines that begin with `#`. What is known to be dead (#if 0, __cplusplus,
 * __CHECKER__, __ASSEMBLY__) is dropped here; mask words in what is dropped
 * and in directives are counted, so that none is lost silently.
 */
#include "read/lex.h"

#include <string.h>

#include "base/mem.h"
#include "read/words.h"

static const char *skip_blanks(const char *p)
{
	while (*p == ' ' || *p == '\t')
		p++;
	return p;
}

/* The end of a string constant that starts at @p, at @end at the latest. */
static const char *skip_quoted(const char *p, const char *end)
{
	char quote = *p++;

	while (p < end && *p != quote) {
		if (*p == '\\')
			p++;
		p++;
	}
	return p < end ? p + 1 : end;
}

/* The start of a block comment in [@p, @end), not in a string, or NULL. */
static const char *find_comment(const char *p, const char *end)
{
	if (!memchr(p, '/', end - p))
		return NULL;
	while (p + 1 < end) {
		if (*p == '"' || *p == '\'') {
			p = skip_quoted(p, end);
			continue;
		}
		if (*p == '/' && p[1] == '*')
			return p;
		if (*p == '/' && p[1] == '/')
			return NULL;
		p++;
	}
	return NULL;
}

/*
 * The newline that ends the logical line at @p: not one behind a backslash or
 * inside a block comment.
 */
static const char *line_end(const char *p, const char *end)
{
	const char *from = p;

	while (p < end) {
		const char *nl = memchr(p, '\n', end - p);
		const char *c;

		if (!nl)
			return end;
		c = find_comment(p, nl);
		while (c) {
			c = memmem(c + 2, end - c - 2, "*/", 2);
			if (!c)
				return end;
			p = c + 2;
			if (p > nl)
				break;
			c = find_comment(p, nl);
		}
		if (p > nl)
			continue;
		if (nl > from && (nl[-1] == '\\' ||
				  (nl[-1] == '\r' && nl[-2] == '\\'))) {
			p = nl + 1;
			continue;
		}
		return nl;
	}
	return end;
}

/* Count the mask words in [@p, @end) that have to be accounted for. */
static bool scan_words(struct lexer *lx, const char *p, const char *end,
		       int role)
{
	bool found = false;

	while (p < end) {
		const struct mask_word *w;
		const char *q;

		if (!lex_is_name_start(*p)) {
			/* a digit drags the letters behind it along */
			p = *p >= '0' && *p <= '9' ? lex_name_end(p) : p + 1;
			continue;
		}
		q = lex_name_end(p);
		w = mask_of(lx->masks, strtab_find(lx->strings, p, q - p));
		if (w && (role < 0 || mask_restricts(w)))
			found = true;
		if (w && role >= 0 && mask_restricts(w))
			lx->src->roles[role]++;
		p = q;
	}
	return found;
}

static void pass_lines(struct lexer *lx, const char *p, const char *end)
{
	while ((p = memchr(p, '\n', end - p))) {
		lx->line++;
		lx->line_start = ++p;
	}
}

/* 0: never true, 1: always true, -1: depends on the configuration. */
static int known_macro(struct lexer *lx, const char *p, const char *end)
{
	const char *q = lex_name_end(p);
	str_t name;

	if (q > end)
		return -1;
	name = strtab_find(lx->strings, p, q - p);
	for (unsigned int i = 0; i < lx->nr_undefs; i++)
		if (lx->undefs[i] == name)
			return 0;
	switch (name) {
	case WORD___cplusplus:
	case WORD___CHECKER__:
	case WORD___ASSEMBLY__:
	case WORD___ASSEMBLER__:
		return 0;
	case WORD___KERNEL__:
		return 1;
	}
	return -1;
}

/* Is nothing but a comment left of the line? */
static bool is_line_done(const char *p, const char *end)
{
	p = skip_blanks(p);
	return p >= end || *p == '\r' || (*p == '/' && p[1] != '=');
}

/* What is known of the condition of #if or #elif at [@p, @end). */
static int known_condition(struct lexer *lx, const char *p, const char *end)
{
	bool negated = false;
	int known;

	p = skip_blanks(p);
	if ((*p == '0' || *p == '1') && !lex_is_name_start(p[1]) &&
	    (p[1] < '0' || p[1] > '9')) {
		if (is_line_done(p + 1, end))
			return *p - '0';
		p = skip_blanks(p + 1);
		return p[-1] != '1' && *p == '&' ? 0 : -1;
	}
	if (*p == '!') {
		negated = true;
		p = skip_blanks(p + 1);
	}
	if (strncmp(p, "defined", 7) || lex_name_end(p) != p + 7)
		return -1;
	p = skip_blanks(p + 7);
	if (*p == '(')
		p = skip_blanks(p + 1);
	known = known_macro(lx, p, end);
	p = skip_blanks(lex_name_end(p));
	if (*p == ')')
		p++;
	if (known < 0 || !is_line_done(p, end))
		return -1;
	return known ^ negated;
}

/* Take out everything up to the directive that ends the dead arm. */
static const char *skip_dead(struct lexer *lx, const char *p)
{
	while (p < lx->end) {
		const char *eol = line_end(p, lx->end);
		const char *s = skip_blanks(p);

		if (*s == '#')
			return p;
		scan_words(lx, p, eol, TOKEN_DROPPED);
		pass_lines(lx, p, eol);
		if (eol == lx->end)
			return eol;
		lx->line++;
		p = eol + 1;
		lx->line_start = p;
	}
	return p;
}

static void put_mark(struct lexer *lx, const char *p, unsigned int kind,
		     unsigned int flags)
{
	struct tokens *out = &lx->src->tokens;

	GROW(out->v, out->nr, out->cap);
	out->v[out->nr++] = (struct token){
		.kind = kind, .flags = flags | TOK_FIRST, .column = 1,
		.line = lx->line, .offset = p - lx->src->text,
	};
}

static struct lex_arm *top_arm(struct lexer *lx)
{
	return lx->nr_arms ? &lx->arms[lx->nr_arms - 1] : NULL;
}

static bool is_dead(struct lexer *lx)
{
	return lx->nr_arms && top_arm(lx)->dead;
}

static void directive_if(struct lexer *lx, const char *hash, int known)
{
	struct lex_arm arm = { .line = lx->line };

	if (is_dead(lx)) {
		arm.nested = arm.dead = true;
	} else if (known >= 0) {
		arm.dead = !known;
		arm.done = known;
	} else {
		arm.marked = true;
		lx->src->has_marks = true;
		put_mark(lx, hash, TOK_PP_IF, 0);
	}
	GROW(lx->arms, lx->nr_arms, lx->cap_arms);
	lx->arms[lx->nr_arms++] = arm;
}

/* #elif with what is @known of its condition, or #else (@known 1). */
static void directive_else(struct lexer *lx, const char *hash, int known)
{
	struct lex_arm *arm = top_arm(lx);

	if (!arm || arm->nested)
		return;
	arm->dead = arm->done || !known;
	if (arm->dead)
		return;
	if (arm->marked) {
		put_mark(lx, hash, TOK_PP_ELSE, known > 0 ? TOK_LAST_ARM : 0);
	} else if (known < 0) {
		arm->marked = true;
		lx->src->has_marks = true;
		put_mark(lx, hash, TOK_PP_IF, 0);
	}
	arm->done = known > 0;
}

static void directive_endif(struct lexer *lx, const char *hash)
{
	struct lex_arm *arm = top_arm(lx);

	if (!arm)
		return;
	if (arm->marked)
		put_mark(lx, hash, TOK_PP_ENDIF, arm->done ? TOK_LAST_ARM : 0);
	lx->nr_arms--;
}

/* May the body of an object macro (at @p) be of interest? */
static bool is_telling(struct lexer *lx, const char *p, const char *eol)
{
	const char *s = p;

	while (*s == ' ' || *s == '\t' || *s == '(')
		s++;
	return lex_is_name_start(*s) || scan_words(lx, p, eol, -1);
}

/* From here on no such macro exists, until a #define or a header comes. */
static void directive_undef(struct lexer *lx, const char *p)
{
	const char *name = skip_blanks(p), *end = lex_name_end(name);

	for (uint32_t i = 0; i < lx->nr_arms; i++)
		if (lx->arms[i].marked)
			return;		/* in some configurations only */
	if (end > name && lx->nr_undefs < ARRAY_SIZE(lx->undefs))
		lx->undefs[lx->nr_undefs++] = strtab_add(lx->strings, name,
							 end - name);
}

static void forget_undef(struct lexer *lx, str_t name)
{
	for (unsigned int i = 0; i < lx->nr_undefs; i++)
		if (lx->undefs[i] == name)
			lx->undefs[i--] = lx->undefs[--lx->nr_undefs];
}

static void directive_define(struct lexer *lx, const char *p, const char *eol)
{
	struct source *src = lx->src;
	struct macro m = { .first = src->macro_tokens.nr };
	const struct mask_word *w;
	const char *name, *body;

	name = skip_blanks(p);
	body = lex_name_end(name);
	if (body == name || body > eol)
		return;
	m.has_params = *body == '(';
	m.name = strtab_add(lx->strings, name, body - name);
	forget_undef(lx, m.name);
	w = mask_of(lx->masks, m.name);
	if (w && mask_restricts(w))
		src->roles[TOKEN_DEFINITION]++;
	if (!m.has_params && !is_telling(lx, body, eol)) {
		pass_lines(lx, body, eol);
		return;
	}
	m.line = lx->line;
	m.offset = name - src->text;
	m.column = name - lx->line_start + 1;
	lex_tokens(lx, body, eol, &src->macro_tokens, true);
	m.nr = src->macro_tokens.nr - m.first;
	GROW(src->macros, src->nr_macros, src->cap_macros);
	src->macros[src->nr_macros++] = m;
}

/* The name of a directive in a switch. */
enum directive {
	DIR_OTHER, DIR_IF, DIR_IFDEF, DIR_IFNDEF, DIR_ELIF, DIR_ELSE,
	DIR_ENDIF, DIR_DEFINE, DIR_INCLUDE, DIR_ELIFDEF, DIR_ELIFNDEF,
	DIR_UNDEF,
};

static enum directive which_directive(const char *p, size_t len)
{
	static const struct {
		const char *name;
		enum directive which;
	} table[] = {
		{ "define", DIR_DEFINE }, { "include", DIR_INCLUDE },
		{ "if", DIR_IF }, { "ifdef", DIR_IFDEF },
		{ "ifndef", DIR_IFNDEF }, { "elif", DIR_ELIF },
		{ "else", DIR_ELSE }, { "endif", DIR_ENDIF },
		{ "undef", DIR_UNDEF },
		{ "elifdef", DIR_ELIFDEF }, { "elifndef", DIR_ELIFNDEF },
	};

	for (size_t i = 0; i < ARRAY_SIZE(table); i++) {
		if (strlen(table[i].name) == len &&
		    !memcmp(table[i].name, p, len))
			return table[i].which;
	}
	return DIR_OTHER;
}

static int negate(int known)
{
	return known < 0 ? known : !known;
}

/* #ifndef NAME, #define NAME at the top of a file: always true. */
static bool is_include_guard(struct lexer *lx, const char *name,
			     const char *eol)
{
	size_t len = lex_name_end(name) - name;
	const char *p = eol < lx->end ? skip_blanks(eol + 1) : eol;

	if (lx->src->tokens.nr || lx->nr_arms || *p != '#')
		return false;
	p = skip_blanks(p + 1);
	if (strncmp(p, "define", 6))
		return false;
	p = skip_blanks(p + 6);
	return !strncmp(p, name, len) && lex_name_end(p) == p + len;
}

/* Open or close arms. Return: false: the directive is none of these. */
static bool directive_arm(struct lexer *lx, enum directive which,
			  const char *hash, const char *p, const char *eol)
{
	const char *name = skip_blanks(p);

	switch (which) {
	case DIR_IF:
		directive_if(lx, hash, known_condition(lx, p, eol));
		break;
	case DIR_IFDEF:
		directive_if(lx, hash, known_macro(lx, name, eol));
		break;
	case DIR_IFNDEF:
		directive_if(lx, hash, is_include_guard(lx, name, eol) ? 1 :
			     negate(known_macro(lx, name, eol)));
		break;
	case DIR_ELIF:
		directive_else(lx, hash, known_condition(lx, p, eol));
		break;
	case DIR_ELIFDEF:
		directive_else(lx, hash, known_macro(lx, name, eol));
		break;
	case DIR_ELIFNDEF:
		directive_else(lx, hash, negate(known_macro(lx, name, eol)));
		break;
	case DIR_ELSE:
		directive_else(lx, hash, 1);
		break;
	case DIR_ENDIF:
		directive_endif(lx, hash);
		break;
	default:
		return false;
	}
	return true;
}

const char *lex_directive(struct lexer *lx, const char *p)
{
	do {
		const char *name = skip_blanks(p + 1);
		const char *args = lex_name_end(name);
		const char *eol = line_end(args, lx->end);
		enum directive which = which_directive(name, args - name);
		const char *rest = args;

		if (directive_arm(lx, which, p, args, eol)) {
			scan_words(lx, args, eol, TOKEN_DIRECTIVE);
		} else if (is_dead(lx)) {
			scan_words(lx, args, eol, TOKEN_DROPPED);
		} else if (which == DIR_DEFINE) {
			directive_define(lx, args, eol);
			rest = eol;
		} else if (which == DIR_UNDEF) {
			directive_undef(lx, args);
			scan_words(lx, args, eol, TOKEN_DIRECTIVE);
		} else if (which == DIR_INCLUDE) {
			lx->nr_undefs = 0;
		} else {
			scan_words(lx, args, eol, TOKEN_DIRECTIVE);
		}
		if (rest < eol)
			pass_lines(lx, rest, eol);
		p = eol;
		if (p < lx->end && is_dead(lx)) {
			lx->line++;
			lx->line_start = p + 1;
			p = skip_dead(lx, p + 1);
			if (p < lx->end)
				p = skip_blanks(p);
		}
	} while (p < lx->end && is_dead(lx));
	return p;
}
