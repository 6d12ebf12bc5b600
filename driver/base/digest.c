// SPDX-License-Identifier: GPL-2.0-only
/*
 * SHA-256 by nettle, printed as hex digits.
 */
#include "base/digest.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <nettle/sha2.h>

#include "base/mem.h"

struct digest {
	struct sha256_ctx ctx;
};

struct digest *digest_new(void)
{
	struct digest *d = xmalloc(sizeof(*d));

	sha256_init(&d->ctx);
	return d;
}

void digest_add(struct digest *d, const void *p, size_t n)
{
	if (n)
		sha256_update(&d->ctx, n, p);
}

void digest_adds(struct digest *d, const char *s)
{
	digest_add(d, s, strlen(s) + 1);
}

void digest_bytes(struct digest *d, void *out, size_t len)
{
	if (len > SHA256_DIGEST_SIZE)
		BUG("digest of %zu bytes", len);
	sha256_digest(&d->ctx, len, out);
	free(d);
}

void digest_hex(struct digest *d, char *out, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	uint8_t sum[SHA256_DIGEST_SIZE];
	size_t i;

	if (len > 2 * sizeof(sum))
		BUG("digest of %zu digits", len);
	digest_bytes(d, sum, sizeof(sum));
	for (i = 0; i < len; i++)
		out[i] = digits[i % 2 ? sum[i / 2] & 15 : sum[i / 2] >> 4];
	out[len] = '\0';
}
