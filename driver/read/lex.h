/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bytes to tokens. Cannot fail: what is no token of C is skipped with a note.
 *
 * Directives are worked off on the way: #define bodies become token lists of
 * their own, arms that are known to be dead are left out, other #if/#else/
 * #endif stay as marks for arms.c to decide on.
 */
#ifndef READ_LEX_H
#define READ_LEX_H

#include <stdbool.h>

#include "read/facts.h"
#include "read/strtab.h"

/* Punctuation of one character has that character as its kind. */
enum token_kind {
	TOK_EOF,
	TOK_NAME,	/* id: string */
	TOK_NUM,
	TOK_CHAR,
	TOK_STR,
	TOK_PP_IF,	/* id: index of the next mark of its group */
	TOK_PP_ELSE,	/* #elif and #else; id: as above */
	TOK_PP_ENDIF,
	TOK_GONE,	/* taken out by arms.c */
	TOK_ARROW = 128, TOK_INC, TOK_DEC, TOK_SHL, TOK_SHR, TOK_LE, TOK_GE,
	TOK_EQ, TOK_NE, TOK_ANDAND, TOK_OROR, TOK_ELLIPSIS, TOK_PASTE,
	TOK_SET_OR, TOK_SET_AND, TOK_SET_OTHER,	/* |=  &=  other op= */
};

enum token_flag {
	TOK_FIRST = 1,		/* first token of its line */
	TOK_LAST_ARM = 2,	/* PP_ELSE: #else; PP_ENDIF: there was one */
	TOK_CHOICE = 4,		/* PP_IF: arms are whole statements */
	TOK_LIST = 8,		/* PP_IF: arms are whole list entries */
	TOK_MET = 16,		/* mask word that is accounted for */
	TOK_SPLICED = 32,	/* a name that goes on after a backslash at the
				 * end of a line; its string does not tell */
};

struct token {
	uint8_t kind;		/* enum token_kind or a character */
	uint8_t flags;		/* enum token_flag */
	uint16_t column;	/* 1-based; 0xffff: further right */
	uint32_t line;		/* 1-based */
	uint32_t offset;	/* of its first byte */
	uint32_t id;		/* NAME: string; opening and closing brackets:
				 * index of the other one, 0: none;
				 * others: length in bytes */
};

struct tokens {
	struct token *v;
	uint32_t nr, cap;
};

/* #define NAME body: its tokens, the parameter list included. */
struct macro {
	uint32_t name;		/* string id */
	uint32_t line, offset;	/* of the name */
	uint16_t column;
	bool has_params;
	uint32_t first, nr;	/* in source.macro_tokens */
};

struct source_note {
	uint8_t kind;		/* enum note_kind */
	uint32_t line;
	const char *text;
};

/* The mask words by string id. */
struct mask_table {
	const struct mask_word *words;
	uint16_t *of_id;	/* index + 1; 0: none */
	uint32_t nr_ids;	/* ids at and above it are no mask words */
};

static inline const struct mask_word *mask_of(const struct mask_table *t,
					      uint32_t id)
{
	if (id >= t->nr_ids || !t->of_id[id])
		return NULL;
	return &t->words[t->of_id[id] - 1];
}

/* Does the word take part in restricting, so that it must be accounted for? */
static inline bool mask_restricts(const struct mask_word *w)
{
	return w->restricts || (w->is_bit && (w->sets & (MASK_FS | MASK_IO)));
}

/* One file as tokens. Buffers are reused from file to file. */
struct source {
	const char *text;	/* followed by SOURCE_PAD zero bytes */
	uint32_t len;
	struct tokens tokens;	/* ends in TOK_EOF */
	struct tokens macro_tokens;
	struct macro *macros;
	uint32_t nr_macros, cap_macros;
	struct source_note *notes;
	uint32_t nr_notes, cap_notes;
	uint32_t nr_lines;
	char **splices;		/* names put together from two lines */
	uint32_t nr_splices, cap_splices;
	bool has_masks;		/* a token is a mask word that restricts */
	bool has_marks;		/* a token is a PP_IF */
	bool even;		/* every bracket has its other one */
	uint32_t roles[TOKEN_NR_ROLES];
};

#define SOURCE_PAD 64

/**
 * lex_source() - the tokens of @src->text.
 * @src: text and len are set, the rest is what an earlier file left there
 */
void lex_source(struct source *src, struct strtab *strings,
		const struct mask_table *masks);
void source_release(struct source *src);

void source_note(struct source *src, enum note_kind kind, uint32_t line,
		 const char *text);

/**
 * arms_settle() - decide on the #if groups of @t and pair its brackets.
 *
 * Groups whose arms are whole statements keep their marks; of the others one
 * arm, or all of a list, is left and the marks are gone.
 */
void arms_settle(struct source *src, struct tokens *t,
		 const struct mask_table *masks);

/** pair_brackets() - set token.id of the brackets among @t[@first..@end).
 * Return: each of them has one. */
bool pair_brackets(struct token *t, uint32_t first, uint32_t end);

/* ---- between lex.c and directive.c ---- */

/* An #if that is open. */
struct lex_arm {
	bool marked;		/* a PP_IF was put out */
	bool dead;		/* the arm that is being read is dropped */
	bool done;		/* an arm was taken: all later ones are dead */
	bool nested;		/* the whole group lies in a dead arm */
	uint32_t line;
};

struct lexer {
	struct source *src;
	struct strtab *strings;
	const struct mask_table *masks;
	const char *end;
	const char *line_start;
	uint32_t line;
	bool bol;		/* no token on this line yet */
	struct lex_arm *arms;
	uint32_t nr_arms, cap_arms;
	str_t undefs[8];	/* names that no #define follows so far */
	unsigned int nr_undefs;
};

/** lex_tokens() - append the tokens of [@p, @end) to @out; @in_macro: of a
 * #define's body. Return: where it stopped. */
const char *lex_tokens(struct lexer *lx, const char *p, const char *end,
		       struct tokens *out, bool in_macro);

/** lex_directive() - work off the directive whose `#` is at @p. Return: the
 * newline after it, or after what it dropped. */
const char *lex_directive(struct lexer *lx, const char *p);

const char *lex_skip_comment(struct lexer *lx, const char *p,
			     const char *end);
const char *lex_name_end(const char *p);

/** lex_spliced_end() - the same, also where the name goes on after a backslash
 * at the end of a line. */
const char *lex_spliced_end(const char *p);
bool lex_is_name_start(char c);

#endif
