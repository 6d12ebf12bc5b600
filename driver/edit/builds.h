/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Does a changed file compile, by the tree's own saved command?
 */
#ifndef EDIT_BUILDS_H
#define EDIT_BUILDS_H

#include "base/err.h"
#include "edit/proposal.h"

/**
 * builds_check() - compile the changed text of @path, syntax and types only.
 * @build: a configured kernel build directory, of the same tree
 * @dir: existing private directory
 * @why: out: the compiler's lines when it failed
 *
 * Return: CHECK_OK; CHECK_FAILED; CHECK_NOT_RUN when this configuration has
 * not built the file (a header never is).
 */
enum check_state builds_check(const char *build, const char *dir,
			      const char *path, const char *text, size_t len,
			      struct strbuf *why);

/** builds_split() - the words of a shell command up to its first `;`, quotes
 * taken off. Each is freed by the caller, as is the array (NULL at its end). */
char **builds_split(const char *command);

#endif
