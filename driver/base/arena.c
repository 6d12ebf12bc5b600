// SPDX-License-Identifier: GPL-2.0-only
/*
 * Region allocator: a list of chunks, the newest one being carved from the
 * front. Chunks double from 4 KiB to 1 MiB, because there is one arena per
 * source file and most files have few facts. An object too large for the
 * chunk size gets a chunk of its own, which is put behind the newest one so
 * that the space left there is not lost.
 *
 * Nothing is ever freed alone.
 */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define CHUNK_MIN	((size_t)4096)
#define CHUNK_MAX	((size_t)1 << 20)
#define ALIGN		_Alignof(max_align_t)

struct arena_chunk {
	struct arena_chunk *older;
	size_t size;			/* bytes of data */
	max_align_t data[];
};

void arena_init(struct arena *a)
{
	const char *debug = getenv("ARENA_DEBUG");

	memset(a, 0, sizeof(*a));
	a->debug = debug && *debug && *debug != '0';
}

void arena_release(struct arena *a)
{
	struct arena_chunk *c = a->chunks, *older;
	int debug = a->debug;

	for (; c; c = older) {
		older = c->older;
		free(c);
	}
	memset(a, 0, sizeof(*a));
	a->debug = debug;
}

void arena_clear(struct arena *a)
{
	struct arena_chunk *c = a->chunks;
	struct arena rest = { .chunks = c ? c->older : NULL };

	if (!c || a->debug || !a->next) {
		arena_release(a);
		return;
	}
	arena_release(&rest);
	c->older = NULL;
	a->next = (char *)c->data;
	a->end = a->next + c->size;
	a->used = 0;
}

static struct arena_chunk *chunk_new(size_t size)
{
	struct arena_chunk *c;

	if (size > SIZE_MAX - sizeof(*c))
		BUG("arena: object of %zu bytes", size);
	c = xmalloc(sizeof(*c) + size);
	c->size = size;
	c->older = NULL;
	return c;
}

/* A chunk for one object only; the newest chunk stays the one we carve. */
static void *alloc_alone(struct arena *a, size_t size)
{
	struct arena_chunk *c = chunk_new(size);

	if (a->chunks) {
		c->older = a->chunks->older;
		a->chunks->older = c;
	} else {
		a->chunks = c;
	}
	return c->data;
}

static size_t next_chunk_size(const struct arena *a)
{
	size_t size = a->chunks ? a->chunks->size : 0;

	if (size < CHUNK_MIN)
		return CHUNK_MIN;
	return size >= CHUNK_MAX ? CHUNK_MAX : size * 2;
}

static void *alloc_slow(struct arena *a, size_t size)
{
	size_t chunk = next_chunk_size(a);
	struct arena_chunk *c;

	if (a->debug || size > chunk / 4)
		return alloc_alone(a, size);
	c = chunk_new(chunk);
	c->older = a->chunks;
	a->chunks = c;
	a->next = (char *)c->data + size;
	a->end = (char *)c->data + chunk;
	return c->data;
}

void *arena_alloc_aligned(struct arena *a, size_t size, size_t align)
{
	size_t pad = -(uintptr_t)a->next & (align - 1);
	char *p;

	a->used += size;
	if (a->debug || (size_t)(a->end - a->next) < pad ||
	    (size_t)(a->end - a->next) - pad < size)
		return alloc_slow(a, size);
	p = a->next + pad;
	a->next = p + size;
	return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
	return arena_alloc_aligned(a, size, ALIGN);
}

void *arena_calloc(struct arena *a, size_t nr, size_t size)
{
	size_t bytes;
	void *p;

	if (__builtin_mul_overflow(nr, size, &bytes))
		BUG("arena: %zu objects of %zu bytes", nr, size);
	p = arena_alloc(a, bytes);
	memset(p, 0, bytes);
	return p;
}

void *arena_memdup(struct arena *a, const void *p, size_t size)
{
	void *copy = arena_alloc(a, size);

	if (size)
		memcpy(copy, p, size);
	return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
	size_t size;

	if (!s)
		return NULL;
	size = strlen(s) + 1;
	return memcpy(arena_alloc_aligned(a, size, 1), s, size);
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *s;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (len < 0)
		BUG("arena: bad format '%s'", fmt);
	s = arena_alloc_aligned(a, (size_t)len + 1, 1);
	va_start(ap, fmt);
	vsnprintf(s, (size_t)len + 1, fmt, ap);
	va_end(ap);
	return s;
}
