/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bytes of unknown origin as Unicode: what is not UTF-8 becomes U+FFFD.
 */
#ifndef EMIT_UTF8_H
#define EMIT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_BAD 0xfffdu

/**
 * utf8_next() - decode one code point of the @len bytes at @s.
 * @len: at least 1
 * @cp: out; UTF8_BAD for a byte that is no part of valid UTF-8 (overlong
 *	forms, surrogates and values over U+10FFFF are not valid)
 *
 * Return: bytes used, 1 for a bad one.
 */
size_t utf8_next(const char *s, size_t len, uint32_t *cp);

/** utf8_valid() - are the @len bytes at @s all valid UTF-8? */
bool utf8_valid(const char *s, size_t len);

/** utf8_put() - write @cp as UTF-8 to @out (4 bytes). Return: bytes used. */
size_t utf8_put(uint32_t cp, char *out);

#endif
