/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A tree to be read: a revision in a git repository, or a plain directory.
 *
 * What is under a source is not seen from above: entries in path order, bytes
 * of an entry, bytes of a single file asked for by name. What cannot be read
 * as text stays in the list with the reason, so that a report can count it.
 * Nothing here looks into C.
 */
#ifndef INPUT_SOURCE_H
#define INPUT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#define SOURCE_OID_RAW	20
#define SOURCE_OID_HEX	40

/* Larger files are not read; no file of the kernel comes near. */
#define SOURCE_FILE_MAX	((size_t)64 << 20)

struct source;
struct source_reader;

/* Why an entry has no text. The first group is known once it is listed, the
 * second once it is read. */
enum source_skip {
	SKIP_NONE,
	SKIP_SYMLINK,
	SKIP_SUBMODULE,
	SKIP_SPECIAL,		/* a device, a socket, a pipe */
	SKIP_BAD_NAME,		/* "..", control characters, the like */
	SKIP_BINARY,
	SKIP_TOO_BIG,
	SKIP_UNREADABLE,	/* missing or damaged object, no permission */
};

struct source_entry {
	const char *path;	/* from the top of the tree, '/' between */
	uint8_t oid[SOURCE_OID_RAW];	/* git's blob id; see has_oid */
	bool has_oid;		/* false in a directory until it is read */
	uint32_t mode;		/* as git has it: 0100644, 0120000, .. */
	enum source_skip skip;
};

/* The files of one run, sorted by the bytes of their paths. */
struct source_list {
	struct source_entry *entries;
	size_t nr, cap;
	struct arena names;	/* what the paths point to */
};

struct source_info {
	char revision[SOURCE_OID_HEX + 1];	/* directory: all zeros */
	const char *describe;	/* "v6.1"; directory: "worktree" */
	const char *name;	/* for messages: "v6.1", "/some/dir" */
	int64_t time;		/* of the commit, UTC seconds; 0: unknown */
};

/**
 * source_open_git() - the tree of @rev in the repository that holds @path.
 * @rev: whatever `git rev-parse` takes, NULL for HEAD; a tree will do
 *
 * Bare repositories and linked work trees are fine; no checkout is looked at.
 * Return: 0; ERR_NOT_FOUND for no repository, no such revision, no files;
 * ERR_FORMAT for what is no tree or damaged.
 */
int source_open_git(struct source **out, const char *path, const char *rev,
		    struct err *err);

/**
 * source_open_dir() - the directory @path as it is, symbolic links excepted.
 */
int source_open_dir(struct source **out, const char *path, struct err *err);

/** source_close() - after all its readers are gone; NULL is harmless. */
void source_close(struct source *s);

/** source_info() - what was opened; borrowed. */
const struct source_info *source_info(const struct source *s);

/**
 * source_list() - the *.c and *.h at @paths (none: all), in path order.
 * @paths: files, directories or patterns with * ? [; ":!path" excludes
 *
 * Submodules at @paths are listed too, flagged, since they may hold C. Return:
 * 0; ERR_USAGE for a path that leaves the tree; ERR_NOT_FOUND when one of them
 * matches nothing or nothing is left, with the path in the message.
 */
int source_list(struct source *s, const char *const *paths, size_t nr_paths,
		struct source_list *out, struct err *err);
void source_list_release(struct source_list *l);

/**
 * source_reader_new() - what one thread needs to read from @s; NULL and @err
 * when the repository cannot be opened again. Context: any thread.
 */
struct source_reader *source_reader_new(struct source *s, struct err *err);
void source_reader_free(struct source_reader *r);

/**
 * source_read() - the bytes of @e, borrowed until the next call with @r.
 *
 * Not NUL terminated. Sets @e->oid where it was not known. On failure
 * @e->skip says why and the caller goes on with the next. Context: one thread
 * per reader and entry.
 */
int source_read(struct source_reader *r, struct source_entry *e,
		const char **data, size_t *len, struct err *err);

/**
 * source_read_file() - append the file @path of the tree to @sb.
 *
 * Any file: MAINTAINERS, Makefile, scripts/checkpatch.pl. Return: 0;
 * ERR_NOT_FOUND; ERR_FORMAT when it is no regular file; ERR_LIMIT; ERR_IO.
 * Context: one thread per source.
 */
int source_read_file(struct source *s, const char *path, struct strbuf *sb,
		     struct err *err);

/** source_has_dir() - is @path a directory of the tree? Context: as above. */
bool source_has_dir(struct source *s, const char *path);

/** source_skip_text() - "a symbolic link", ..; "" for SKIP_NONE. */
const char *source_skip_text(enum source_skip skip);

/** source_oid_hex() - the 40 digits of @oid and a NUL into @out. */
void source_oid_hex(const uint8_t *oid, char out[SOURCE_OID_HEX + 1]);

#endif
