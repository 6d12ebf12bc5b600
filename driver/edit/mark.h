/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Marks: the names that stand for decided tokens while Coccinelle works on a
 * private copy of a file. The head of cocci/convert/nofs.cocci lists them.
 */
#ifndef EDIT_MARK_H
#define EDIT_MARK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "edit/proposal.h"
#include "edit/text.h"

enum mark_kind {
	MARK_RENAME,	/* stays through it all, is put back at the end */
	MARK_EXPAND,	/* must be gone afterwards; else it is put back and
			 * its site is refused */
	MARK_INSERT,	/* the same, but it stands for nothing */
};

struct mark {
	uint32_t off, len;	/* bytes of the source that it replaces */
	uint32_t seq;		/* order of insertions at one place */
	uint32_t at;		/* offset in the marked text, once applied */
	uint32_t site;		/* in edit_file.sites, TOK_NONE */
	uint8_t kind;		/* enum mark_kind */
	bool left;		/* out: no rule took it */
	char text[80];
};

/* Source bytes that are gone once the mark numbered @seq is expanded. */
struct cut {
	uint32_t off, end, seq;
};

/* One file of one plan, and all that must come of it. */
struct edit_file {
	struct arena arena;	/* of the strings made on the way */
	const char *path;
	const char *src;	/* with LF line ends, borrowed */
	size_t len;
	struct text text;	/* of src */
	const struct facts *facts;
	const struct mask_word *words;
	size_t nr_words;

	const struct result_site **sites;	/* whose masks change */
	size_t nr_sites, cap_sites;
	struct mark *marks;
	size_t nr_marks, cap_marks;
	struct cut *cuts;
	size_t nr_cuts, cap_cuts;

	/* Scopes; all of one file are of one kind. */
	uint8_t restriction;	/* enum restriction, 0: no scope */
	uint8_t extent;		/* enum extent */
	bool folds;		/* a parameter goes */
	uint32_t saves, restores, declarations, temps, includes;
	const char *flags;	/* variable that keeps the old state */
	const char *temp;	/* variable for a returned value, NULL */
	const char *note;	/* text for a comment at the first save */
	const char **functions;	/* that get scopes */
	size_t nr_functions, cap_functions;
};

void edit_file_init(struct edit_file *f, const char *path, const char *src,
		    size_t len, const struct facts *facts);
void edit_file_release(struct edit_file *f);

/* Names that the semantic patch uses for what the driver chooses; those that
 * the file has already are hidden from it. */
#define NAME_NOFS	"nofs_flags"
#define NAME_NOIO	"noio_flags"
#define NAME_VALUE	"nofs_value"

/** mark_add() - replace the bytes [@off, @off + @len) by @text. */
struct mark *mark_add(struct edit_file *f, uint8_t kind, uint32_t off,
		      uint32_t len, const char *text);
/** mark_token() - give token @i the name @prefix, a number and as many "_" as
 * keep its width. */
struct mark *mark_token(struct edit_file *f, uint8_t kind, uint32_t i,
			const char *prefix);
/** mark_cut() - tokens @first to @last go with mark @m. */
void mark_cut(struct edit_file *f, const struct mark *m, uint32_t first,
	      uint32_t last);
/** mark_wrap() - put @head before token @first and ")" after token @last. */
struct mark *mark_wrap(struct edit_file *f, uint32_t first, uint32_t last,
		       const char *head);

/** mark_statement() - put the statement @text on a line of its own behind
 * token @i and a blank line after declarations, indented like the token after
 * it (one tab more than a "}"). */
void mark_statement(struct edit_file *f, uint32_t i, const char *text);
/** mark_bodies() - take the bodies of functions without a mark out of sight.
 * All other marks but those of hide_names() must be there. */
void mark_bodies(struct edit_file *f);

/**
 * mark_site() - mark the mask of @site for the change @kind.
 *
 * Return: 0, or ERR_FAILED with the reason why it cannot be changed.
 */
int mark_site(struct edit_file *f, const struct result_site *site,
	      enum proposal_kind kind, struct err *err);

/** marks_apply() - sort the marks, write the marked text to @out. */
int marks_apply(struct edit_file *f, struct strbuf *out, struct err *err);

#endif
