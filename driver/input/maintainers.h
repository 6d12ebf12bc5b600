/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who is to be told about a change: the MAINTAINERS file of a tree.
 *
 * The answers are those of scripts/get_maintainer.pl with --nogit,
 * --nogit-fallback and --nokeywords. Keywords (K:) are left out on purpose:
 * since 6.6 the script itself no longer looks for them in whole files.
 */
#ifndef INPUT_MAINTAINERS_H
#define INPUT_MAINTAINERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct maintainers;
struct source;

enum recipient_kind {
	RECIPIENT_MAINTAINER,
	RECIPIENT_REVIEWER,
	RECIPIENT_LIST,
};

struct recipient {
	enum recipient_kind kind;
	const char *address;	/* "A Person <a@example.org>", "l@example.org" */
	const char *role;	/* "maintainer:EXT4 FILE SYSTEM", "open list" */
};

/* Most specific first, as the script prints them; lists come last. */
struct recipients {
	struct recipient *to;
	size_t nr;
	const char *subsystem;	/* title of the closest section, NULL: none */
	const char *status;	/* its S: line, NULL: none */
};

/**
 * maintainers_parse() - from the texts of MAINTAINERS and of .mailmap.
 * @is_dir: is this path a directory of the tree? Asked while matching, for
 * patterns without a '/' at their end; NULL: never
 *
 * Owner: the caller, nothing of the texts is kept. Never fails: a pattern that
 * is not understood is counted, see maintainers_nr_odd().
 */
struct maintainers *maintainers_parse(const char *text, size_t len,
				      const char *mailmap, size_t mailmap_len,
				      bool (*is_dir)(void *ctx,
						     const char *path),
				      void *ctx);

/**
 * maintainers_load() - those of @s, which must outlive them.
 *
 * Return: NULL with ERR_NOT_FOUND when the tree has no MAINTAINERS.
 */
struct maintainers *maintainers_load(struct source *s, struct err *err);
void maintainers_free(struct maintainers *m);

/**
 * maintainers_match() - whom a change of the file @path concerns.
 * @arena: owns the array and the strings of @out
 *
 * Where the script leaves the order of two sections to chance (equally
 * specific ones), it is that of MAINTAINERS. Context: one thread per @m.
 */
void maintainers_match(struct maintainers *m, const char *path,
		       struct arena *arena, struct recipients *out);

/** maintainers_nr_odd() - N: patterns that were not understood. */
size_t maintainers_nr_odd(const struct maintainers *m);

#endif
