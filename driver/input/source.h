/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A tree to read: a revision in a git repository, or a plain directory.
 */
#ifndef INPUT_SOURCE_H
#define INPUT_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct source;

struct source_opts {
	const char *repo;	/* repository, bare or not, or below one */
	const char *rev;	/* anything git rev-parse takes */
	const char *worktree;	/* a plain directory instead, NULL */
	unsigned int threads;	/* threads that will call source_read() */
};

/* A *.c or *.h file; all are in path order. */
struct source_file {
	const char *path;	/* from the top of the tree */
	uint64_t size;		/* bytes */
	const char *blob;	/* object id in hex, "" for a directory */
};

/* A *.c or *.h entry that is not read: symlink, submodule, too large. */
struct source_skip {
	const char *path, *why;
};

/**
 * source_open() - find the tree and list its files; nothing is read yet.
 *
 * Return: 0; ERR_NOT_FOUND for no such repository, revision or directory;
 * ERR_IO, ERR_FAILED otherwise. @s is NULL then.
 */
int source_open(struct source **s, const struct source_opts *o,
		struct err *err);
void source_close(struct source *s);	/* NULL is fine */

/* Borrowed from the source; "" or 0 when there is none. */
const char *source_revision(const struct source *s);	/* 40 hex digits */
const char *source_describe(const struct source *s);	/* as git describe */
const char *source_kernel(const struct source *s);	/* "6.1.192" */
int64_t source_commit_time(const struct source *s);	/* since the epoch */

size_t source_nr_files(const struct source *s);
const struct source_file *source_file(const struct source *s, size_t i);
size_t source_nr_skipped(const struct source *s);
const struct source_skip *source_skipped(const struct source *s, size_t i);

/**
 * source_read() - append file @i to @out.
 * @thread: 0 .. threads-1; calls with different numbers may run at once
 */
int source_read(struct source *s, unsigned int thread, size_t i,
		struct strbuf *out, struct err *err);

/** source_read_path() - append the file @path, which may be any file of the
 * tree (MAINTAINERS, Makefile). ERR_NOT_FOUND when there is none. Context:
 * one thread. */
int source_read_path(struct source *s, const char *path, struct strbuf *out,
		     struct err *err);

#endif
