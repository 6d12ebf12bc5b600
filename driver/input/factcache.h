/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What was once read out of a blob, kept over runs: blob id and version of the
 * reader give bytes. Knows nothing of what the bytes mean.
 *
 * Any number of processes may use one directory at once, on a network file
 * system too. Nothing in it is ever trusted: what is not exactly as it was
 * written is as if it were not there. All functions take NULL for "no cache".
 */
#ifndef INPUT_FACTCACHE_H
#define INPUT_FACTCACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/uio.h>

#include "base/err.h"
#include "base/str.h"

/* Unless the user says otherwise. */
#define FACTCACHE_SIZE ((size_t)4 << 30)

struct factcache;

/**
 * factcache_default_dir() - append "$XDG_CACHE_HOME/gfpscope" to @sb, or the
 * like below $HOME; false when neither is set.
 */
bool factcache_default_dir(struct strbuf *sb);

/**
 * factcache_open() - the cache in @dir, made if it is not there.
 * @version: of the reader, any text; records of another one are not seen
 *
 * A directory that cannot be written to is read. Return: NULL with @err when
 * it cannot be read either: go on without.
 */
struct factcache *factcache_open(const char *dir, const char *version,
				 struct err *err);

/**
 * factcache_get() - the bytes kept for the blob @oid (20 bytes).
 * @data: borrowed until the cache is closed, aligned to 8
 *
 * False when there is nothing, or nothing sound. Context: any thread.
 */
bool factcache_get(struct factcache *c, const uint8_t *oid, const void **data,
		   size_t *len);

/**
 * factcache_put() - keep these bytes for later runs.
 *
 * This run sees them after factcache_settle() only. A failure ends the writing
 * and is told by factcache_close(). Return: false when writing has ended; true
 * is no promise that they will be there. Context: any thread.
 */
bool factcache_put(struct factcache *c, const uint8_t *oid, const void *data,
		   size_t len);

/**
 * factcache_keep() - keep a large record, which lies in @nr pieces, in a
 * segment of its own.
 * @room: bytes that all such records may take: those not used for longest are
 *	dropped, so that they do not drive out the small ones
 *
 * One that is larger itself is not kept. Failures as with factcache_put().
 * Context: no other thread uses @c meanwhile.
 */
void factcache_keep(struct factcache *c, const uint8_t *key,
		    const struct iovec *pieces, size_t nr, size_t room);

/**
 * factcache_last() - the key of the record written last whose key ends with
 * the @len bytes at @tail; NULL: there is none. What was written by this run
 * counts once it is settled. Borrowed until then.
 */
const uint8_t *factcache_last(const struct factcache *c, const uint8_t *tail,
			      size_t len);

/**
 * factcache_settle() - finish what was written so far and make it visible to
 * this run. Context: no other thread uses @c meanwhile.
 */
void factcache_settle(struct factcache *c);

/** factcache_mapping() - the mapping of a file that the bytes lie in which
 * factcache_get() gives for @oid (see base/pages.h); NULL: in memory. */
const void *factcache_mapping(const struct factcache *c, const uint8_t *oid);

/* What a run had of its cache. */
struct factcache_stats {
	size_t hits, misses, written;
	size_t damaged;		/* records and segments that were dropped */
	size_t evicted;		/* segments */
};

/**
 * factcache_close() - finish what was written, then drop the segments not used
 * for longest until @size_max bytes are left (0: no limit). Says one line
 * about what was damaged and one when it could not write. @stats may be NULL.
 */
void factcache_close(struct factcache *c, size_t size_max,
		     struct factcache_stats *stats);

/* What lies in a directory, for `gfpscope cache`. */
struct factcache_info {
	size_t segments, foreign;	/* foreign: of another format */
	size_t records, bytes;
	size_t damaged_segments, damaged_records;
	size_t unfinished;		/* of writers that live or died */
	size_t versions;		/* of the reader */
};

/**
 * factcache_inspect() - look at all of @dir.
 * @records: check each record too, which reads everything
 * @out: a line about each segment goes there; NULL: none
 *
 * Return: 0; ERR_NOT_FOUND when there is no cache; ERR_IO.
 */
int factcache_inspect(const char *dir, bool records, FILE *out,
		      struct factcache_info *info, struct err *err);

/** factcache_clear() - remove all segments of @dir; the directory stays. */
int factcache_clear(const char *dir, struct err *err);

#endif
