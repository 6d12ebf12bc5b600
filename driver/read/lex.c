// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lexer proper: names, numbers, strings, punctuation, comments. Directives
 * are directive.c's. Every byte is looked at once, and the text is followed by
 * zero bytes, so that no lookahead needs a check.
 */
#include "read/lex.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum char_class {
	CH_OTHER, CH_SPACE, CH_NEWLINE, CH_NAME, CH_DIGIT, CH_QUOTE, CH_SLASH,
	CH_DOT, CH_HASH, CH_PUNCT,
	CH_SINGLE,	/* punctuation that no other character joins */
};

/* Bytes above 127 are taken for letters: they occur in strings and comments
 * only, and nothing better can be done with them elsewhere. */
static const uint8_t char_class[256] = {
	['\t'] = CH_SPACE, ['\v'] = CH_SPACE, ['\f'] = CH_SPACE,
	['\r'] = CH_SPACE, [' '] = CH_SPACE, ['\\'] = CH_SPACE,
	['\n'] = CH_NEWLINE,
	['0' ... '9'] = CH_DIGIT,
	['a' ... 'z'] = CH_NAME, ['A' ... 'Z'] = CH_NAME, ['_'] = CH_NAME,
	['$'] = CH_NAME, [128 ... 255] = CH_NAME,
	['"'] = CH_QUOTE, ['\''] = CH_QUOTE,
	['/'] = CH_SLASH, ['.'] = CH_DOT, ['#'] = CH_HASH,
	['!'] = CH_PUNCT, ['%'] = CH_PUNCT, ['&'] = CH_PUNCT,
	['*'] = CH_PUNCT, ['+'] = CH_PUNCT, ['-'] = CH_PUNCT,
	['<'] = CH_PUNCT, ['='] = CH_PUNCT, ['>'] = CH_PUNCT,
	['^'] = CH_PUNCT, ['|'] = CH_PUNCT,
	['('] = CH_SINGLE, [')'] = CH_SINGLE, ['['] = CH_SINGLE,
	[']'] = CH_SINGLE, ['{'] = CH_SINGLE, ['}'] = CH_SINGLE,
	[','] = CH_SINGLE, [';'] = CH_SINGLE, [':'] = CH_SINGLE,
	['?'] = CH_SINGLE, ['~'] = CH_SINGLE,
};

static inline enum char_class class_of(char c)
{
	return char_class[(uint8_t)c];
}

bool lex_is_name_start(char c)
{
	return class_of(c) == CH_NAME;
}

static inline bool is_name_char(char c)
{
	return class_of(c) == CH_NAME || class_of(c) == CH_DIGIT;
}

const char *lex_name_end(const char *p)
{
	while (is_name_char(*p))
		p++;
	return p;
}

/* The bytes of a line's continuation at @p when a name goes on behind it. */
static inline size_t splice_len(const char *p)
{
	size_t len;

	if (*p != '\\')
		return 0;
	len = p[1] == '\n' ? 2 : p[1] == '\r' && p[2] == '\n' ? 3 : 0;
	return len && is_name_char(p[len]) ? len : 0;
}

const char *lex_spliced_end(const char *p)
{
	size_t len;

	do {
		p = lex_name_end(p);
		len = splice_len(p);
		p += len;
	} while (len);
	return p;
}

static void drop_splices(struct source *src)
{
	while (src->nr_splices)
		free(src->splices[--src->nr_splices]);
}

void source_note(struct source *src, enum note_kind kind, uint32_t line,
		 const char *text)
{
	GROW(src->notes, src->nr_notes, src->cap_notes);
	src->notes[src->nr_notes++] = (struct source_note){ kind, line, text };
}

void source_release(struct source *src)
{
	free(src->tokens.v);
	free(src->macro_tokens.v);
	free(src->macros);
	free(src->notes);
	drop_splices(src);
	free(src->splices);
	memset(src, 0, sizeof(*src));
}

static inline struct token *put(struct lexer *lx, struct tokens *out,
				const char *p, unsigned int kind)
{
	size_t column = p - lx->line_start + 1;
	struct token *t;

	if (out->nr == out->cap)
		GROW(out->v, out->nr, out->cap);
	t = &out->v[out->nr++];
	t->kind = kind;
	t->flags = lx->bol ? TOK_FIRST : 0;
	t->column = column < 0xffff ? column : 0xffff;
	t->line = lx->line;
	t->offset = p - lx->src->text;
	t->id = 1;
	lx->bol = false;
	return t;
}

static inline const char *newline(struct lexer *lx, const char *p)
{
	lx->line++;
	lx->line_start = p + 1;
	lx->bol = true;
	return p + 1;
}

const char *lex_skip_comment(struct lexer *lx, const char *p, const char *end)
{
	uint32_t line = lx->line;

	if (p[1] == '/') {
		while (p < end) {
			p = memchr(p, '\n', end - p);
			if (!p)
				return end;
			if (p[-1] != '\\')
				return p;
			p = newline(lx, p);
		}
		return end;
	}
	for (p += 2; p < end; p++) {
		if (*p == '\n') {
			bool bol = lx->bol;

			newline(lx, p);
			lx->bol = bol;
		} else if (*p == '*' && p[1] == '/' && p + 1 < end) {
			return p + 2;
		}
	}
	source_note(lx->src, NOTE_UNTERMINATED, line, "comment");
	return end;
}

static const char *lex_number(struct lexer *lx, const char *p,
			      struct tokens *out)
{
	const char *s = p;
	bool hex = p[0] == '0' && (p[1] | 32) == 'x';

	while (is_name_char(*p) || *p == '.' ||
	       ((*p == '+' || *p == '-') && !hex && (p[-1] | 32) == 'e'))
		p++;
	put(lx, out, s, TOK_NUM)->id = p - s;
	return p;
}

/* A string or character constant. It ends at the end of its line at the
 * latest: an apostrophe in assembly or prose must not eat the file. */
static const char *lex_quoted(struct lexer *lx, const char *p,
			      const char *end, struct tokens *out)
{
	const char *s = p;
	uint32_t nr = out->nr;

	put(lx, out, p, *s == '"' ? TOK_STR : TOK_CHAR);
	for (p++; p < end && *p != *s; p++) {
		if (*p == '\n')
			break;
		if (*p != '\\' || p + 1 >= end)
			continue;
		p++;
		if (*p == '\r' && p[1] == '\n')
			p++;
		if (*p == '\n') {
			newline(lx, p);
			lx->bol = false;
		}
	}
	if (p < end && *p == *s)
		p++;
	else
		source_note(lx->src, NOTE_UNTERMINATED, out->v[nr].line,
			    "string");
	out->v[nr].id = p - s;
	return p;
}

/* Punctuation of more than one character, by its first two. */
static unsigned int kind_of_two(char a, char b)
{
	if (b == '=') {
		switch (a) {
		case '=': return TOK_EQ;
		case '!': return TOK_NE;
		case '<': return TOK_LE;
		case '>': return TOK_GE;
		case '|': return TOK_SET_OR;
		case '&': return TOK_SET_AND;
		case '+': case '-': case '*': case '/': case '%': case '^':
			return TOK_SET_OTHER;
		}
		return 0;
	}
	if (a == b) {
		switch (a) {
		case '&': return TOK_ANDAND;
		case '|': return TOK_OROR;
		case '+': return TOK_INC;
		case '-': return TOK_DEC;
		case '<': return TOK_SHL;
		case '>': return TOK_SHR;
		case '#': return TOK_PASTE;
		}
		return 0;
	}
	return a == '-' && b == '>' ? TOK_ARROW : 0;
}

static const char *lex_punct(struct lexer *lx, const char *p,
			     struct tokens *out)
{
	unsigned int kind = kind_of_two(p[0], p[1]);
	unsigned int len = kind ? 2 : 1;

	if ((kind == TOK_SHL || kind == TOK_SHR) && p[2] == '=') {
		kind = TOK_SET_OTHER;
		len = 3;
	} else if (p[0] == '.' && p[1] == '.' && p[2] == '.') {
		kind = TOK_ELLIPSIS;
		len = 3;
	}
	put(lx, out, p, kind ? kind : (uint8_t)*p)->id = len;
	return p + len;
}

static inline void note_mask(struct lexer *lx, uint32_t id)
{
	if (id < lx->masks->nr_ids && lx->masks->of_id[id] &&
	    mask_restricts(mask_of(lx->masks, id)))
		lx->src->has_masks = true;
}

/* A name over several lines: its string is put together. */
static const char *lex_spliced(struct lexer *lx, const char *s,
			       struct tokens *out)
{
	const char *end = lex_spliced_end(s), *p = s;
	char *name = xcalloc(1, (size_t)(end - s) + STRTAB_PAD);
	size_t len = 0;
	struct token *t = put(lx, out, s, TOK_NAME);

	while (p < end) {
		size_t skip = splice_len(p);

		if (skip) {
			newline(lx, p + skip - 1);
			lx->bol = false;
			p += skip;
		} else {
			name[len++] = *p++;
		}
	}
	GROW(lx->src->splices, lx->src->nr_splices, lx->src->cap_splices);
	lx->src->splices[lx->src->nr_splices++] = name;
	t->id = strtab_add(lx->strings, name, len);
	t->flags |= TOK_SPLICED;
	note_mask(lx, t->id);
	return end;
}

static inline const char *lex_name(struct lexer *lx, const char *p,
				   const char *end, struct tokens *out)
{
	const char *s = p;
	uint32_t id;

	do {
		p++;
	} while (is_name_char(*p));
	if (p - s == 1 && *s == 'L' && (*p == '"' || *p == '\''))
		return lex_quoted(lx, p, end, out);
	if (*p == '\\' && splice_len(p))
		return lex_spliced(lx, s, out);
	id = strtab_add(lx->strings, s, p - s);
	put(lx, out, s, TOK_NAME)->id = id;
	note_mask(lx, id);
	return p;
}

/* A flat switch over what a token can begin with. */
const char *lex_tokens(struct lexer *lx, const char *p, const char *end,
		       struct tokens *out, bool in_macro)
{
	while (p < end) {
		switch (class_of(*p)) {
		case CH_SPACE:
			p++;
			break;
		case CH_NEWLINE:
			p = newline(lx, p);
			break;
		case CH_NAME:
			p = lex_name(lx, p, end, out);
			break;
		case CH_DIGIT:
			p = lex_number(lx, p, out);
			break;
		case CH_QUOTE:
			p = lex_quoted(lx, p, end, out);
			break;
		case CH_SLASH:
			if (p[1] == '*' || p[1] == '/')
				p = lex_skip_comment(lx, p, end);
			else
				p = lex_punct(lx, p, out);
			break;
		case CH_DOT:
			if (class_of(p[1]) == CH_DIGIT)
				p = lex_number(lx, p, out);
			else
				p = lex_punct(lx, p, out);
			break;
		case CH_HASH:
			if (!in_macro && lx->bol)
				p = lex_directive(lx, p);
			else
				p = lex_punct(lx, p, out);
			break;
		case CH_PUNCT:
			p = lex_punct(lx, p, out);
			break;
		case CH_SINGLE:
			put(lx, out, p, (uint8_t)*p);
			p++;
			break;
		case CH_OTHER:
			source_note(lx->src, NOTE_ODD, lx->line, "byte");
			p++;
			break;
		}
	}
	return p;
}

static void put_end(struct lexer *lx, struct tokens *out)
{
	put(lx, out, lx->end, TOK_EOF);
	out->nr--;
}

void lex_source(struct source *src, struct strtab *strings,
		const struct mask_table *masks)
{
	struct lexer lx = {
		.src = src, .strings = strings, .masks = masks,
		.end = src->text + src->len, .line_start = src->text,
		.line = 1, .bol = true,
	};

	src->tokens.nr = 0;
	src->macro_tokens.nr = 0;
	src->nr_macros = 0;
	src->nr_notes = 0;
	drop_splices(src);
	src->has_masks = false;
	src->has_marks = false;
	memset(src->roles, 0, sizeof(src->roles));
	lex_tokens(&lx, src->text, lx.end, &src->tokens, false);
	while (lx.nr_arms) {
		struct lex_arm *arm = &lx.arms[--lx.nr_arms];

		source_note(src, NOTE_UNTERMINATED, arm->line, "#if");
		if (arm->marked)
			put(&lx, &src->tokens, lx.end, TOK_PP_ENDIF);
	}
	put_end(&lx, &src->tokens);
	put_end(&lx, &src->macro_tokens);
	src->nr_lines = lx.line - (!src->len || lx.end[-1] == '\n');
	free(lx.arms);
}
