// SPDX-License-Identifier: GPL-2.0-only
/*
 * Growing strings. An empty one costs no allocation: it points to a shared
 * NUL byte that nobody writes to.
 */
#include "base/str.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

char strbuf_empty[1];

void strbuf_init(struct strbuf *sb)
{
	sb->buf = strbuf_empty;
	sb->len = sb->cap = 0;
}

void strbuf_release(struct strbuf *sb)
{
	if (sb->cap)
		free(sb->buf);
	strbuf_init(sb);
}

void strbuf_clear(struct strbuf *sb)
{
	sb->len = 0;
	if (sb->cap)
		sb->buf[0] = '\0';
}

char *strbuf_detach(struct strbuf *sb)
{
	char *s = sb->cap ? sb->buf : xstrdup("");

	strbuf_init(sb);
	return s;
}

void strbuf_reserve(struct strbuf *sb, size_t more)
{
	size_t cap;

	if (more >= SIZE_MAX / 2 - sb->len)
		BUG("string of %zu + %zu bytes", sb->len, more);
	if (sb->len + more < sb->cap)
		return;
	cap = sb->cap * 2;
	if (cap < 32)
		cap = 32;
	if (cap < sb->len + more + 1)
		cap = sb->len + more + 1;
	sb->buf = xrealloc(sb->cap ? sb->buf : NULL, cap);
	sb->buf[sb->len] = '\0';
	sb->cap = cap;
}

void strbuf_add(struct strbuf *sb, const void *p, size_t n)
{
	if (!n)
		return;
	strbuf_reserve(sb, n);
	memcpy(sb->buf + sb->len, p, n);
	sb->len += n;
	sb->buf[sb->len] = '\0';
}

void strbuf_adds(struct strbuf *sb, const char *s)
{
	strbuf_add(sb, s, strlen(s));
}

void strbuf_addc(struct strbuf *sb, int c)
{
	char byte = (char)c;

	strbuf_add(sb, &byte, 1);
}

void strbuf_vaddf(struct strbuf *sb, const char *fmt, va_list ap)
{
	va_list again;
	int len;

	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, ap);
	if (len < 0)
		BUG("bad format '%s'", fmt);
	strbuf_reserve(sb, (size_t)len);
	vsnprintf(sb->buf + sb->len, (size_t)len + 1, fmt, again);
	sb->len += (size_t)len;
	va_end(again);
}

void strbuf_addf(struct strbuf *sb, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(sb, fmt, ap);
	va_end(ap);
}

void strbuf_splice(struct strbuf *sb, size_t pos, size_t n,
		   const void *with, size_t with_len)
{
	if (pos > sb->len || n > sb->len - pos)
		BUG("splice of %zu at %zu in %zu bytes", n, pos, sb->len);
	strbuf_reserve(sb, with_len);
	memmove(sb->buf + pos + with_len, sb->buf + pos + n,
		sb->len - pos - n);
	if (with_len)
		memcpy(sb->buf + pos, with, with_len);
	sb->len = sb->len - n + with_len;
	sb->buf[sb->len] = '\0';
}

bool str_starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *s, const char *suffix)
{
	size_t len = strlen(s), n = strlen(suffix);

	return len >= n && memcmp(s + len - n, suffix, n) == 0;
}

bool path_is_below(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	while (n && dir[n - 1] == '/')
		n--;
	if (n == 0)
		return dir[0] != '/' || path[0] == '/';
	return strncmp(path, dir, n) == 0 &&
	       (path[n] == '\0' || path[n] == '/');
}
