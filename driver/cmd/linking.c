// SPDX-License-Identifier: GPL-2.0-only
/*
 * Link files, or take what was linked before.
 *
 * A record of the cache is a whole program; its key is made of the linker's
 * version, the knowledge and all paths with their blobs. A program is written
 * when it had to be linked and does not take too much of the cache, so that a
 * large tree does not drive out the facts it is made of.
 */
#include "cmd/linking.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/mem.h"
#include "input/factcache.h"
#include "link/image.h"

/* A program gets at most this part of the cache. */
#define CACHE_SHARE 4

static uint8_t nibble(char c)
{
	return (uint8_t)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* False when a file has no blob id. */
static bool make_key(const struct reading *in, const struct knowledge *k,
		     uint8_t key[SOURCE_OID_RAW])
{
	struct digest *d = digest_new();
	char hex[SOURCE_OID_HEX + 1];
	bool all = true;
	size_t i;

	digest_adds(d, program_version());
	digest_adds(d, k->digest);
	for (i = 0; i < in->files->nr; i++) {
		const struct source_entry *e = &in->files->entries[i];

		if (e->skip != SKIP_NONE)
			continue;
		all &= e->has_oid;
		digest_adds(d, e->path);
		digest_add(d, e->oid, sizeof(e->oid));
	}
	digest_hex(d, hex, SOURCE_OID_HEX);
	for (i = 0; i < SOURCE_OID_RAW; i++)
		key[i] = (uint8_t)(nibble(hex[2 * i]) << 4 |
				   nibble(hex[2 * i + 1]));
	return all;
}

static size_t list_inputs(const struct reading *in, struct program_input *out)
{
	size_t i, nr = 0;

	for (i = 0; i < in->files->nr; i++)
		if (in->files->entries[i].skip == SKIP_NONE)
			out[nr++] = (struct program_input){
				in->files->entries[i].path, &in->facts[i],
				in->files->entries[i].has_oid ?
				in->files->entries[i].oid : NULL };
	return nr;
}

static void keep_program(struct reading *in, const uint8_t *key,
			 const struct program *p)
{
	struct program_image image;

	if (program_save(p, &image) &&
	    image.len <= in->cache_size / CACHE_SHARE)
		factcache_keep(in->cache, key, image.parts, image.nr);
	program_image_release(&image);
}

struct program *linking_run(struct reading *in, const struct knowledge *k,
			    bool changed)
{
	struct program_opts opts = { .threads = in->nr_threads };
	struct program_input *files = xcalloc(in->files->nr + 1,
					      sizeof(*files));
	size_t len, nr = list_inputs(in, files);
	struct program *p = NULL;
	uint8_t key[SOURCE_OID_RAW];
	const void *data;
	bool cached = !changed && in->cache && make_key(in, k, key);

	if (cached && factcache_get(in->cache, key, &data, &len))
		p = program_load(data, len, files, nr, k, &opts, NULL);
	if (!p) {
		p = program_link(files, nr, k, &opts);
		if (cached)
			keep_program(in, key, p);
	}
	free(files);
	return p;
}
