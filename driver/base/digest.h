/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * SHA-256 (by nettle) for ids and for the knowledge's name.
 */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>

struct digest;
struct digest *digest_new(void);
void digest_add(struct digest *d, const void *p, size_t n);
/* Adds @s and its NUL, so that ("ab","c") and ("a","bc") differ. */
void digest_adds(struct digest *d, const char *s);
/** digest_hex() - @len hex digits (at most 64) and a NUL into @out; frees. */
void digest_hex(struct digest *d, char *out, size_t len);
/** digest_bytes() - its first @len bytes (at most 32) into @out; frees. */
void digest_bytes(struct digest *d, void *out, size_t len);

#endif
