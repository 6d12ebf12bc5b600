/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One file of the cache: written once, under a temporary name, and from then
 * on only read or removed as a whole.
 *
 *	header    who wrote it, where the index is, its own checksum
 *	records   the bytes, each at a multiple of 8
 *	index     id, place, length and checksum of each record
 */
#ifndef INPUT_SEGMENT_H
#define INPUT_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

#include "base/err.h"

#define SEGMENT_KEY	20
#define SEGMENT_VERSION	32	/* hex digits, no NUL */
#define SEGMENT_SUFFIX	".seg"
#define SEGMENT_TMP	"tmp-"	/* what unfinished ones begin with */
#define SEGMENT_NAME	64	/* bytes of a name, with its NUL */

/* As they lie in the file, in the byte order of the machine. */
struct segment_header {
	uint64_t magic;
	uint32_t format;
	uint32_t checksum;	/* of the header with this as 0 */
	char version[SEGMENT_VERSION];
	uint64_t size;		/* of the whole file */
	uint64_t index;		/* offset, a multiple of 8 */
	uint32_t nr;		/* records */
	uint32_t index_checksum;
};

struct segment_entry {
	uint8_t key[SEGMENT_KEY];
	uint32_t checksum;	/* of key and bytes */
	uint64_t offset;
	uint64_t len;
};

struct segment {
	char *base;
	size_t size;
	bool mapped;		/* else allocated: on network file systems */
	bool foreign;		/* of another format; has no entries then */
	char version[SEGMENT_VERSION + 1];
	const struct segment_entry *entries;
	uint32_t nr;
};

/**
 * segment_open() - the finished segment @name in the directory @dir.
 *
 * Header and index are checked, records are not. Return: 0; ERR_FORMAT when it
 * is damaged or cut off; ERR_NOT_FOUND when someone removed it; ERR_IO.
 */
int segment_open(struct segment *s, int dir, const char *name,
		 struct err *err);
void segment_close(struct segment *s);

/**
 * segment_get() - the bytes of @e, borrowed from @s and aligned to 8; NULL
 * when they are not what was written. Context: any thread.
 */
const void *segment_get(const struct segment *s,
			const struct segment_entry *e);

/** segment_want() - all of it will be used soon. */
void segment_want(const struct segment *s);

struct segment_writer;

/**
 * segment_begin() - a new segment in @dir, invisible until it is committed.
 * @version: SEGMENT_VERSION characters
 */
struct segment_writer *segment_begin(int dir, const char *version,
				     struct err *err);

/** segment_checksum() - of a record; takes as long as reading it. */
uint32_t segment_checksum(const uint8_t *key, const void *data, size_t len);

/**
 * segment_add() - append a record. After a failure only abort.
 * @sum: its checksum
 */
int segment_add(struct segment_writer *w, const uint8_t *key, uint32_t sum,
		const void *data, size_t len, struct err *err);

/** segment_addv() - append a record that lies in @nr pieces, with a checksum
 * made on the way. After a failure only abort. */
int segment_addv(struct segment_writer *w, const uint8_t *key,
		 const struct iovec *pieces, size_t nr, struct err *err);

/** segment_size() - bytes so far. */
size_t segment_size(const struct segment_writer *w);

/**
 * segment_commit() - make it durable and visible; frees @w in any case. An
 * empty one leaves nothing behind.
 * @prefix: what its name shall begin with
 * @name: out: SEGMENT_NAME bytes, its name in the directory, "" for none
 */
int segment_commit(struct segment_writer *w, const char *prefix, char *name,
		   struct err *err);
void segment_abort(struct segment_writer *w);	/* NULL is harmless */

/** segment_is_stale() - is @name the leftover of a writer that died? */
bool segment_is_stale(int dir, const char *name);

#endif
