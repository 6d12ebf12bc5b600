// SPDX-License-Identifier: GPL-2.0-only
/*
 * Allocation that dies when memory is out. Nothing above could do better: a
 * report made with a part of the tree missing would be a wrong report.
 */
#include "base/mem.h"

#include <malloc.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/err.h"

#define LARGE_PAGE	((uintptr_t)2 << 20)
#define LARGE		((size_t)8 << 20)
#define TRIMMED		(1 << 20)	/* bytes that mem_trim() calls large */

static void __attribute__((noreturn)) die_no_memory(size_t size)
{
	fprintf(stderr, "gfpscope: out of memory (%zu bytes wanted)\n", size);
	exit(EXIT_FAILED);
}

/* Large arrays come in large pages where the system has them: to get them one
 * small page after the other takes longer than to fill them. */
static void *want_large(void *p, size_t size)
{
	uintptr_t page = LARGE_PAGE, begin = (uintptr_t)p, end = begin + size;

	begin = (begin + page - 1) & ~(page - 1);
	end &= ~(page - 1);
	if (size >= LARGE && begin < end)
		madvise((void *)begin, end - begin, MADV_HUGEPAGE);
	return p;
}

void *xmalloc(size_t size)
{
	void *p = malloc(size ? size : 1);

	if (!p)
		die_no_memory(size);
	return want_large(p, size);
}

void *xcalloc(size_t nr, size_t size)
{
	void *p = calloc(nr ? nr : 1, size ? size : 1);

	if (!p)
		die_no_memory(size);
	return want_large(p, nr * size);
}

void *xrealloc(void *p, size_t size)
{
	p = realloc(p, size ? size : 1);
	if (!p)
		die_no_memory(size);
	return p;
}

void *xreallocarray(void *p, size_t nr, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(nr, size, &bytes))
		die_no_memory(SIZE_MAX);
	return xrealloc(p, bytes);
}

char *xstrdup(const char *s)
{
	size_t size = strlen(s) + 1;

	return memcpy(xmalloc(size), s, size);
}

char *xstrndup(const char *s, size_t n)
{
	size_t len = strnlen(s, n);
	char *copy = xmalloc(len + 1);

	memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

void bug_at(const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "gfpscope: BUG at %s:%d: ", file, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	abort();
}

void mem_trim(void)
{
	mallopt(M_MMAP_THRESHOLD, TRIMMED);
	malloc_trim(0);
}
