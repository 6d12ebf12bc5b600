/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which paths of a tree a run is about, as the user named them.
 */
#ifndef INPUT_PATHSPEC_H
#define INPUT_PATHSPEC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct pathspec_item {
	char *pattern;		/* "" is everything */
	size_t literal;		/* bytes before the first of * ? [ and \ */
	bool exclude;		/* was ":!pattern" or ":^pattern" */
	bool matched;		/* something was selected by it */
};

struct pathspec {
	struct pathspec_item *items;
	size_t nr, nr_include;
};

/**
 * pathspec_init() - from @nr words, relative to the top of the tree.
 *
 * "./" and a "/" at the end mean nothing. Return: 0, or ERR_USAGE for an empty
 * word, an absolute path and for "..". @ps must be released in any case.
 */
int pathspec_init(struct pathspec *ps, const char *const *words, size_t nr,
		  struct err *err);
void pathspec_release(struct pathspec *ps);

/**
 * pathspec_match() - is @path selected? Notes which items it matches.
 *
 * An item selects the file or directory it names and all below; * and ? stand
 * for '/' too, as in git. Excluding items win.
 */
bool pathspec_match(struct pathspec *ps, const char *path);

/** pathspec_enters() - can anything below the directory @dir be selected? */
bool pathspec_enters(const struct pathspec *ps, const char *dir);

/** pathspec_unmatched() - the first item that selected nothing, or NULL. */
const char *pathspec_unmatched(const struct pathspec *ps);

#endif
