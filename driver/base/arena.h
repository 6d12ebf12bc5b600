/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Region allocator: many small objects with one life time, dropped whole.
 *
 * With ARENA_DEBUG=1 in the environment at arena_init() time every block is a
 * malloc of its own, so that AddressSanitizer sees each of them.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_chunk;

struct arena {
	struct arena_chunk *chunks;	/* newest first */
	char *next, *end;		/* free bytes of the newest chunk */
	size_t used;			/* bytes handed out, for reports */
	int debug;
};

/**
 * arena_init() - make @a an empty arena; nothing is allocated yet.
 */
void arena_init(struct arena *a);

/**
 * arena_release() - free everything that came from @a; @a may be used again.
 */
void arena_release(struct arena *a);

/**
 * arena_clear() - everything that came from @a is gone; some of the memory
 * stays for what comes next.
 */
void arena_clear(struct arena *a);

/**
 * arena_alloc() - @size bytes, aligned for any type, contents undefined.
 *
 * Owner: the arena. Context: one thread per arena. Never returns NULL.
 */
void *arena_alloc(struct arena *a, size_t size);

/**
 * arena_alloc_aligned() - @size bytes at a multiple of @align, a power of two
 * not above that of max_align_t. For strings and other packed data.
 */
void *arena_alloc_aligned(struct arena *a, size_t size, size_t align);

/**
 * arena_calloc() - @nr objects of @size bytes, zeroed. Dies on overflow.
 */
void *arena_calloc(struct arena *a, size_t nr, size_t size);

/**
 * arena_memdup() - a copy of the @size bytes at @p (@p may be NULL for 0).
 */
void *arena_memdup(struct arena *a, const void *p, size_t size);

/**
 * arena_strdup() - a copy of the string @s; NULL stays NULL.
 */
char *arena_strdup(struct arena *a, const char *s);

/**
 * arena_printf() - a formatted string in @a.
 */
char *arena_printf(struct arena *a, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#define ARENA_NEW(a, type)	((type *)arena_calloc((a), 1, sizeof(type)))
#define ARENA_ARRAY(a, type, n)	((type *)arena_calloc((a), (n), sizeof(type)))

#endif
