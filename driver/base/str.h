/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Growing strings. The buffer is always NUL terminated and never NULL.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct strbuf {
	char *buf;	/* NUL terminated; may hold NULs of its own */
	size_t len;	/* bytes before the terminator */
	size_t cap;	/* allocated bytes, 0 while buf is the shared "" */
};

extern char strbuf_empty[];
#define STRBUF_INIT { .buf = strbuf_empty }

void strbuf_init(struct strbuf *sb);
void strbuf_release(struct strbuf *sb);		/* frees; usable again */
void strbuf_clear(struct strbuf *sb);		/* length 0, keeps memory */
char *strbuf_detach(struct strbuf *sb);		/* caller frees the result */
void strbuf_reserve(struct strbuf *sb, size_t more);
void strbuf_add(struct strbuf *sb, const void *p, size_t n);
void strbuf_adds(struct strbuf *sb, const char *s);
void strbuf_addc(struct strbuf *sb, int c);
void strbuf_addf(struct strbuf *sb, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void strbuf_vaddf(struct strbuf *sb, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));
/* Replace @n bytes at @pos with @with_len bytes of @with. */
void strbuf_splice(struct strbuf *sb, size_t pos, size_t n,
		   const void *with, size_t with_len);

bool str_starts(const char *s, const char *prefix);
bool str_ends(const char *s, const char *suffix);
/* Is @path equal to @dir or below it ("fs" has "fs/a.c", not "fsx.c")? */
bool path_is_below(const char *path, const char *dir);

#endif
