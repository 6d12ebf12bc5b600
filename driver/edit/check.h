/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Semantic patches run over a tree that is not checked out: which files they
 * can matter to, Coccinelle on those, and what it said about each.
 */
#ifndef EDIT_CHECK_H
#define EDIT_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "edit/smpl.h"
#include "input/source.h"

struct factcache;

enum check_kind {
	FOUND_HIT,		/* a place that was found */
	FOUND_DIFF,		/* all changes of one file */
	FOUND_OUTPUT,		/* a line that names no place */
	FOUND_UNPARSED,		/* code that Coccinelle did not understand */
	FOUND_FAILED,		/* the file was not finished: why */
};

/* One thing that a rule had to say about a file. */
struct check_item {
	uint8_t kind;		/* enum check_kind */
	bool matters;		/* UNPARSED: has the words of the rule */
	uint32_t rule;		/* in check_result.rules */
	uint32_t line;		/* from 1; 0: none */
	uint32_t column, end_column;	/* from 1, the end is behind it; 0 */
	const char *path;	/* OUTPUT of all files at once: the first */
	const char *function;	/* "" outside of functions */
	const char *text;	/* message, diff, line, reason */
};

struct check_rule {
	struct smpl smpl;
	bool headers;		/* looks at *.h, too */
	const char *skipped;	/* why it did not run; NULL: it did */
	const char *ignored;	/* options that cannot be honoured, "" */
	const char *extra[8];	/* options passed on, NULL terminated */
	uint8_t key[SOURCE_OID_RAW];	/* its part of the cache's keys */
	uint64_t files;		/* that it was run on, or had been */
	uint64_t cached;	/* of these: answered from the cache */
};

struct check_result {
	struct arena arena;
	struct check_rule *rules;	/* owned, as given */
	size_t nr_rules;
	struct check_item *items;	/* by path, line, column, rule, .. */
	size_t nr_items;
	uint64_t nr_files;	/* listed with text in them */
	uint64_t nr_unreadable;
	double cpu;		/* seconds of Coccinelle */
};

struct check_opts {
	struct source *source;
	struct source_list *files;
	struct factcache *cache;	/* NULL: none */
	unsigned int threads;
	unsigned int seconds;	/* for one file; 0: 200, as the kernel's */
	const struct smpl_define *defs;
	size_t nr_defs;
	const char *spatch;	/* its version */
	bool no_sandbox, quiet;
};

/**
 * check_prepare() - make @rule ready: its options, whether Coccinelle is new
 * enough for it, its part of the keys.
 */
void check_prepare(struct check_rule *rule, struct arena *arena,
		   const struct check_opts *o);

/**
 * check_run() - run @r->rules, which are prepared, over @o->files.
 *
 * What goes wrong with a file is an item, not an error. Return: 0; ERR_FORMAT
 * when Coccinelle does not take a rule, with its message; ERR_IO;
 * ERR_NOT_FOUND without Coccinelle.
 */
int check_run(struct check_result *r, const struct check_opts *o,
	      struct err *err);

void check_result_init(struct check_result *r);
void check_result_release(struct check_result *r);

/* ---- between the files of the module ---- */

/* Items of one file, or of several. */
struct check_items {
	struct check_item *v;
	size_t nr, cap;
};

/* A file as one rule is to see it. */
struct check_input {
	const char *path;
	const char *text;	/* the whole of it */
	size_t len;
	struct strbuf cut;	/* without what does not matter */
	const struct facts *facts;
	struct check_items found;
	bool failed;		/* what was found is not all */
};

/* One thread's place to run Coccinelle in. */
struct check_place {
	const char *dir;	/* private, exists */
	const char *python;	/* NULL: left to Coccinelle */
	const char *any_python;	/* the same, for scripts without imports */
	struct arena *arena;	/* of what is found */
	double cpu;
	unsigned int runs;	/* of Coccinelle, so far */
};

/**
 * check_batch() - run one rule on @nr files, fill in what it found in each.
 *
 * If that fails, or if it says something that names no file, each file is
 * tried again by itself. @together: do not do that, and put what names no file
 * to the first.
 */
void check_batch(const struct check_rule *rule, const struct check_opts *o,
		 struct check_place *place, struct check_input *in, size_t nr,
		 bool together);

/** check_syntax() - does Coccinelle take the rule? ERR_FORMAT: why not. */
int check_syntax(const struct check_rule *rule, const struct check_opts *o,
		 const char *dir, struct err *err);

/**
 * check_parse() - what Coccinelle wrote, as items of @in.
 * @together: what names no file goes to the first
 *
 * Return: true when every line found its file.
 */
bool check_parse(const struct check_rule *rule, struct check_place *place,
		 const char *out, const char *errors, struct check_input *in,
		 size_t nr, bool together);

/** check_add() - an item with copies of its strings. */
void check_add(struct check_items *items, struct arena *arena,
	       const struct check_item *item);

/* Items of a file as the bytes of a cache record, and back. */
void check_save(const struct check_items *items, struct strbuf *out);
bool check_load(struct check_items *items, struct arena *arena,
		const void *data, size_t len);

#endif
