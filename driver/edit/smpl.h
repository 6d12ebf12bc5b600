/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is to be known of a semantic patch before Coccinelle runs it: its
 * header, its modes, and which words a file or a function must have for it to
 * matter there.
 *
 * The words are an optimisation that may not lose a match. Whatever of the
 * language is not understood here makes the patch one that any file, and any
 * function, may matter to.
 */
#ifndef EDIT_SMPL_H
#define EDIT_SMPL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum smpl_mode {
	SMPL_REPORT, SMPL_CONTEXT, SMPL_ORG, SMPL_PATCH, SMPL_NR_MODES
};

/** smpl_mode_parse() - "report", ..; negative when it is none. */
int smpl_mode_parse(const char *word);
const char *smpl_mode_name(enum smpl_mode mode);

/* An expression over words: and, or, a word, yes, no. */
struct smpl_node {
	uint8_t op;
	uint32_t a, b;		/* nodes before this one, or the word */
};

struct smpl_rule {
	uint32_t needs;		/* node: what a match must have */
	bool root;		/* can match with no other rule's help */
	bool script;
};

struct smpl {
	struct arena arena;
	const char *path;	/* as given */
	const char *file;	/* the same, absolute */
	const char *name;	/* of the file, without .cocci */
	char digest[65];	/* SHA-256 of the text, hex */
	/* the header; "" where there is none */
	const char *about;	/* the lines after ///, joined */
	const char *confidence, *requires, *options, *trees;
	unsigned int modes;	/* 1 << enum smpl_mode; 0: has none */
	enum smpl_mode mode;	/* that it is read for */
	bool stars;		/* marks places instead of changing them */
	bool at_end;		/* has a script for when all is done */
	bool python;		/* has a script that Python runs */
	bool imports;		/* it may want modules: not any Python will do */

	char **words;		/* owned, as is the rest */
	size_t nr_words, cap_words;
	uint32_t *index;	/* hash table of word + 1, 0: free */
	size_t nr_index;
	uint8_t *skip;		/* see smpl_scan.c; NULL: look at each word */
	uint8_t window;		/* length of the shortest word */
	struct smpl_node *nodes;
	size_t nr_nodes, cap_nodes;
	struct smpl_rule *rules;
	size_t nr_rules, cap_rules;
	bool any_file;		/* no word is needed */
	bool whole;		/* functions cannot be told apart by words */
	bool types;		/* it matters how something is declared */
};

struct smpl_define {
	const char *name, *value;	/* -D name=value; value NULL: a rule */
};

/**
 * smpl_read() - read the semantic patch at @path for @mode.
 * @mode: negative: report, else context, org, patch, what of them it has
 * @defs: virtual rules and identifiers besides the mode
 *
 * Not a syntax check, that is Coccinelle's. Return: 0; ERR_NOT_FOUND, ERR_IO;
 * ERR_USAGE when it does not have @mode. @s must be released in any case.
 */
int smpl_read(struct smpl *s, const char *path, int mode,
	      const struct smpl_define *defs, size_t nr_defs,
	      struct err *err);
void smpl_release(struct smpl *s);

/**
 * smpl_scan() - note in @seen (nr_words bytes, not cleared) which of its words
 * the @len bytes at @text have. Context: any thread.
 */
void smpl_scan(const struct smpl *s, const char *text, size_t len,
	       uint8_t *seen);

/** smpl_wants_file(), smpl_wants_function() - can it match something that has
 * these words? Context: any thread. */
bool smpl_wants_file(const struct smpl *s, const uint8_t *seen);
bool smpl_wants_function(const struct smpl *s, const uint8_t *seen);

/* A byte of a word of C, whatever the locale. */
static inline bool smpl_in_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_';
}

/* ---- between the files of the module ---- */

enum { NODE_YES, NODE_NO, NODE_WORD, NODE_AND, NODE_OR };

uint32_t smpl_node_word(struct smpl *s, const char *word, size_t len);
uint32_t smpl_node_and(struct smpl *s, uint32_t a, uint32_t b);
uint32_t smpl_node_or(struct smpl *s, uint32_t a, uint32_t b);

/** smpl_scan_prepare() - once all words are there, for smpl_scan(). */
void smpl_scan_prepare(struct smpl *s);

/**
 * smpl_words() - what a match of a rule needs.
 * @decls, @body: its two parts, comments and strings already blank
 *
 * Sets @s->whole when it spans several functions. *@inherits is set when a
 * metavariable of another rule must have a value.
 */
uint32_t smpl_words(struct smpl *s, const char *decls, const char *body,
		    const struct smpl_define *defs, size_t nr_defs,
		    bool *inherits);

#endif
